using System.Diagnostics;

namespace Cofferdam.Cli;

/// <summary>Executables of their own: beside this one when installed, or where <c>COFFERDAM_SERVER</c> and the like say.</summary>
internal static class ServerProgram
{
    public static string Find() => Find("server", "Server");

    public static ProcessStartInfo Start(IEnumerable<string> arguments) => new(Find(), ["serve", .. arguments]);

    /// <param name="name">Without <c>cofferdam-</c>.</param>
    /// <param name="project">Its project in a checkout.</param>
    /// <exception cref="CliException">It is nowhere.</exception>
    public static string Find(string name, string project)
    {
        var file = OperatingSystem.IsWindows() ? $"cofferdam-{name}.exe" : $"cofferdam-{name}";
        var variable = $"COFFERDAM_{name.ToUpperInvariant()}";
        var beside = Path.Combine(AppContext.BaseDirectory, file);

        // In a checkout each program is built in a folder of its own.
        var part = Path.DirectorySeparatorChar + Path.Combine("src", "Cli") + Path.DirectorySeparatorChar;
        var built = Path.Combine(AppContext.BaseDirectory.Replace(part, part.Replace("Cli", project, StringComparison.Ordinal), StringComparison.Ordinal), file);
        string?[] places = [Environment.GetEnvironmentVariable(variable), beside, built];
        return places.FirstOrDefault(File.Exists) ?? throw new CliException(
            ExitCode.WrongUse, $"no-{name}", $"the {name}'s program is not beside this one", $"set {variable} to the path of cofferdam-{name}");
    }
}
