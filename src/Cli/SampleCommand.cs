using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using Cofferdam.ApiClient;

namespace Cofferdam.Cli;

/// <summary><c>sample</c>: enrols the owner of a fresh node and makes a project that can be worked on at once.</summary>
internal static class SampleCommand
{
    private static readonly Option<string> Link = new("--owner-link", "--link") { Description = "The enrolment link that the server printed at its first start.", Required = true };

    private static readonly Option<FileInfo> File = new("--file")
    {
        Description = "Description of the project, such as samples/everyday-help/project.json.",
        Required = true,
    };

    private static readonly Option<FileInfo> Owner = new("--owner")
    {
        Description = "Where the owner's new credentials go.",
        DefaultValueFactory = _ => new FileInfo(Path.Combine(".cofferdam", "owner.json")),
    };

    public static Command Create() => Verb.Create(
        "sample", "Make a sample project on a fresh node.", [Link, File, Owner, Connection.Url, Connection.Lab], RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var sample = await SampleProject.ReadAsync(parsed.GetRequiredValue(File).FullName, cancellation);
        var keepAt = parsed.GetRequiredValue(Owner).FullName;
        if (System.IO.File.Exists(keepAt))
            throw new CliException(ExitCode.WrongUse, "owner-exists", $"{keepAt} holds an owner already", "name another file with --owner");

        using var node = new NodeClient(parsed.GetValue(Connection.Url)!);
        var owner = (await node.EnrolAsync(
            NodeClient.TokenOf(parsed.GetRequiredValue(Link)), "owner", NewPassword(), TimeProvider.System.GetUtcNow(), cancellation)).OrThrow();
        await CredentialFile.WriteAsync(keepAt, owner, cancellation);

        var lab = node.Lab(parsed.GetValue(Connection.Lab)!);
        var project = await sample.MakeAsync(lab, terminal, cancellation);
        var batch = (await lab.Project(project.Id).OpenBatchAsync(sample.Batch, cancellation)).OrThrow();
        var made = new SampleMade(project.Id, project.Code, batch.Code, keepAt, new SampleLinks(
            await InviteAsync("projectManager"), await InviteAsync("reviewer"), await InviteAsync("annotator")));
        await node.SignOutAsync(cancellation);
        terminal.Result(made, CliJson.Default.SampleMade, done => $"staff {done.Links.Staff}\nreviewer {done.Links.Reviewer}\nexpert {done.Links.Expert}");
        return ExitCode.Done;

        async Task<string> InviteAsync(string role) =>
            (await lab.InviteAsync(role, cancellation)).OrThrow().Link ?? throw new InvalidOperationException("The node gave no link.");
    }

    /// <summary>A password that nobody has to remember: 120 random bits.</summary>
    public static string NewPassword() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(15));
}

/// <param name="Owner">File with the owner's credentials.</param>
internal sealed record SampleMade(Guid Project, string Code, string Batch, string Owner, SampleLinks Links);

/// <summary>Enrolment links; each works once.</summary>
internal sealed record SampleLinks(string Staff, string Reviewer, string Expert);

/// <summary>A project as a file describes it. Paths are relative to that file.</summary>
/// <param name="Items">JSONL.</param>
/// <param name="Map">As for <c>import --map</c>.</param>
internal sealed record SampleProject(
    string Name, string Description, string Items, IReadOnlyDictionary<string, string> Map,
    IReadOnlyList<SampleSection> Guidelines, IReadOnlyList<Question> Form, BatchBody Batch)
{
    private string folder = "";

    /// <exception cref="CliException">The file is not such a description.</exception>
    public static async Task<SampleProject> ReadAsync(string path, CancellationToken cancellation)
    {
        await using var stream = File.OpenRead(path);
        try
        {
            var sample = await JsonSerializer.DeserializeAsync(stream, CliJson.Default.SampleProject, cancellation) ?? throw new JsonException();
            sample.folder = Path.GetDirectoryName(path)!;
            return sample;
        }
        catch (JsonException)
        {
            throw new CliException(ExitCode.WrongUse, "sample-format", "the file does not describe a project", "samples/everyday-help/project.json is one that does");
        }
    }

    public string ItemsPath => Path.Combine(folder, Items);

    /// <summary>Creates the project with guidelines and form, and imports its items.</summary>
    /// <exception cref="ProblemException">The node refused a step.</exception>
    public async Task<Project> MakeAsync(LabClient lab, Terminal terminal, CancellationToken cancellation)
    {
        var project = await DescribeAsync(lab, cancellation);
        var import = await ImportCommand.SendAsync(lab.Project(project.Id), ItemsPath, Map, "refuse", terminal, cancellation);
        return import.State == "done"
            ? project
            : throw new CliException(ExitCode.NotTrue, "import", $"the items were not imported: {import.State}", "cofferdam import says which rows are bad");
    }

    /// <summary>Creates the project with published guidelines and form, without items.</summary>
    public async Task<Project> DescribeAsync(LabClient lab, CancellationToken cancellation)
    {
        var sections = new List<GuidelineSection>();
        foreach (var section in Guidelines)
            sections.Add(new GuidelineSection(section.Key, section.Title, await File.ReadAllTextAsync(Path.Combine(folder, section.File), cancellation), section.Questions));
        return await DescribeAsync(lab, Name, Description, sections, Form, cancellation);
    }

    public static async Task<Project> DescribeAsync(
        LabClient lab, string name, string description, IReadOnlyList<GuidelineSection> sections, IReadOnlyList<Question> form, CancellationToken cancellation)
    {
        var created = (await lab.CreateProjectAsync(name, description, cancellation)).OrThrow();
        var project = lab.Project(created.Id);
        var draft = await project.DraftGuidelinesAsync(cancellation);
        draft.OrThrow();
        var saved = await project.DraftGuidelinesAsync(sections, draft.ETag ?? "\"0\"", cancellation);
        saved.OrThrow();
        (await project.PublishGuidelinesAsync(saved.ETag ?? "\"1\"", cancellation)).OrThrow();
        var present = await project.FormAsync(cancellation);
        (await project.ChangeFormAsync(form, present.ETag ?? "\"0\"", cancellation)).OrThrow();
        return created;
    }
}

internal sealed record SampleSection(string Key, string Title, string File, IReadOnlyList<string> Questions);
