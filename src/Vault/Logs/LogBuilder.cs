using Cofferdam.Ledger;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault.Logs;

/// <summary>A log's folder while it is written, fed from the receipts; made again from them where it is broken.</summary>
internal sealed class LogBuilder
{
    private const int Page = 4_096;

    private readonly LabLog log;
    private readonly VaultStore store;
    private readonly LogWriter writer;

    private LogBuilder(LabLog log, VaultStore store, LogWriter writer) => (this.log, this.store, this.writer) = (log, store, writer);

    public long Size => writer.Size;

    /// <summary>Size of the checkpoint in the folder as this has it; null where there is none.</summary>
    public long? Published => writer.Published?.Size;

    /// <summary>Opens the folder; one that is broken is set aside and made again from the receipts.</summary>
    /// <param name="published">The checkpoint in it that is this log's; null where there is none.</param>
    /// <returns>Null where the receipts do not make the tree of that checkpoint.</returns>
    public static async Task<LogBuilder?> OpenAsync(LabLog log, VaultStore store, Checkpoint? published, CancellationToken cancellation)
    {
        return await TryOpenAsync(log, published, cancellation) is { } whole
            ? new LogBuilder(log, store, whole)
            : await RemakeAsync(log, store, published, cancellation);
    }

    /// <summary>Sets the folder aside and makes it again from the receipts.</summary>
    /// <inheritdoc cref="OpenAsync"/>
    public static async Task<LogBuilder?> RemakeAsync(LabLog log, VaultStore store, Checkpoint? published, CancellationToken cancellation)
    {
        SetAside(log.Folder.Path);
        var builder = new LogBuilder(log, store, await LogWriter.OpenAsync(log.Folder.Path, cancellation));
        return published is null || (await builder.AppendAsync(published.Size, cancellation) && builder.Root().AsSpan().SequenceEqual(published.Root.Span)) ? builder : null;
    }

    public byte[] Root() => writer.Root();

    /// <summary>Appends the leaves up to a size.</summary>
    /// <returns>False where the store lacks one.</returns>
    /// <exception cref="LogForkException">The folder has other tiles in their place.</exception>
    public async Task<bool> AppendAsync(long size, CancellationToken cancellation)
    {
        while (writer.Size < size)
        {
            var leaves = log.Tail.Take(writer.Size, size);
            if (leaves.Count == 0)
                leaves = store.Leaves(log.Lab, writer.Size, (int)Math.Min(Page, size - writer.Size));
            if (leaves.Count == 0)
                return false;
            await writer.AppendAsync(leaves, cancellation);
        }

        return true;
    }

    public Task PublishAsync(SignedNote note, CancellationToken cancellation) => writer.PublishAsync(note.ToBytes(), cancellation);

    private static async Task<LogWriter?> TryOpenAsync(LabLog log, Checkpoint? published, CancellationToken cancellation)
    {
        try
        {
            var found = await LogWriter.OpenAsync(log.Folder.Path, cancellation);
            return found.Published?.Size == published?.Size && IsWhole(log.Folder, found.Size) ? found : null;
        }
        catch (LogForkException)
        {
            return null;
        }
    }

    // A crash leaves every full tile whole. People delete files, and disks lose them.
    private static bool IsWhole(LogFolder folder, long size)
    {
        for (var level = TilePath.EntryLevel; level < TilePath.Levels; level++)
        {
            for (var index = 0L; index < TilePath.HashesAt(level, size) / TilePath.FullWidth; index++)
            {
                var file = new FileInfo(Path.Combine(folder.Path, new TilePath(level, index, TilePath.FullWidth).ToString()));
                if (!file.Exists || file.Length < TilePath.FullWidth * sizeof(ushort) || (level >= 0 && file.Length != TilePath.FullWidth * MerkleTree.HashBytes))
                    return false;
            }
        }

        return true;
    }

    // Kept: it may hold the only copy of leaves that the store has lost.
    private static void SetAside(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Move(folder, $"{folder}.broken-{Guid.CreateVersion7():N}");
    }
}
