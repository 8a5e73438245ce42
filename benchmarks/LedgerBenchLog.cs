using System.Diagnostics;
using System.Security.Cryptography;
using Cofferdam.Ledger;

namespace Cofferdam.Bench;

/// <summary>A long log in a folder, of leaves as receipts have them, and what can be asked of it offline.</summary>
internal sealed class LedgerBenchLog
{
    public const string Baseline = "SHA256.HashData of each leaf with its prefix, in memory, on as many threads as verify uses";

    private const int Proofs = 1_000;
    private const int LeavesAtOnce = 65_536;

    // Hashed over and over by the baseline: more than caches hold, less than a small machine's memory.
    private const int LeavesInMemory = 262_144;

    // A leaf of some 210 bytes, its hash, and the hashes above.
    private const long BytesPerLeaf = 260;

    private readonly LogFolder folder;
    private readonly Checkpoint checkpoint;
    private readonly WitnessPolicy policy;

    private LedgerBenchLog(LogFolder folder, Checkpoint checkpoint, WitnessPolicy policy) => (this.folder, this.checkpoint, this.policy) = (folder, checkpoint, policy);

    /// <summary>Leaves per second, by round.</summary>
    /// <param name="Hashed">By .NET's SHA-256.</param>
    /// <param name="HashedPlainly">By libcrypto's without a provider, as the tree's own hashes are: what no reader of leaves can come up to.</param>
    public sealed record Check(IReadOnlyList<double> Verified, IReadOnlyList<double> Hashed, IReadOnlyList<double> HashedPlainly)
    {
        public IEnumerable<double> Ratios => Verified.Zip(Hashed, (verified, hashed) => verified / hashed);

        public IEnumerable<double> PlainRatios => Verified.Zip(HashedPlainly, (verified, hashed) => verified / hashed);
    }

    public static async Task<LedgerBenchLog> MakeAsync(string place, int size, Action<string> progress)
    {
        var path = Path.Combine(place, "log");
        Directory.CreateDirectory(path);
        var free = new DriveInfo(path).AvailableFreeSpace;
        if (free < size * BytesPerLeaf * 2)
            throw new InvalidOperationException($"A log of {size:N0} takes {size * BytesPerLeaf >> 20:N0} MiB and as much again; {path} has {free >> 20:N0}. Choose a smaller --size, or another TMPDIR.");

        progress($"making a log of {size:N0} leaves");
        var signer = new LogSigner("bench.localhost/ledger/bench", Ed25519.GenerateKey());
        var writer = await LogWriter.OpenAsync(path);
        var leaves = new ReadOnlyMemory<byte>[LeavesAtOnce];
        while (writer.Size < size)
        {
            var first = writer.Size;
            var count = (int)Math.Min(LeavesAtOnce, size - first);
            Parallel.For(0, count, i => leaves[i] = Leaf(first + i));
            await writer.AppendAsync(new ArraySegment<ReadOnlyMemory<byte>>(leaves, 0, count));
        }

        var whole = new Checkpoint(signer.Verifier.Name, writer.Size, writer.Root());
        await writer.PublishAsync(whole.Sign(signer).ToBytes());
        return new LedgerBenchLog(new LogFolder(path), whole, WitnessPolicy.ForLog(signer.Verifier));
    }

    /// <summary>Proofs of random receipts, leaf and all, each by a prover that has read nothing before. The folder's files may be in the system's cache.</summary>
    /// <returns>Microseconds, sorted.</returns>
    public async Task<int[]> ProveAsync(Action<string> progress)
    {
        progress($"proving {Proofs:N0} random leaves");
        // The first compiles.
        await ProveAsync(0);
        var micros = new int[Proofs];
        for (var i = 0; i < Proofs; i++)
            micros[i] = await ProveAsync(Random.Shared.NextInt64(checkpoint.Size));
        Array.Sort(micros);
        return micros;
    }

    /// <summary>The whole check of the log, as <c>cofferdam ledger verify</c> makes it, and the baselines, in turns.</summary>
    public async Task<Check> VerifyAsync(int rounds, Action<string> progress)
    {
        progress("reading leaves for the baseline");
        var leaves = await LeavesAsync();
        var (verified, hashed, plain) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            hashed.Add(checkpoint.Size / Seconds(leaves, leaf => SHA256.HashData(leaf)));
            verified.Add(checkpoint.Size / await VerifySecondsAsync());
            plain.Add(checkpoint.Size / Seconds(leaves, leaf => MerkleTree.HashLeaf(leaf.AsSpan(1))));
            progress($"round {round + 1}: verified {verified[^1]:N0}/s, hashed {hashed[^1]:N0}/s, plainly {plain[^1]:N0}/s");
        }

        return new Check(verified, hashed, plain);
    }

    private static byte[] Leaf(long sequence)
    {
        Span<byte> salt = stackalloc byte[Receipt.SaltBytes];
        BitConverter.TryWriteBytes(salt, sequence);
        return Receipt.WriteLeaf(sequence, DateTimeOffset.UnixEpoch.AddSeconds(1_750_000_000 + (sequence / 100.0)), "open", salt, "{}"u8, "{}"u8);
    }

    private async Task<int> ProveAsync(long index)
    {
        var begun = Stopwatch.GetTimestamp();
        var prover = new TileProver(folder, checkpoint.Size);
        var entry = await prover.EntryAsync(index);
        var proof = await prover.InclusionAsync(index);
        var micros = (int)(Stopwatch.GetElapsedTime(begun).Ticks / TimeSpan.TicksPerMicrosecond);
        return MerkleTree.VerifyInclusion(index, checkpoint.Size, MerkleTree.HashLeaf(entry.Span), proof, checkpoint.Root.Span)
            ? micros
            : throw new InvalidOperationException($"The proof of leaf {index} proves nothing.");
    }

    private async Task<double> VerifySecondsAsync()
    {
        var begun = Stopwatch.GetTimestamp();
        var report = await LogVerification.VerifyAsync(folder, new LogCheck { Policy = policy });
        var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        return report is { Sound: true, Receipts: true } ? seconds : throw new InvalidOperationException($"The log is not sound: {string.Join("; ", report.Findings)}");
    }

    /// <summary>The log's first leaves, each after the zero byte that its hash begins with.</summary>
    private async Task<byte[][]> LeavesAsync()
    {
        var leaves = new List<byte[]>();
        for (var index = 0L; leaves.Count < Math.Min(checkpoint.Size, LeavesInMemory); index++)
        {
            var bundle = await folder.ReadTileAsync(TilePath.At(TilePath.EntryLevel, index, checkpoint.Size)) ?? throw new InvalidOperationException("A bundle is gone.");
            while (EntryBundle.TryTake(ref bundle, out var entry))
                leaves.Add([0, .. entry.Span]);
        }

        return [.. leaves];
    }

    /// <summary>How long it takes to hash as many leaves as the log has.</summary>
    private double Seconds(byte[][] leaves, Func<byte[], byte[]> hash)
    {
        var begun = Stopwatch.GetTimestamp();
        var threads = folder.Parallelism;
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, thread =>
        {
            for (var i = checkpoint.Size * thread / threads; i < checkpoint.Size * (thread + 1) / threads; i++)
                hash(leaves[i % leaves.Length]);
        });
        return Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }
}
