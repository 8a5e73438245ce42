using Cofferdam.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Work.Appeals;

public enum AppealState : byte
{
    Open = 0,

    /// <summary>The answer was accepted as it was given.</summary>
    Upheld = 1,

    /// <summary>The answer stays returned.</summary>
    Dismissed = 2,

    /// <summary>Open, but a new answer has taken the place of the one in question. Never kept: it follows from the slot.</summary>
    Overtaken = 3,
}

/// <summary>Somebody's objection to the return of their answer. Its id is the id of the record with their words.</summary>
public sealed class Appeal
{
    public required Guid Id { get; init; }

    public required Guid Project { get; init; }

    public required Guid Slot { get; init; }

    /// <summary>Record of the answer that was returned.</summary>
    public required Guid Answer { get; init; }

    /// <summary>The decision in question; against one decision there is one appeal.</summary>
    public required Guid Review { get; init; }

    /// <summary>Pseudonym of whose answer it is.</summary>
    public required Guid Person { get; init; }

    /// <summary>Pseudonym of who returned it.</summary>
    public required Guid Reviewer { get; init; }

    public required AppealState State { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    public Guid? DecidedBy { get; init; }

    /// <summary>Record of the words for the decision.</summary>
    public Guid? Reason { get; init; }
}

public static class AppealSets
{
    extension(AppDb db)
    {
        public DbSet<Appeal> Appeals => db.Set<Appeal>();
    }
}

file sealed class AppealConfiguration : IEntityTypeConfiguration<Appeal>
{
    public void Configure(EntityTypeBuilder<Appeal> builder) => builder.HasKey(appeal => appeal.Id);
}
