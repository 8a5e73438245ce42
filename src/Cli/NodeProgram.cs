using System.Diagnostics;

namespace Cofferdam.Cli;

/// <summary>A program of its own that a verb starts: beside this one when installed, or where its variable says.</summary>
/// <param name="Name">Of the executable, for example <c>cofferdam-server</c>.</param>
/// <param name="Project">The project that builds it, for a checkout, where each program lies in a folder of its own.</param>
/// <param name="Variable">Environment variable that says where it is.</param>
internal sealed record NodeProgram(string Name, string Project, string Variable)
{
    public static NodeProgram Server { get; } = new("cofferdam-server", "Server", "COFFERDAM_SERVER");

    public static NodeProgram Vault { get; } = new("cofferdam-vault", "VaultHost", "COFFERDAM_VAULT");

    public static NodeProgram Witness { get; } = new("cofferdam-witness", "Witness", "COFFERDAM_WITNESS");

    /// <summary>How it is started: with a verb of its own, or where the arguments begin with an option, with <c>serve</c>.</summary>
    /// <exception cref="CliException">It is nowhere.</exception>
    public ProcessStartInfo Start(params IReadOnlyList<string> arguments) =>
        new(Find(), arguments is [] or [['-', ..], ..] ? ["serve", .. arguments] : arguments);

    private string Find()
    {
        var file = OperatingSystem.IsWindows() ? Name + ".exe" : Name;
        var part = Path.DirectorySeparatorChar + Path.Combine("src", "Cli") + Path.DirectorySeparatorChar;
        var built = AppContext.BaseDirectory.Replace(part, part.Replace("Cli", Project, StringComparison.Ordinal), StringComparison.Ordinal);
        string?[] places = [Environment.GetEnvironmentVariable(Variable), Path.Combine(AppContext.BaseDirectory, file), Path.Combine(built, file)];
        return places.FirstOrDefault(File.Exists) ?? throw new CliException(
            ExitCode.WrongUse, "no-program", $"{Name} is not beside this program", $"set {Variable} to the path of {Name}");
    }
}
