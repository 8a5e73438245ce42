using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Work.Batches;

public enum BatchState : byte
{
    /// <summary>Its slots are being made; those that are there can be worked on.</summary>
    Opening = 0,
    Open = 1,

    /// <summary>Nobody gets new tasks of it until it is resumed; what is in people's hands stays there.</summary>
    Paused = 2,

    /// <summary>Its work is done, or as much of it as is wanted.</summary>
    Closed = 3,

    /// <summary>It is not wanted any more.</summary>
    Cancelled = 4,
}

/// <summary>To whom an answer goes that a reviewer returned.</summary>
public enum Rework : byte
{
    /// <summary>Whoever gave it.</summary>
    Same = 1,

    /// <summary>Somebody else; never again to whoever gave it.</summary>
    Another = 2,
}

/// <summary>What a person is told of an answer to an item whose answer is known.</summary>
public enum GoldFeedback : byte
{
    /// <summary>Whether it was right, and why.</summary>
    Training = 1,

    /// <summary>Nothing: it cannot be told from any other.</summary>
    Kept = 2,
}

/// <summary>Items opened together, under one version of guidelines and form. Its id is the id of the record with its name.</summary>
public sealed class Batch
{
    public required Guid Id { get; init; }

    public required Guid Project { get; init; }

    /// <summary>What experts see of it.</summary>
    public required string Code { get; init; }

    /// <summary>Answers wanted per item: slots that each is given.</summary>
    public required int Overlap { get; init; }

    /// <summary>What is leased from now on goes by it; 0 where no guidelines had been published.</summary>
    public required int GuidelineVersion { get; set; }

    /// <summary>What is leased from now on goes by it.</summary>
    public required int FormVersion { get; set; }

    public required int LeaseSeconds { get; set; }

    /// <summary>Most tasks that one person holds at once.</summary>
    public required int Held { get; set; }

    public required BatchState State { get; set; }

    public required long Items { get; set; }

    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Where no vote has more than half, one more slot is made, once.</summary>
    public bool Adaptive { get; set; }

    /// <summary>0 to 9; the highest is worked on first.</summary>
    public int Priority { get; set; } = 5;

    public DateTimeOffset? Deadline { get; set; }

    /// <summary>Of an accepted answer, in the currency's smallest unit.</summary>
    public long? Price { get; set; }

    /// <summary>What the answers that are accepted or on their way may cost together.</summary>
    public long? PriceCap { get; set; }

    /// <summary>ISO 4217, such as <c>EUR</c>.</summary>
    public string? Currency { get; set; }

    /// <summary>Most answers of one person in one UTC day.</summary>
    public int? DailyCap { get; set; }

    public Rework Rework { get; set; } = Rework.Same;

    /// <summary>Returns of one slot, 0 to 10; another one goes to lab staff instead.</summary>
    public int MaxRounds { get; set; } = 2;

    /// <summary>Share of tasks whose answer is known, 0 to 50.</summary>
    public int GoldPercent { get; set; }

    public GoldFeedback GoldFeedback { get; set; } = GoldFeedback.Kept;

    /// <summary>Share of answers that a reviewer sees, 0 to 100; the others are accepted as they are.</summary>
    public int ReviewPercent { get; set; } = 100;

    /// <summary>Share of reviewed answers that a second reviewer judges without knowing of the first, 0 to 100.</summary>
    public int SecondReviewPercent { get; set; }

    /// <summary>Codes that a person must have, parted by spaces; empty for none.</summary>
    public string Skills { get; set; } = "";

    /// <summary>Codes that a person must have, parted by spaces; empty for none.</summary>
    public string Languages { get; set; } = "";

    /// <summary>Not for people who do not want to see what the project warns of.</summary>
    public bool Warning { get; set; }

    /// <summary>Approved facets that its items have, a JSON object; null for any.</summary>
    public string? Filter { get; init; }

    /// <summary>Most items that it takes; null for all.</summary>
    public long? MostItems { get; init; }

    /// <summary>Slots made so far, gold ones apart.</summary>
    public long Slots { get; init; }

    public ReasonClass? PauseReason { get; set; }

    /// <summary>Record of the words given for the pause.</summary>
    public Guid? PauseWords { get; set; }

    /// <summary>Counts changes, from 1; what <c>If-Match</c> names.</summary>
    public long Revision { get; set; } = 1;

    /// <summary>Somebody may get a task of it.</summary>
    internal bool IsRunning => State is BatchState.Opening or BatchState.Open;
}

public static class BatchSets
{
    extension(AppDb db)
    {
        public DbSet<Batch> Batches => db.Set<Batch>();
    }
}

file sealed class BatchConfiguration : IEntityTypeConfiguration<Batch>
{
    public void Configure(EntityTypeBuilder<Batch> builder) => builder.HasKey(batch => batch.Id);
}
