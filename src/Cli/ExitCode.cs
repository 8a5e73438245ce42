namespace Cofferdam.Cli;

internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The other side refused, or what was checked is not true.</summary>
    public const int NotTrue = 1;

    public const int WrongUse = 2;

    /// <summary>The other side does not answer.</summary>
    public const int Unreachable = 3;
}

/// <summary>Ends a verb with one line for the person and one on what to do next.</summary>
/// <param name="message">Lowercase, no full stop.</param>
/// <param name="hint">A sentence or command that helps; empty where there is none.</param>
/// <param name="code">Stable name, for programs.</param>
internal sealed class CliException(int exit, string code, string message, string hint = "") : Exception(message)
{
    public int Exit => exit;

    public string Code => code;

    public string Hint => hint;
}
