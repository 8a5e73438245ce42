namespace Cofferdam.Ledger;

/// <summary>Checks the files of a log's folder that reading the log by its checkpoint does not come across.</summary>
internal sealed class FolderVerification(LogFolder folder, long size)
{
    private readonly List<LogFinding> findings = [];

    public IEnumerable<LogFinding> Findings => findings.OrderBy(finding => finding.Where, StringComparer.Ordinal);

    /// <summary>Files that hold what is beyond the checkpoint.</summary>
    public long Beyond { get; private set; }

    public async Task RunAsync(CancellationToken cancellation)
    {
        foreach (var path in folder.Tiles())
        {
            if (findings.Count == LogReport.MaxFindings)
                return;
            if (!TilePath.TryParse(path, out var tile))
            {
                findings.Add(new LogFinding(LogFault.UnknownFile, path, null, "no log has such a file"));
                continue;
            }

            var width = TilePath.WidthAt(tile.Level, tile.Index, size);
            if (tile.Width > width)
                Beyond++;
            if (width > 0 && tile.Width != width && !await AgreeAsync(tile, tile with { Width = width }, cancellation))
                findings.Add(new LogFinding(LogFault.OtherTile, path, null, "does not go together with what the tile holds at the checkpoint"));
        }
    }

    // One of them is the beginning of the other.
    private async Task<bool> AgreeAsync(TilePath other, TilePath current, CancellationToken cancellation) =>
        await folder.ReadTileAsync(other, cancellation) is { } there
        && await folder.ReadTileAsync(current, cancellation) is { } now
        && (other.Width < current.Width ? now.Span.StartsWith(there.Span) : there.Span.StartsWith(now.Span));
}
