using System.Buffers;

namespace Cofferdam.Ledger;

/// <summary>
/// Writes a log into a folder as plain files (C2SP tlog-tiles). Entries come from whoever keeps them; a checkpoint is put there
/// last, when every tile that it needs is durable.
/// </summary>
/// <remarks>
/// After a crash at any point <see cref="OpenAsync(string, CancellationToken)"/> goes on from the checkpoint in the folder. Tiles beyond it may be there
/// already: the same entries make the same tiles again, others are refused. For one writer, and not safe for use by several
/// threads at once. After an exception the writer is of no more use: open another.
/// </remarks>
public sealed class LogWriter
{
    // Memory that files wait in before they are written: some 10 MB of receipts.
    private const int FilesAtOnce = 256;

    private readonly LogFiles files;
    private readonly LogFolder folder;
    private readonly TileEdge edge = new();
    private readonly ArrayBufferWriter<byte> bundle = new(64 * 1024);
    private readonly List<(string Path, ReadOnlyMemory<byte> Content)> waiting = [];
    private readonly List<TilePath> filled = [];
    private SignedNote? published;

    private LogWriter(LogFolder folder, LogFiles files) => (this.folder, this.files) = (folder, files);

    /// <summary>Number of entries appended; those beyond <see cref="Published"/> are not durable yet.</summary>
    public long Size { get; private set; }

    /// <summary>The checkpoint in the folder; null where the log is new.</summary>
    public Checkpoint? Published { get; private set; }

    /// <summary>Opens a log's folder, or makes it.</summary>
    /// <exception cref="LogForkException">The tiles do not make the root of the checkpoint, or one is missing.</exception>
    /// <exception cref="IOException">The disk cannot be read or written.</exception>
    public static Task<LogWriter> OpenAsync(string folder, CancellationToken cancellation = default) => OpenAsync(folder, null, cancellation);

    internal static async Task<LogWriter> OpenAsync(string folder, Action<string>? step, CancellationToken cancellation = default)
    {
        var source = new LogFolder(folder);
        var writer = new LogWriter(source, new LogFiles(source.Path, step));
        writer.files.Prepare();
        if (await writer.ReadPublishedAsync(cancellation) is { } note)
            await writer.RestoreAsync(note, cancellation);
        return writer;
    }

    /// <summary>Root hash over all entries appended, 32 bytes.</summary>
    public byte[] Root() => edge.Root();

    /// <summary>Appends entries. Full tiles are written; nothing is promised before <see cref="PublishAsync"/>.</summary>
    /// <param name="entries">At most 65,535 bytes each.</param>
    /// <exception cref="LogForkException">The folder holds other entries in their place.</exception>
    /// <exception cref="IOException">The disk is full or broken.</exception>
    public async Task AppendAsync(IReadOnlyList<ReadOnlyMemory<byte>> entries, CancellationToken cancellation = default)
    {
        foreach (var entry in entries)
        {
            EntryBundle.Append(bundle, entry.Span);
            edge.Add(0, MerkleTree.HashLeaf(entry.Span), Fill);
            Size++;
            if (waiting.Count >= FilesAtOnce)
            {
                cancellation.ThrowIfCancellationRequested();
                await WriteWaitingAsync();
            }
        }

        await WriteWaitingAsync();
    }

    /// <summary>Publishes a checkpoint over all entries appended: partial tiles first, then durability, then the checkpoint.</summary>
    /// <param name="note">A signed checkpoint of <see cref="Size"/> and <see cref="Root"/>; its signatures are the caller's business.</param>
    /// <exception cref="ArgumentException">It is no checkpoint of what was appended.</exception>
    /// <exception cref="LogForkException">It is of another log than the one in the folder, or somebody else has published there.</exception>
    /// <exception cref="IOException">The disk is full or broken.</exception>
    public async Task PublishAsync(ReadOnlyMemory<byte> note, CancellationToken cancellation = default)
    {
        if (!SignedNote.TryParse(note.Span, out var signed) || !Checkpoint.TryParse(signed.Text, out var checkpoint))
            throw new ArgumentException("This is no signed checkpoint.", nameof(note));
        if (checkpoint.Size != Size || !checkpoint.Root.Span.SequenceEqual(Root()))
            throw new ArgumentException($"The checkpoint is not over the {Size} entries of this log.", nameof(note));
        if (Published is not null && Published.Origin != checkpoint.Origin)
            throw new LogForkException($"The folder holds the log {Published.Origin}, not {checkpoint.Origin}.");
        if ((await ReadPublishedAsync(cancellation))?.Text != published?.Text)
            throw new LogForkException("Somebody else has published in this folder.");

        await files.WriteNewAsync([.. Partials()]);
        files.SyncFolders();
        await files.ReplaceAsync(LogSource.CheckpointName, note);
        (published, Published) = (signed, checkpoint);

        // From here on the full tiles serve whoever asks for an older partial one.
        foreach (var tile in filled)
            files.DeletePartials(tile);
        filled.Clear();
    }

    private IEnumerable<(string Path, ReadOnlyMemory<byte> Content)> Partials()
    {
        foreach (var (tile, hashes) in edge.Partial())
            yield return (tile.ToString(), hashes);
        if (bundle.WrittenCount > 0)
            yield return (TilePath.At(TilePath.EntryLevel, Size / TilePath.FullWidth, Size).ToString(), bundle.WrittenSpan.ToArray());
    }

    private void Fill(TilePath tile, ReadOnlyMemory<byte> hashes)
    {
        Wait(tile, hashes);
        if (tile.Level > 0)
            return;
        Wait(tile with { Level = TilePath.EntryLevel }, bundle.WrittenSpan.ToArray());
        bundle.ResetWrittenCount();
    }

    private void Wait(TilePath tile, ReadOnlyMemory<byte> content)
    {
        waiting.Add((tile.ToString(), content));
        filled.Add(tile);
    }

    private async Task WriteWaitingAsync()
    {
        await files.WriteNewAsync(waiting);
        waiting.Clear();
    }

    private async Task<SignedNote?> ReadPublishedAsync(CancellationToken cancellation)
    {
        if (await folder.ReadCheckpointAsync(cancellation) is not { } bytes)
            return null;
        return SignedNote.TryParse(bytes, out var note) ? note : throw new LogForkException("The checkpoint in the folder is none.");
    }

    private async Task RestoreAsync(SignedNote note, CancellationToken cancellation)
    {
        if (!Checkpoint.TryParse(note.Text, out var checkpoint))
            throw new LogForkException("The checkpoint in the folder is none.");
        for (var level = TilePath.EntryLevel; TilePath.HashesAt(level, checkpoint.Size) > 0; level++)
        {
            var index = TilePath.HashesAt(level, checkpoint.Size) / TilePath.FullWidth;
            var tile = new TilePath(level, index, TilePath.WidthAt(level, index, checkpoint.Size));
            var content = tile.Width == 0
                ? ReadOnlyMemory<byte>.Empty
                : await folder.ReadTileAsync(tile, cancellation) ?? throw new LogForkException($"The folder has no whole {tile}.");
            if (tile.IsEntries)
                bundle.Write(content.Span);
            else
                edge.Restore(tile, content.Span);
            filled.AddRange(tile.Index > 0 ? [new TilePath(level, tile.Index - 1, TilePath.FullWidth)] : []);
        }

        if (!checkpoint.Root.Span.SequenceEqual(edge.Root()))
            throw new LogForkException("The tiles in the folder do not make the root of its checkpoint.");
        (published, Published, Size) = (note, checkpoint, checkpoint.Size);
    }
}
