using Cofferdam.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Work.Slots;

public enum SlotState : byte
{
    Open = 0,

    /// <summary>Somebody works on it, until the lease runs out.</summary>
    Leased = 1,

    /// <summary>Answered; waits for review.</summary>
    Submitted = 2,
    Accepted = 3,

    /// <summary>Given back to its holder by a reviewer, with a reason; its lease does not run out.</summary>
    Returned = 4,

    /// <summary>Waits for a decision of lab staff: reviewers disagree, or it was returned too often.</summary>
    Escalated = 5,

    /// <summary>Not wanted any more.</summary>
    Cancelled = 6,
}

/// <summary>What is decided on an answer.</summary>
public enum Decision : byte
{
    Accept = 1,
    Return = 2,

    /// <summary>Accepted with the reviewer's own answers in the place of the given ones; both are kept.</summary>
    Correct = 3,

    /// <summary>Left to lab staff.</summary>
    Escalate = 4,

    /// <summary>The answer is not wanted; for lab staff alone.</summary>
    Cancel = 5,
}

public enum ReviewKind : byte
{
    First = 1,

    /// <summary>By somebody who knew nothing of the first.</summary>
    Second = 2,

    /// <summary>By lab staff, of what was escalated.</summary>
    Staff = 3,
}

/// <summary>One answer wanted to one item. Written by <see cref="SlotLoop"/> alone; read by anybody.</summary>
public sealed class Slot
{
    public required Guid Id { get; init; }

    public required Guid Project { get; init; }

    public required Guid Batch { get; init; }

    public required Guid Item { get; init; }

    /// <summary>0 to overlap - 1; overlap for the one that an adaptive batch adds; -1 where the answer is known.</summary>
    public required int Ordinal { get; init; }

    /// <summary>Response b is shown on the left.</summary>
    public required bool Flipped { get; init; }

    public required int GuidelineVersion { get; init; }

    public required int FormVersion { get; init; }

    public required SlotState State { get; init; }

    /// <summary>Pseudonym; null while open.</summary>
    public Guid? Holder { get; init; }

    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>Somebody has saved a draft for it.</summary>
    public required bool Drafted { get; init; }

    /// <summary>Record of the answer that counts.</summary>
    public Guid? Answer { get; init; }

    public DateTimeOffset? SubmittedAt { get; init; }

    /// <summary>Pseudonym of who reviews or reviewed it.</summary>
    public Guid? Reviewer { get; init; }

    public DateTimeOffset? ReviewLeaseUntil { get; init; }

    /// <summary>Record of the reviewer's words, where it was returned.</summary>
    public Guid? Reason { get; init; }

    /// <summary>The item's answer is known: made on the spot to see how well somebody works, never counted, never delivered.</summary>
    public bool Gold { get; init; }

    /// <summary>Times that it was returned.</summary>
    public int Rounds { get; init; }

    /// <summary>The first of two reviews that know nothing of each other.</summary>
    public Guid? FirstReview { get; init; }
}

/// <summary>An item that a person passed over.</summary>
public sealed class Skip
{
    public required Guid Person { get; init; }

    public required Guid Item { get; init; }

    public Guid? Reason { get; init; }

    public required DateTimeOffset SkippedAt { get; init; }
}

/// <summary>A lease that ran out. Its holder may still submit while the item has a place left.</summary>
public sealed class Lapse
{
    public required Guid Slot { get; init; }

    public required Guid Person { get; init; }

    public required DateTimeOffset LapsedAt { get; init; }
}

/// <summary>Every submission that was taken; <see cref="Slot.Answer"/> names the one that counts.</summary>
public sealed class Answer
{
    /// <summary>Chosen by the browser, so that it can send it again.</summary>
    public required Guid Submission { get; init; }

    public required Guid Project { get; init; }

    public required Guid Slot { get; init; }

    public required Guid Person { get; init; }

    public required Guid Record { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>Keyed fingerprint of item and deciding answer, 32 bytes: equal where two answers to one item agree.</summary>
    public byte[]? Vote { get; init; }

    /// <summary>Time counted on the task.</summary>
    public double? Seconds { get; init; }

    /// <summary>Record of the answer that a reviewer put this one in the place of.</summary>
    public Guid? Corrects { get; init; }

    /// <summary>Whether it is right; null where that is not known.</summary>
    public bool? Correct { get; init; }
}

/// <summary>A reviewer's decision on one answer.</summary>
public sealed class Review
{
    public required Guid Id { get; init; }

    public required Guid Project { get; init; }

    public required Guid Slot { get; init; }

    public required Guid Answer { get; init; }

    /// <summary>Whose answer it is.</summary>
    public required Guid Person { get; init; }

    public required Guid Reviewer { get; init; }

    /// <summary>As it was given.</summary>
    public required bool Accepted { get; init; }

    public Guid? Reason { get; init; }

    public ReviewKind Kind { get; init; } = ReviewKind.First;

    public Decision Decision { get; init; } = Decision.Accept;

    /// <summary>Record of what the decision rests on.</summary>
    public Guid? Evidence { get; init; }

    public required DateTimeOffset DecidedAt { get; init; }
}

public static class SlotSets
{
    extension(AppDb db)
    {
        public DbSet<Slot> Slots => db.Set<Slot>();

        public DbSet<Skip> Skips => db.Set<Skip>();

        public DbSet<Lapse> Lapses => db.Set<Lapse>();

        public DbSet<Answer> Answers => db.Set<Answer>();

        public DbSet<Review> Reviews => db.Set<Review>();
    }
}

file sealed class SlotConfiguration : IEntityTypeConfiguration<Slot>
{
    public void Configure(EntityTypeBuilder<Slot> builder) => builder.HasKey(slot => slot.Id);
}

file sealed class SkipConfiguration : IEntityTypeConfiguration<Skip>
{
    public void Configure(EntityTypeBuilder<Skip> builder) => builder.HasKey(skip => new { skip.Person, skip.Item });
}

file sealed class LapseConfiguration : IEntityTypeConfiguration<Lapse>
{
    public void Configure(EntityTypeBuilder<Lapse> builder) => builder.HasKey(lapse => new { lapse.Slot, lapse.Person });
}

file sealed class AnswerConfiguration : IEntityTypeConfiguration<Answer>
{
    public void Configure(EntityTypeBuilder<Answer> builder) => builder.HasKey(answer => answer.Submission);
}

file sealed class ReviewConfiguration : IEntityTypeConfiguration<Review>
{
    public void Configure(EntityTypeBuilder<Review> builder) => builder.HasKey(review => review.Id);
}
