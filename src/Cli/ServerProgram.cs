using System.Diagnostics;

namespace Cofferdam.Cli;

/// <summary>The server's executable: beside this one when installed, or where <c>COFFERDAM_SERVER</c> says.</summary>
internal static class ServerProgram
{
    /// <exception cref="CliException">It is nowhere.</exception>
    public static string Find()
    {
        var name = OperatingSystem.IsWindows() ? "cofferdam-server.exe" : "cofferdam-server";
        var beside = Path.Combine(AppContext.BaseDirectory, name);

        // In a checkout each program is built in a folder of its own.
        var part = Path.DirectorySeparatorChar + Path.Combine("src", "Cli") + Path.DirectorySeparatorChar;
        var built = Path.Combine(AppContext.BaseDirectory.Replace(part, part.Replace("Cli", "Server", StringComparison.Ordinal), StringComparison.Ordinal), name);
        string?[] places = [Environment.GetEnvironmentVariable("COFFERDAM_SERVER"), beside, built];
        return places.FirstOrDefault(File.Exists) ?? throw new CliException(
            ExitCode.WrongUse, "no-server", "the server's program is not beside this one", "set COFFERDAM_SERVER to the path of cofferdam-server");
    }

    public static ProcessStartInfo Start(IEnumerable<string> arguments) => new(Find(), ["serve", .. arguments]);
}
