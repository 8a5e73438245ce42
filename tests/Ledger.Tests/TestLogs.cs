using System.Collections.Concurrent;
using System.Text;

namespace Cofferdam.Ledger.Tests;

/// <summary>A log in memory, whose files a test can change.</summary>
internal sealed class MemoryLog : LogSource
{
    public ConcurrentDictionary<string, byte[]> Files { get; private init; } = new(StringComparer.Ordinal);

    /// <summary>Paths that were read, each as often as it was.</summary>
    public ConcurrentBag<string> Read { get; } = [];

    public override int Parallelism => 1;

    public override ValueTask<byte[]?> ReadAsync(string path, int maxBytes, CancellationToken cancellation = default)
    {
        Read.Add(path);
        return ValueTask.FromResult(Files.GetValueOrDefault(path));
    }

    public MemoryLog Copy() => new() { Files = new(Files, StringComparer.Ordinal) };

    /// <summary>The files of a folder.</summary>
    public static MemoryLog Of(string folder)
    {
        var log = new MemoryLog();
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            log.Files[Path.GetRelativePath(folder, file)] = File.ReadAllBytes(file);
        return log;
    }
}

internal static class TestLogs
{
    public const string Origin = "lab.test/ledger/a";

    public static LogSigner Log { get; } = new(Origin, Seed(1));

    public static LogSigner Witness { get; } = new("witness.test/1", Seed(2));

    public static LogSigner OtherWitness { get; } = new("witness.test/2", Seed(3));

    /// <summary>The log, and one of two witnesses.</summary>
    public static WitnessPolicy Policy { get; } = Parse(
        $"log {Log.Verifier}\nwitness one {Witness.Cosigner}\nwitness two {OtherWitness.Cosigner}\ngroup some any one two\nquorum some\n");

    public static byte[] Seed(byte of) => [.. Enumerable.Repeat(of, Ed25519.SeedBytes)];

    public static WitnessPolicy Parse(string text) =>
        WitnessPolicy.TryParse(Encoding.UTF8.GetBytes(text), out var policy, out var wrong) ? policy : throw new InvalidOperationException(wrong);

    /// <summary>Leaves of receipts.</summary>
    public static List<ReadOnlyMemory<byte>> Leaves(int count, int from = 0, long epoch = 0) =>
        [.. Enumerable.Range(from, count).Select(i => Ledgers.Entry(i, epoch).Leaf)];

    /// <summary>A checkpoint signed by the log and its first witness.</summary>
    public static byte[] Sign(long size, byte[] root, LogSigner? log = null)
    {
        var note = new Checkpoint((log ?? Log).Verifier.Name, size, root).Sign(log ?? Log);
        return note.With(Cosignature.Sign(Witness, note.Text, DateTimeOffset.UnixEpoch.AddSeconds(1_700_000_000 + size))).ToBytes();
    }

    /// <summary>Appends and publishes once for each of the counts.</summary>
    public static async Task WriteAsync(string folder, IReadOnlyList<ReadOnlyMemory<byte>> entries, params int[] sizes)
    {
        var writer = await LogWriter.OpenAsync(folder);
        foreach (var size in sizes)
        {
            await writer.AppendAsync([.. entries.Skip((int)writer.Size).Take(size - (int)writer.Size)]);
            await writer.PublishAsync(Sign(writer.Size, writer.Root()));
        }
    }

    /// <summary>A log in memory.</summary>
    /// <param name="sizes">Sizes that were published; where none is given, that of all entries alone.</param>
    public static async Task<MemoryLog> InMemoryAsync(IReadOnlyList<ReadOnlyMemory<byte>> entries, params int[] sizes)
    {
        var folder = Directory.CreateTempSubdirectory("cofferdam-test-").FullName;
        try
        {
            await WriteAsync(folder, entries, sizes is [] ? [entries.Count] : sizes);
            return MemoryLog.Of(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
