using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using Cofferdam.ApiClient;

namespace Cofferdam.Cli;

/// <summary><c>sample</c>: enrols the owner of a fresh node and makes a project that can be worked on at once; with a vendor's node, pairs the two.</summary>
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

    private static readonly Option<Uri?> VendorUrl = new("--vendor-url")
    {
        Description = "Address of a fresh vendor node, which is paired with the lab's and given work of it.",
        HelpName = "URL",
        CustomParser = static result => Connection.ParseUrl(result, "--vendor-url", "http://vendor.localhost:5081"),
    };

    private static readonly Option<string?> VendorLink = new("--vendor-link") { Description = "The enrolment link of the vendor's owner.", HelpName = "LINK" };

    private static readonly Option<FileInfo?> VendorFile = new("--vendor-file") { Description = "What lab and vendor agree on, such as samples/everyday-help/vendor.json.", HelpName = "FILE" };

    private static readonly Option<FileInfo> VendorOwner = new("--vendor-owner")
    {
        Description = "Where the new credentials of the vendor's owner go.",
        DefaultValueFactory = _ => new FileInfo(Path.Combine(".cofferdam", "vendor", "owner.json")),
    };

    public static Command Create() => Verb.Create(
        "sample", "Make a sample project on a fresh node, and work for the experts of a vendor.",
        [Link, File, Owner, VendorUrl, VendorLink, VendorFile, VendorOwner, Connection.Url, Connection.Lab], RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var sample = await SampleProject.ReadAsync(parsed.GetRequiredValue(File).FullName, cancellation);
        var withVendor = parsed.GetValue(VendorUrl) is not null;
        if (withVendor != parsed.GetValue(VendorLink) is not null || withVendor != parsed.GetValue(VendorFile) is not null)
            throw new CliException(ExitCode.WrongUse, "vendor-options", "a vendor's node takes three options", "give --vendor-url, --vendor-link and --vendor-file, or none of them");
        var keepAt = NewFile(parsed.GetRequiredValue(Owner), "--owner");
        var vendor = withVendor ? await SampleVendor.ReadAsync(parsed.GetValue(VendorFile)!.FullName, cancellation) : null;

        using var node = new NodeClient(parsed.GetValue(Connection.Url)!);
        await EnrolOwnerAsync(node, parsed.GetRequiredValue(Link), keepAt, cancellation);
        var slug = parsed.GetValue(Connection.Lab)!;
        var lab = node.Lab(slug);
        var project = await sample.MakeAsync(lab, terminal, cancellation);
        var batch = (await lab.Project(project.Id).OpenBatchAsync(sample.Batch, cancellation)).OrThrow();
        var links = new SampleLinks(
            await LinkAsync(lab.InviteAsync("projectManager", cancellation)), await LinkAsync(lab.InviteAsync("reviewer", cancellation)),
            await LinkAsync(lab.InviteAsync("annotator", cancellation)));
        if (vendor is not null)
        {
            using var other = new NodeClient(parsed.GetValue(VendorUrl)!);
            await EnrolOwnerAsync(other, parsed.GetValue(VendorLink)!, NewFile(parsed.GetRequiredValue(VendorOwner), "--vendor-owner"), cancellation);
            await vendor.MakeAsync(node, slug, other.Desk, cancellation);
            links = links with
            {
                Manager = await LinkAsync(other.Desk.InviteAsync("manager", cancellation)),
                VendorExpert = await LinkAsync(other.Desk.InviteAsync("expert", cancellation)),
            };
            await other.SignOutAsync(cancellation);
        }

        await node.SignOutAsync(cancellation);
        terminal.Result(new SampleMade(project.Id, project.Code, batch.Code, keepAt, links), CliJson.Default.SampleMade, static done => Lines(done.Links));
        return ExitCode.Done;
    }

    private static string NewFile(FileInfo file, string option) => !System.IO.File.Exists(file.FullName)
        ? file.FullName
        : throw new CliException(ExitCode.WrongUse, "owner-exists", $"{file.FullName} holds an owner already", $"name another file with {option}");

    private static async Task EnrolOwnerAsync(NodeClient node, string link, string keepAt, CancellationToken cancellation)
    {
        var owner = (await node.EnrolAsync(NodeClient.TokenOf(link), "owner", NewPassword(), TimeProvider.System.GetUtcNow(), cancellation)).OrThrow();
        await CredentialFile.WriteAsync(keepAt, owner, cancellation);
    }

    private static async Task<string> LinkAsync(Task<Reply<Invitation>> invitation) =>
        (await invitation).OrThrow().Link ?? throw new InvalidOperationException("The node gave no link.");

    private static string Lines(SampleLinks links)
    {
        var lab = $"staff {links.Staff}\nreviewer {links.Reviewer}\nexpert {links.Expert}";
        return links.Manager is null ? lab : $"{lab}\nvendor-manager {links.Manager}\nvendor-expert {links.VendorExpert}";
    }

    /// <summary>A password that nobody has to remember: 120 random bits.</summary>
    public static string NewPassword() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(15));
}

/// <param name="Owner">File with the owner's credentials.</param>
internal sealed record SampleMade(Guid Project, string Code, string Batch, string Owner, SampleLinks Links);

/// <summary>Enrolment links; each works once.</summary>
/// <param name="Expert">The lab's own.</param>
/// <param name="Manager">At the vendor; null where there is none.</param>
/// <param name="VendorExpert">At the vendor; null where there is none.</param>
internal sealed record SampleLinks(string Staff, string Reviewer, string Expert, string? Manager = null, string? VendorExpert = null);

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
