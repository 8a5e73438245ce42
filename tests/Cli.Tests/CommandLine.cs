using System.Diagnostics;
using System.Text.Json;

namespace Cofferdam.Cli.Tests;

/// <summary>What a run of the command line gave.</summary>
internal sealed record Ran(int Exit, string Output, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;
}

/// <summary>The command line as people start it: a process of its own.</summary>
internal static class CommandLine
{
    /// <summary>Where the programs are that verbs start, by the variable that says so.</summary>
    private static readonly Dictionary<string, string> Programs = new()
    {
        ["COFFERDAM_SERVER"] = Built("Server", "cofferdam-server"),
        ["COFFERDAM_VAULT"] = Built("VaultHost", "cofferdam-vault"),
        ["COFFERDAM_WITNESS"] = Built("Witness", "cofferdam-witness"),
    };

    /// <summary>Has code of the command line that runs in this process find them, too.</summary>
    public static void ShowPrograms()
    {
        foreach (var (variable, path) in Programs)
            Environment.SetEnvironmentVariable(variable, path);
    }

    /// <summary>From …/tests/Cli.Tests/bin/CONFIGURATION/net10.0 to the program built for the same.</summary>
    private static string Built(string project, string name)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var root = here.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;
        return Path.Combine(root, "src", project, "bin", here.Parent.Name, here.Name, name);
    }

    public static async Task<Ran> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "cofferdam"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("COFFERDAM_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        foreach (var (variable, path) in Programs)
            start.Environment[variable] = path;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Ran(process.ExitCode, await output, await error);
    }
}
