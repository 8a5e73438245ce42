using Cofferdam.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Workforce.Pay.Statements;

/// <summary>What an expert is paid for a period, in one currency: the sum of entries of the ledger, each of which is in one statement at most. Never changed.</summary>
public sealed class PayStatement
{
    public required Guid Id { get; init; }

    public required Guid Expert { get; init; }

    /// <summary>From 1, per expert.</summary>
    public required int Number { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public required string Currency { get; init; }

    /// <summary>Day of its first entry. Of a late event that may lie in a period that had its statement before.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day that counts, by the expert's calendar.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>IANA name of the time zone that cut the days, when it was made.</summary>
    public required string Zone { get; init; }

    public required int Lines { get; init; }

    /// <summary>Minor units; may be negative where more was put right than earned.</summary>
    public required long Total { get; init; }

    /// <summary>The ledger's last entry when it was made.</summary>
    public required long Head { get; init; }

    /// <summary>That entry's hash. Who keeps a statement keeps with it the word of the ledger on everything before.</summary>
    public required byte[] HeadHash { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    public required Guid By { get; init; }
}

/// <summary>An entry's place in a statement.</summary>
public sealed class PayStatementLine
{
    /// <summary>Sequence of the entry: each is stated once.</summary>
    public required long Entry { get; init; }

    public required Guid Statement { get; init; }
}

/// <summary>What an expert earned per hour on one engagement in the period of a statement.</summary>
public sealed class PayStatementRate
{
    public required Guid Statement { get; init; }

    public required Guid Engagement { get; init; }

    /// <summary>Paid seconds.</summary>
    public required long Seconds { get; init; }

    /// <summary>Minor units, without what was topped up.</summary>
    public required long Earned { get; init; }

    /// <summary>Minor units that were missing to the floor.</summary>
    public required long Shortfall { get; init; }

    /// <summary>Minor units of it that the statement pays as a top-up.</summary>
    public required long ToppedUp { get; init; }

    /// <summary>Paid seconds for which no floor is known.</summary>
    public required long Unknown { get; init; }
}

public static class StatementSets
{
    extension(AppDb db)
    {
        public DbSet<PayStatement> PayStatements => db.Set<PayStatement>();

        public DbSet<PayStatementLine> PayStatementLines => db.Set<PayStatementLine>();

        public DbSet<PayStatementRate> PayStatementRates => db.Set<PayStatementRate>();
    }
}

file sealed class PayStatementConfiguration : IEntityTypeConfiguration<PayStatement>
{
    public void Configure(EntityTypeBuilder<PayStatement> builder) => builder.HasKey(statement => statement.Id);
}

file sealed class PayStatementLineConfiguration : IEntityTypeConfiguration<PayStatementLine>
{
    public void Configure(EntityTypeBuilder<PayStatementLine> builder)
    {
        builder.HasKey(line => line.Entry);
        builder.Property(line => line.Entry).ValueGeneratedNever();
        builder.HasOne<PayStatement>().WithMany().HasForeignKey(line => line.Statement);
    }
}

file sealed class PayStatementRateConfiguration : IEntityTypeConfiguration<PayStatementRate>
{
    public void Configure(EntityTypeBuilder<PayStatementRate> builder)
    {
        builder.HasKey(rate => new { rate.Statement, rate.Engagement });
        builder.HasOne<PayStatement>().WithMany().HasForeignKey(rate => rate.Statement);
    }
}
