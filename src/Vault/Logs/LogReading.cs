using Cofferdam.Ledger;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Logs;

/// <summary>What is handed out of a log's folder.</summary>
internal static class LogReading
{
    public static async Task<LogCheckpoint?> CheckpointAsync(LabLog log, CancellationToken cancellation)
    {
        if (await log.ReadPublishedAsync(cancellation) is not { } published)
            return null;
        var at = File.GetLastWriteTimeUtc(Path.Combine(log.Folder.Path, LogSource.CheckpointName));
        return new LogCheckpoint(published.Checkpoint.Size, published.Checkpoint.Root, new DateTimeOffset(at), published.Note.ToBytes());
    }

    /// <summary>A file by a path of C2SP tlog-tiles, in its one spelling; null for every other path.</summary>
    public static async Task<ReadOnlyMemory<byte>?> FileAsync(LabLog log, string path, CancellationToken cancellation)
    {
        if (TilePath.TryParse(path, out var tile))
            return await log.Folder.ReadTileAsync(tile, cancellation);
        var bytes = path switch
        {
            LogSource.CheckpointName => await log.Folder.ReadCheckpointAsync(cancellation),
            LogSource.PolicyName => await log.Folder.ReadAsync(path, WitnessPolicy.MaxBytes, cancellation),
            _ => null,
        };
        return bytes is null ? default(ReadOnlyMemory<byte>?) : bytes;
    }

    /// <summary>A receipt's <c>.tlog-proof</c>, its leaf beside it.</summary>
    /// <exception cref="VaultUnavailableException">The folder's tiles prove nothing.</exception>
    public static async Task<ReadOnlyMemory<byte>?> ProofAsync(LabLog log, long index, CancellationToken cancellation)
    {
        if (await log.ReadPublishedAsync(cancellation) is not { Checkpoint: var checkpoint } published || index < 0 || index >= checkpoint.Size)
            return null;
        try
        {
            var prover = log.Prover(checkpoint.Size);
            var leaf = await prover.EntryAsync(index, cancellation);
            var hashes = await prover.InclusionAsync(index, cancellation);
            if (MerkleTree.VerifyInclusion(index, checkpoint.Size, MerkleTree.HashLeaf(leaf.Span), hashes, checkpoint.Root.Span))
                return new TlogProof(index, hashes, published.Note.ToBytes(), leaf).ToBytes();
        }
        catch (MissingTileException)
        {
            // As below.
        }

        throw Broken();
    }

    /// <exception cref="VaultUnavailableException">The folder lacks a tile.</exception>
    public static async Task<IReadOnlyList<ReadOnlyMemory<byte>>?> ConsistencyAsync(LabLog log, long from, long to, CancellationToken cancellation)
    {
        if (await log.ReadPublishedAsync(cancellation) is not { Checkpoint: var checkpoint } || from < 1 || from > to || to > checkpoint.Size)
            return null;
        try
        {
            return await log.Prover(to).ConsistencyAsync(from, cancellation);
        }
        catch (MissingTileException) when (to < checkpoint.Size)
        {
            // Of a size that never was a checkpoint's there are no partial tiles.
            return null;
        }
        catch (MissingTileException)
        {
            throw Broken();
        }
    }

    private static VaultUnavailableException Broken() => new(
        VaultTrouble.Ledger, "Files of the published log are missing or were changed. Restart the vault: it makes missing ones again from the receipts; 'cofferdam ledger verify' names what was changed.");
}
