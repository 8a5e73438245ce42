using System.Buffers.Binary;
using System.Security.Cryptography;
using Cofferdam.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Workforce.Pay.Payouts;

public enum PayoutState : byte
{
    /// <summary>One person has put it together; there is no file of it.</summary>
    Proposed = 0,

    /// <summary>Another has approved exactly this: its files may be made.</summary>
    Approved = 1,

    /// <summary>Given up before it was approved; its statements are free again.</summary>
    Withdrawn = 2,
}

/// <summary>Statements that are paid together, in one currency. Moving the money is the bank's; this ends with a file.</summary>
public sealed class Payout
{
    public required Guid Id { get; init; }

    /// <summary>From 1 without gaps; with the vendor's name it is the file's message id.</summary>
    public required int Number { get; init; }

    public required string Currency { get; init; }

    public required PayoutState State { get; set; }

    /// <summary>Day on which the bank is asked to pay.</summary>
    public required DateOnly ExecuteOn { get; init; }

    /// <summary>One per expert.</summary>
    public required int Transfers { get; init; }

    /// <summary>Minor units: the sum of the transfers.</summary>
    public required long Total { get; init; }

    /// <summary>SHA-256 over what is to be paid to whom (<see cref="PayoutLine.Digest"/>): what the second person approves.</summary>
    public required byte[] Digest { get; init; }

    public required Guid ProposedBy { get; init; }

    public required DateTimeOffset ProposedAt { get; init; }
}

/// <summary>A statement's place in a payout.</summary>
public sealed class PayoutLine
{
    /// <summary>A statement is paid once.</summary>
    public required Guid Statement { get; init; }

    public required Guid Payout { get; init; }

    public required Guid Expert { get; init; }

    /// <summary>Minor units: the statement's total.</summary>
    public required long Amount { get; init; }

    /// <summary>SHA-256 over currency, day and lines, in order of statement.</summary>
    public static byte[] Digest(string currency, DateOnly executeOn, IEnumerable<PayoutLine> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData("cofferdam/payout@1\n"u8);
        hash.AppendData(System.Text.Encoding.ASCII.GetBytes(currency));
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(number, executeOn.DayNumber);
        hash.AppendData(number);
        foreach (var line in lines.OrderBy(line => line.Statement))
        {
            hash.AppendData(line.Statement.ToByteArray(bigEndian: true));
            hash.AppendData(line.Expert.ToByteArray(bigEndian: true));
            BinaryPrimitives.WriteInt64BigEndian(number, line.Amount);
            hash.AppendData(number);
        }

        return hash.GetHashAndReset();
    }
}

/// <summary>A second person's word for a payout. Never changed.</summary>
public sealed class PayoutApproval
{
    public required Guid Payout { get; init; }

    public required Guid By { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>What was approved.</summary>
    public required byte[] Digest { get; init; }
}

/// <summary>A file that was made of a payout: who has it, and what it was. The file itself, with names and accounts, is kept nowhere.</summary>
public sealed class PayoutFile
{
    public required Guid Id { get; init; }

    public required Guid Payout { get; init; }

    public required PayoutFormat Format { get; init; }

    public required Guid By { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>SHA-256 of its bytes.</summary>
    public required byte[] Sha256 { get; init; }
}

public enum PayoutFormat : byte
{
    Csv = 1,

    /// <summary>ISO 20022 pain.001.001.09.</summary>
    Pain001 = 2,
}

public static class PayoutSets
{
    extension(AppDb db)
    {
        public DbSet<Payout> Payouts => db.Set<Payout>();

        public DbSet<PayoutLine> PayoutLines => db.Set<PayoutLine>();

        public DbSet<PayoutApproval> PayoutApprovals => db.Set<PayoutApproval>();

        public DbSet<PayoutFile> PayoutFiles => db.Set<PayoutFile>();
    }
}

file sealed class PayoutConfiguration : IEntityTypeConfiguration<Payout>
{
    public void Configure(EntityTypeBuilder<Payout> builder) => builder.HasKey(payout => payout.Id);
}

file sealed class PayoutLineConfiguration : IEntityTypeConfiguration<PayoutLine>
{
    public void Configure(EntityTypeBuilder<PayoutLine> builder)
    {
        builder.HasKey(line => line.Statement);
        builder.HasOne<Payout>().WithMany().HasForeignKey(line => line.Payout);
    }
}

file sealed class PayoutApprovalConfiguration : IEntityTypeConfiguration<PayoutApproval>
{
    public void Configure(EntityTypeBuilder<PayoutApproval> builder)
    {
        builder.HasKey(approval => approval.Payout);
        builder.HasOne<Payout>().WithMany().HasForeignKey(approval => approval.Payout);
    }
}

file sealed class PayoutFileConfiguration : IEntityTypeConfiguration<PayoutFile>
{
    public void Configure(EntityTypeBuilder<PayoutFile> builder)
    {
        builder.HasKey(file => file.Id);
        builder.HasOne<Payout>().WithMany().HasForeignKey(file => file.Payout);
    }
}
