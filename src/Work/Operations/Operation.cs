using Cofferdam.Storage;
using Cofferdam.Work.Slots;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Work.Operations;

public enum OperationKind : byte
{
    /// <summary>Answers go back to whoever gave them, with a reason.</summary>
    Return = 1,

    /// <summary>Answers are not wanted any more.</summary>
    Cancel = 2,

    /// <summary>Tasks in people's hands go to somebody else.</summary>
    Reassign = 3,

    /// <summary>A batch gets another priority.</summary>
    Reprioritise = 4,

    /// <summary>Tasks in people's hands are open again.</summary>
    Release = 5,
}

/// <summary>Something done to many slots at once.</summary>
public sealed class Operation
{
    public required Guid Id { get; init; }

    public required Guid Project { get; init; }

    public required OperationKind Kind { get; init; }

    /// <summary>The batch whose priority was changed, or that it was kept to.</summary>
    public Guid? Batch { get; init; }

    /// <summary>Record of the words given.</summary>
    public Guid? Reason { get; init; }

    public int? PriorityBefore { get; init; }

    public int? PriorityAfter { get; init; }

    /// <summary>How many it was done to.</summary>
    public required long Slots { get; set; }

    /// <summary>Pseudonym.</summary>
    public required Guid MadeBy { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    public DateTimeOffset? UndoneAt { get; set; }
}

/// <summary>A slot as it was before an operation.</summary>
public sealed class OperationSlot
{
    public required Guid Operation { get; init; }

    public required Guid Slot { get; init; }

    public required SlotState State { get; init; }

    public Guid? Holder { get; init; }

    public DateTimeOffset? LeaseUntil { get; init; }

    public Guid? Answer { get; init; }

    public Guid? Reason { get; init; }

    public required int Rounds { get; init; }

    /// <summary>Who held it afterwards.</summary>
    public Guid? HolderAfter { get; init; }
}

public static class OperationSets
{
    extension(AppDb db)
    {
        public DbSet<Operation> Operations => db.Set<Operation>();

        public DbSet<OperationSlot> OperationSlots => db.Set<OperationSlot>();
    }
}

file sealed class OperationConfiguration : IEntityTypeConfiguration<Operation>
{
    public void Configure(EntityTypeBuilder<Operation> builder) => builder.HasKey(operation => operation.Id);
}

file sealed class OperationSlotConfiguration : IEntityTypeConfiguration<OperationSlot>
{
    public void Configure(EntityTypeBuilder<OperationSlot> builder) => builder.HasKey(slot => new { slot.Operation, slot.Slot });
}
