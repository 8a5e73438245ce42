using System.Diagnostics;
using System.Text;

namespace Cofferdam.Cli.Demo;

/// <summary>Compares the two books, and looks at what lies on disk.</summary>
internal static class DemoChecks
{
    /// <summary>Files of the control, each with the canary in another encoding.</summary>
    public const int ControlFiles = 5;

    /// <summary>Answers that were acknowledged and are not delivered just so.</summary>
    public static IEnumerable<Acknowledged> Lost(DemoLog told, DeliveredBook delivered) => told.Answers.GroupBy(answer => answer.Item).SelectMany(item =>
    {
        var left = (delivered.Answers.GetValueOrDefault(item.Key) ?? []).Select(answer => (answer.Shown, answer.Rationale)).ToList();
        return item.Where(answer => !left.Remove((answer.Shown, answer.Rationale))).ToList();
    });

    /// <summary>Delivered answers that say something about content that nobody said of that item.</summary>
    public static long Misdirected(DemoLog told, DeliveredBook delivered) => told.Answers.GroupBy(answer => answer.Item).Sum(item =>
    {
        var said = item.Where(answer => answer.Meaning is not null).Select(answer => answer.Meaning!).ToList();
        return (delivered.Answers.GetValueOrDefault(item.Key) ?? []).LongCount(answer => answer.Meaning is { } meaning && !said.Remove(meaning));
    });

    /// <param name="most">Answers that an item may have.</param>
    public static long OverAssigned(DemoLog told, DeliveredBook delivered, int most) =>
        told.Twice
        + delivered.Answers.Values.LongCount(answers => answers.Count > most || answers.Select(answer => answer.Annotator).Distinct(StringComparer.Ordinal).Count() < answers.Count);

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
}
