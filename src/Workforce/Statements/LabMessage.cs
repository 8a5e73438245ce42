using Cofferdam.Federation.Peers;
using Cofferdam.Federation.Statements;
using Cofferdam.Storage;
using Cofferdam.Workforce.Engagements;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Workforce.Statements;

/// <summary>What a lab is told besides statements. Kept as a number: never change one.</summary>
public enum LabMessageKind : byte
{
    /// <summary>The vendor's answer to terms.</summary>
    Answer = 1,

    /// <summary>The end of an engagement.</summary>
    End = 2,
    Withdrawal = 3,
}

/// <summary>Something that a lab is still to be told, written with what it tells of. Signed when it is sent: keys may have changed since.</summary>
public sealed class LabMessage
{
    public Guid Id { get; init; }

    public required Guid Peer { get; init; }

    public required LabMessageKind Kind { get; init; }

    public required Guid Engagement { get; init; }

    /// <summary>Of an answer: the terms that it answers.</summary>
    public long? Revision { get; init; }

    /// <summary>Of a withdrawal.</summary>
    public string? Subject { get; init; }

    /// <summary>Of a withdrawal.</summary>
    public WithdrawalReason? Reason { get; init; }

    /// <summary>Of a withdrawal the time that it bears, in whole seconds: later than every statement before it.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    public int Attempts { get; set; }

    public DateTimeOffset NextAt { get; set; }

    /// <summary>When the lab answered, whatever it said.</summary>
    public DateTimeOffset? AnsweredAt { get; set; }

    /// <summary>HTTP status of its answer; 0: the pairing has ended, and nobody of this vendor's works there any more.</summary>
    public int? Status { get; set; }
}

/// <summary>A statement that was made; the lab has it, or the person brought it there.</summary>
public sealed class IssuedStatement
{
    /// <summary>Its <c>jti</c>.</summary>
    public required Guid Id { get; init; }

    public required Guid Placement { get; init; }

    /// <summary>Thumbprint of the browser key that it enrols; null: it renews.</summary>
    public string? Jkt { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}

public static class StatementSets
{
    extension(AppDb db)
    {
        public DbSet<LabMessage> LabMessages => db.Set<LabMessage>();

        public DbSet<IssuedStatement> IssuedStatements => db.Set<IssuedStatement>();
    }
}

file sealed class LabMessageConfiguration : IEntityTypeConfiguration<LabMessage>
{
    public void Configure(EntityTypeBuilder<LabMessage> builder)
    {
        builder.HasKey(message => message.Id);
        builder.HasOne<Peer>().WithMany().HasForeignKey(message => message.Peer);
        builder.HasOne<Engagement>().WithMany().HasForeignKey(message => message.Engagement);
    }
}

file sealed class IssuedStatementConfiguration : IEntityTypeConfiguration<IssuedStatement>
{
    public void Configure(EntityTypeBuilder<IssuedStatement> builder)
    {
        builder.HasKey(statement => statement.Id);
        builder.HasOne<Placements.Placement>().WithMany().HasForeignKey(statement => statement.Placement);
    }
}
