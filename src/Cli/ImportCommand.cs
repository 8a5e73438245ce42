using System.CommandLine;
using Cofferdam.ApiClient;

namespace Cofferdam.Cli;

/// <summary><c>import</c>: sends a file of items as one stream.</summary>
internal static class ImportCommand
{
    private static readonly Argument<FileInfo> File = new("FILE") { Description = "JSONL, JSON, CSV or CoNLL, told by the end of its name." };

    private static readonly Option<string[]> Map = new("--map")
    {
        Description = "Field of ours = field of the file: prompt=question a=left.text b=right.text id=key. Usual names need none.",
        HelpName = "a=b",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<bool> RefuseBad = new("--refuse-bad-rows") { Description = "Refuse the whole file where a row is bad; otherwise good rows are kept." };

    public static Command Create() => Verb.Create("import", "Import a file of items into a project.", [File, Connection.Project, Map, RefuseBad, .. Connection.Options], RunAsync);

    /// <exception cref="CliException">A pair is not <c>name=field</c>.</exception>
    public static IReadOnlyDictionary<string, string> ReadMap(IEnumerable<string> pairs)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in pairs)
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0 || at == pair.Length - 1 || !map.TryAdd(pair[..at], pair[(at + 1)..]))
                throw new CliException(ExitCode.WrongUse, "map", $"cannot read the mapping '{pair}'", "write --map prompt=question, each field once");
        }

        return map;
    }

    public static async Task<Import> SendAsync(
        ProjectClient project, string path, IReadOnlyDictionary<string, string> map, string badRows, Terminal terminal, CancellationToken cancellation)
    {
        await using var rows = System.IO.File.OpenRead(path);
        var created = (await project.StartImportAsync(new ImportBody(Path.GetFileName(path), map, badRows), cancellation)).OrThrow();
        using var progress = terminal.Progress("sent", rows.Length, "bytes");
        return (await project.SendImportAsync(created.Id, rows, progress, cancellation)).OrThrow();
    }

    /// <summary>Sends images, each of which becomes an item.</summary>
    public static async Task<Import> SendImagesAsync(ProjectClient project, IReadOnlyList<string> paths, Terminal terminal, CancellationToken cancellation)
    {
        var created = (await project.StartImportAsync(
            new ImportBody(Path.GetFileName(Path.GetDirectoryName(paths[0])!), new Dictionary<string, string>(StringComparer.Ordinal), "refuse"), cancellation)).OrThrow();
        using var progress = terminal.Progress("sent", paths.Count, "images");
        for (var i = 0; i < paths.Count; i++)
        {
            await using var image = System.IO.File.OpenRead(paths[i]);
            (await project.SendImageAsync(created.Id, Path.GetFileName(paths[i]), image, cancellation)).OrThrow();
            progress.Report(i + 1);
        }

        return (await project.EndImagesAsync(created.Id, cancellation)).OrThrow();
    }

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var map = ReadMap(parsed.GetValue(Map) ?? []);
        var file = parsed.GetRequiredValue(File);
        if (!file.Exists)
            throw new CliException(ExitCode.WrongUse, "no-such-file", $"no such file: {file}", "check the path");
        await using var signedIn = await Connection.OpenAsync(parsed, cancellation);
        var project = await Connection.ProjectAsync(signedIn, parsed, cancellation);
        var import = await SendAsync(project, file.FullName, map, parsed.GetValue(RefuseBad) ? "refuse" : "keep", terminal, cancellation);
        terminal.Result(import, CliJson.Default.Import, Words);
        return import.State == "done" && (import.Imported > 0 || import.Bad == 0) ? ExitCode.Done : ExitCode.NotTrue;
    }

    private static string Words(Import import)
    {
        var lines = new List<string> { $"{import.State}: {import.Imported:N0} of {import.Rows:N0} rows imported, {import.Bad:N0} bad" };
        lines.AddRange(import.BadRows.OrderBy(bad => bad.Line).Select(bad => $"  line {bad.Line}: {bad.Reason}"));
        return string.Join('\n', lines);
    }
}
