using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Cofferdam.Cli;

/// <summary>What a verb says: its result on standard output, everything else on standard error.</summary>
/// <param name="json">The result is one JSON object and nothing else.</param>
internal sealed class Terminal(bool json, TextWriter output, TextWriter error, bool bar)
{
    public static Terminal Standard(bool json) => new(json, Console.Out, Console.Error, bar: !Console.IsErrorRedirected);

    /// <summary>Prints the result, for a program or for a person.</summary>
    public void Result<T>(T result, JsonTypeInfo<T> type, Func<T, string> words) =>
        output.WriteLine(json ? JsonSerializer.Serialize(result, type) : words(result));

    /// <summary>Says how it is going.</summary>
    public void Note(string line) => error.WriteLine(line);

    public void Error(CliException failure)
    {
        error.WriteLine($"cofferdam: {failure.Message}");
        if (failure.Hint.Length > 0)
            error.WriteLine($"  hint: {failure.Hint}");
        if (json)
            output.WriteLine(JsonSerializer.Serialize(new CliError(failure.Code, failure.Message, failure.Hint), CliJson.Default.CliError));
    }

    /// <summary>Progress towards a total: a bar on a terminal, a line per tenth elsewhere.</summary>
    /// <param name="total">0 where it is not known.</param>
    public ProgressBar Progress(string what, long total, string unit) => new(error, bar, what, total, unit);
}

internal sealed class ProgressBar(TextWriter error, bool bar, string what, long total, string unit) : IProgress<long>, IDisposable
{
    private const int Width = 30;
    private readonly Lock gate = new();
    private long said = -1;
    private bool drawn;

    public void Report(long value)
    {
        lock (gate)
        {
            var parts = bar ? 100 : 10;
            var part = total > 0 ? Math.Min(value, total) * parts / total : value / (1 << 20);
            if (part == said)
                return;
            said = part;
            var count = total > 0 ? $"{value:N0} of {total:N0} {unit}" : $"{value:N0} {unit}";
            if (bar)
            {
                var filled = total > 0 ? (int)(Width * Math.Min(value, total) / total) : 0;
                error.Write($"\r{what} [{new string('#', filled)}{new string('.', Width - filled)}] {count}\u001b[K");
                drawn = true;
            }
            else
            {
                error.WriteLine($"{what}: {count}");
            }
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            if (drawn)
                error.WriteLine();
            drawn = false;
        }
    }
}

internal sealed record CliError(string Error, string Message, string Hint);
