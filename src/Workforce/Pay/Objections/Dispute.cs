using Cofferdam.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Workforce.Pay.Objections;

public enum DisputeState : byte
{
    Open = 0,

    /// <summary>The expert was right: the entry was corrected, or what was withheld of it released.</summary>
    Upheld = 1,

    /// <summary>The entry stands.</summary>
    Dismissed = 2,
}

/// <summary>An expert's objection to an entry of their pay. Its id is the id of the record with their words.</summary>
public sealed class Dispute
{
    /// <summary>Time for an answer; from then on it is shown as overdue, first of all.</summary>
    public static readonly TimeSpan Clock = TimeSpan.FromDays(7);

    public required Guid Id { get; init; }

    public required Guid Expert { get; init; }

    /// <summary>Sequence of the entry in question.</summary>
    public required long Entry { get; init; }

    public required DisputeState State { get; set; }

    public required DateTimeOffset MadeAt { get; init; }

    public required DateTimeOffset AnswerBy { get; init; }

    /// <summary>Somebody who has decided nothing about the entry before.</summary>
    public Guid? AnsweredBy { get; set; }

    public DateTimeOffset? AnsweredAt { get; set; }

    /// <summary>Record of the words for the answer.</summary>
    public Guid? Answer { get; set; }

    /// <summary>Sequence of the entry that put it right; null where it stands.</summary>
    public long? Settled { get; set; }
}

public static class DisputeSets
{
    extension(AppDb db)
    {
        public DbSet<Dispute> Disputes => db.Set<Dispute>();
    }
}

file sealed class DisputeConfiguration : IEntityTypeConfiguration<Dispute>
{
    public void Configure(EntityTypeBuilder<Dispute> builder) => builder.HasKey(dispute => dispute.Id);
}
