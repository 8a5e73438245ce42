using System.Diagnostics;
using System.Text;

namespace Cofferdam.Cli.Demo;

/// <summary>Compares the two books, and looks at what lies on disk.</summary>
internal static class DemoChecks
{
    /// <summary>Files of the control, each with the canary in another encoding.</summary>
    public const int ControlFiles = 5;

    /// <summary>Answers that were acknowledged and are not delivered just so.</summary>
    public static long Lost(DemoLog told, DeliveredBook delivered) => told.Answers.Values.GroupBy(answer => answer.Item).Sum(item =>
    {
        var left = (delivered.Votes.GetValueOrDefault(item.Key) ?? []).Select(vote => (vote.Shown, vote.Strength, vote.Rationale)).ToList();
        return item.LongCount(answer => !left.Remove((Shown(answer.Choice), Math.Abs(answer.Choice), answer.Rationale)));
    });

    /// <summary>Votes for another response than the one that people chose.</summary>
    public static long Misdirected(DemoLog told, DeliveredBook delivered) => told.Answers.Values.GroupBy(answer => answer.Item).Sum(item =>
    {
        var votes = delivered.Votes.GetValueOrDefault(item.Key) ?? [];
        var chosen = item.Where(answer => answer.Chosen is not null).Select(answer => answer.Chosen!).ToList();
        return votes.LongCount(vote => vote.Points is { } response && !chosen.Remove(response));
    });

    public static long OverAssigned(DemoLog told, DeliveredBook delivered, int overlap) =>
        told.Twice
        + delivered.Votes.Values.LongCount(votes => votes.Count > overlap || votes.Select(vote => vote.Annotator).Distinct(StringComparer.Ordinal).Count() < votes.Count);

    /// <summary>Runs this program's own verb in a process of its own.</summary>
    public static async Task<bool> InAnotherProcessAsync(IEnumerable<string> arguments, CancellationToken cancellation)
    {
        var program = Environment.ProcessPath!;
        var self = Path.Combine(AppContext.BaseDirectory, "cofferdam.dll");
        var start = Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? new ProcessStartInfo(program, [self, .. arguments])
            : new ProcessStartInfo(program, arguments);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        var said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
        await process.WaitForExitAsync(cancellation);
        await said;
        return process.ExitCode == ExitCode.Done;
    }

    public static (IReadOnlyList<string> Found, long Bytes) SearchAll(IEnumerable<string> folders, Canary canary)
    {
        var all = folders.Select(folder => AtRestSearch.Search(folder, canary)).ToList();
        return ([.. all.SelectMany(one => one.Found)], all.Sum(one => one.Bytes));
    }

    /// <summary>Writes the canary as a tool that seals nothing would, and counts the files that the search finds.</summary>
    public static async Task<int> SearchControlAsync(string folder, Canary canary, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var text = $"{{\"prompt\":\"some words and {canary.Mark} among them\"}}";
        byte[][] files =
        [
            Encoding.UTF8.GetBytes(text),
            Encoding.Unicode.GetBytes(text),
            .. Enumerable.Range(0, 3).Select(offset => Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(new string(' ', offset) + text)))),
        ];
        for (var i = 0; i < files.Length; i++)
            await File.WriteAllBytesAsync(Path.Combine(folder, $"control-{i}"), files[i], cancellation);
        return AtRestSearch.Search(folder, canary).Found.Count;
    }

    private static string Shown(int choice) => choice switch { < 0 => "left", > 0 => "right", _ => "tie" };
}
