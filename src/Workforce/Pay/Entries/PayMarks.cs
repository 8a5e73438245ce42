using System.Buffers.Binary;
using System.Security.Cryptography;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Workforce.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Workforce.Pay.Entries;

/// <summary>The vault's word on the ledger as it stood after an entry: HMAC-SHA-256 under a key that never leaves the vault.</summary>
public sealed class PayMark
{
    public required long Sequence { get; init; }

    /// <summary>That entry's hash.</summary>
    public required byte[] Hash { get; init; }

    public required byte[] Mac { get; init; }

    public required DateTimeOffset MadeAt { get; init; }
}

/// <param name="Genuine">The vault made it.</param>
public readonly record struct MarkedHead(long Sequence, byte[] Hash, bool Genuine);

/// <summary>Marks the ledger's end. A hash chain can be written anew by whoever can write to the store; its marks cannot.</summary>
public sealed class PayMarks(AppDb db, IVault vault, TimeProvider time)
{
    /// <summary>Marks the last entry, where there is one that is not marked. Done after statements and approvals.</summary>
    public async Task MarkAsync(CancellationToken cancellation = default)
    {
        var head = await db.PayEntries.AsNoTracking().OrderByDescending(entry => entry.Sequence).Select(entry => new { entry.Sequence, entry.Hash }).FirstOrDefaultAsync(cancellation);
        var marks = db.Set<PayMark>();
        if (head is null || await marks.AnyAsync(mark => mark.Sequence == head.Sequence, cancellation))
            return;
        var mac = (await MacsAsync([(head.Sequence, head.Hash)], cancellation))[0];
        marks.Add(new PayMark { Sequence = head.Sequence, Hash = head.Hash, Mac = mac, MadeAt = time.GetUtcNow() });
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException) when (!cancellation.IsCancellationRequested)
        {
            // Marked by another request meanwhile; then there is nothing to do.
            db.ChangeTracker.Clear();
            if (!await marks.AnyAsync(mark => mark.Sequence == head.Sequence, cancellation))
                throw;
        }
    }

    internal async Task<IReadOnlyList<MarkedHead>> AllAsync(CancellationToken cancellation)
    {
        var marks = await db.Set<PayMark>().AsNoTracking().OrderBy(mark => mark.Sequence).ToListAsync(cancellation);
        List<MarkedHead> heads = new(marks.Count);
        foreach (var some in marks.Chunk(IVault.MaxRecordsPerAct))
        {
            var macs = await MacsAsync([.. some.Select(mark => (mark.Sequence, mark.Hash))], cancellation);
            for (var i = 0; i < some.Length; i++)
                heads.Add(new MarkedHead(some[i].Sequence, some[i].Hash, CryptographicOperations.FixedTimeEquals(macs[i], some[i].Mac)));
        }

        return heads;
    }

    private async Task<IReadOnlyList<byte[]>> MacsAsync(IReadOnlyList<(long Sequence, byte[] Hash)> heads, CancellationToken cancellation)
    {
        var vendor = new LabId(await db.Vendors.Select(one => one.Id).SingleAsync(cancellation));
        return await vault.FingerprintAsync(vendor, ProjectId.None, [.. heads.Select(head => (ReadOnlyMemory<byte>)Said(head.Sequence, head.Hash))], cancellation);
    }

    private static byte[] Said(long sequence, byte[] hash)
    {
        var said = "cofferdam/pay-mark@1\n"u8;
        var bytes = new byte[said.Length + sizeof(long) + hash.Length];
        said.CopyTo(bytes);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(said.Length), sequence);
        hash.CopyTo(bytes, said.Length + sizeof(long));
        return bytes;
    }
}

file sealed class PayMarkConfiguration : IEntityTypeConfiguration<PayMark>
{
    public void Configure(EntityTypeBuilder<PayMark> builder)
    {
        builder.HasKey(mark => mark.Sequence);
        builder.Property(mark => mark.Sequence).ValueGeneratedNever();
    }
}
