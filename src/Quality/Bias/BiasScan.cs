using System.Text.Json;
using Cofferdam.Storage;
using Cofferdam.Work.Acceptances;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Quality.Bias;

public enum ScanState : byte
{
    Running = 0,
    Done = 1,
    Cancelled = 2,

    /// <summary>The vault refused, or it came to nothing otherwise.</summary>
    Failed = 3,
}

/// <summary>A scan of a project's answers for which side people chose. Its id is the id of the record with what it found.</summary>
public sealed class BiasScan
{
    public required Guid Id { get; init; }

    public required Guid Project { get; init; }

    public ScanState State { get; set; }

    /// <summary>Answers opened.</summary>
    public long Scanned { get; set; }

    /// <summary>Answers there were when it began.</summary>
    public long Total { get; set; }

    /// <summary>Pseudonym.</summary>
    public required Guid RequestedBy { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>How often it was begun.</summary>
    public int Attempts { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Code of what went wrong.</summary>
    public string? Problem { get; set; }
}

/// <summary>What a scan found.</summary>
internal sealed record SealedSides(int V, IReadOnlyList<Sides> People);

/// <summary>How often somebody preferred the response on each side.</summary>
/// <param name="Person">Pseudonym.</param>
internal sealed record Sides(Guid Person, long Left, long Right, long Tie);

/// <summary>How often somebody preferred the response on each side. Sides are dealt by chance, so that no taste of theirs shows here.</summary>
/// <param name="Share">Left of left and right, with its Wilson 95 % interval; null where they only saw ties.</param>
/// <param name="P">How likely at least so uneven a choice is by chance alone: exact two-sided binomial test against one half.</param>
/// <param name="Adjusted"><paramref name="P"/> corrected for looking at all these people at once (Holm): below 0.05 is worth a word.</param>
public sealed record SideView(Guid Pseudonym, long Left, long Right, long Tie, Estimate? Share, double P, double Adjusted);

/// <param name="Scanned">Answers opened so far.</param>
/// <param name="People">Once it is done.</param>
/// <param name="Problem">Code of what went wrong; null where nothing has.</param>
public sealed record BiasView(
    Guid Id, ScanState State, long Scanned, long Total, DateTimeOffset RequestedAt, Guid RequestedBy, DateTimeOffset? EndedAt, string? Problem,
    IReadOnlyList<SideView>? People)
{
    internal static BiasView Of(BiasScan scan, SealedSides? found = null) => new(
        scan.Id, scan.State, scan.Scanned, scan.Total, scan.RequestedAt, scan.RequestedBy, scan.EndedAt, scan.Problem, found is null ? null : Views(found.People));

    private static SideView[] Views(IReadOnlyList<Sides> found)
    {
        double[] p = [.. found.Select(one => BinomialTest.TwoSided(one.Left, one.Right))];
        var adjusted = BinomialTest.Holm(p);
        return [.. found.Select((one, i) => new SideView(
            one.Person, one.Left, one.Right, one.Tie, Wilson.Of(one.Left, one.Left + one.Right), p[i], adjusted[i]))];
    }
}

public static class BiasSets
{
    extension(AppDb db)
    {
        public DbSet<BiasScan> BiasScans => db.Set<BiasScan>();
    }
}

internal sealed class BiasTables : ITables
{
    public void Configure(ModelBuilder model)
    {
        var entity = model.Entity<BiasScan>();
        entity.ToTable("bias_scan").HasKey(row => row.Id);
        foreach (var property in entity.Metadata.GetProperties())
            property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
    }
}
