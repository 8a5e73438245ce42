using Cofferdam.Storage;
using Cofferdam.Work.Slots;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Work.Searches;

public enum SearchState : byte
{
    Scanning = 0,

    /// <summary>Every item was looked at.</summary>
    Done = 1,
    Cancelled = 2,

    /// <summary>The vault refused to open more, as it does under a suspension, or the server failed over it again and again.</summary>
    Stopped = 3,
}

/// <summary>A search through the content of a project's items. Its id is the id of the record with what it looks for.</summary>
public sealed class Search
{
    public required Guid Id { get; init; }

    public required Guid Project { get; init; }

    public SearchState State { get; set; }

    /// <summary>Only items with a slot in this state; null for all.</summary>
    public SlotState? Slots { get; init; }

    /// <summary>The last item that was looked at.</summary>
    public Guid After { get; set; }

    public long Scanned { get; set; }

    /// <summary>Items there were when it began.</summary>
    public long Total { get; init; }

    /// <summary>Items found, kept or not.</summary>
    public long Found { get; set; }

    public int Attempts { get; set; }

    /// <summary>Pseudonym.</summary>
    public required Guid RequestedBy { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>It is forgotten then, with what it found.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? EndedAt { get; set; }
}

/// <summary>What one run of a search found, in one sealed record.</summary>
public sealed class SearchFinds
{
    public required Guid Search { get; init; }

    public required int Ordinal { get; init; }

    public required Guid Record { get; init; }
}

public static class SearchSets
{
    extension(AppDb db)
    {
        public DbSet<Search> Searches => db.Set<Search>();

        public DbSet<SearchFinds> SearchFinds => db.Set<SearchFinds>();
    }
}

/// <param name="Field">Only this member of the item, or of its other fields; null for all.</param>
internal sealed record SealedSearch(int V, string Text, string? Field);

internal sealed record SealedFinds(int V, IReadOnlyList<SearchFind> Items);

/// <param name="Id">The item.</param>
/// <param name="Field">Where in it.</param>
/// <param name="Excerpt">The words around it.</param>
public sealed record SearchFind(Guid Id, string Field, string Excerpt);

file sealed class SearchConfiguration : IEntityTypeConfiguration<Search>
{
    public void Configure(EntityTypeBuilder<Search> builder) => builder.HasKey(search => search.Id);
}

file sealed class FindsConfiguration : IEntityTypeConfiguration<SearchFinds>
{
    public void Configure(EntityTypeBuilder<SearchFinds> builder) => builder.HasKey(finds => new { finds.Search, finds.Ordinal });
}
