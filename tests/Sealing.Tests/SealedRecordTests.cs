using System.Security.Cryptography;
using System.Text;
using Cofferdam.TestKit;
using FsCheck;
using FsCheck.Fluent;

namespace Cofferdam.Sealing.Tests;

public sealed class SealedRecordTests
{
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);

    private static readonly RecordContext Context = new(Guid.NewGuid(), Guid.NewGuid(), 5, Guid.NewGuid(), 3, Guid.NewGuid());

    public static TheoryData<string, RecordContext> OtherContexts { get; } = new()
    {
        { "lab", Context with { Lab = Guid.NewGuid() } },
        { "project", Context with { Project = Guid.NewGuid() } },
        { "kind", Context with { Kind = 6 } },
        { "record", Context with { Record = Guid.NewGuid() } },
        { "older version", Context with { Version = 2 } },
        { "newer version", Context with { Version = 4 } },
        { "key", Context with { Key = Guid.NewGuid() } },
        { "lab and project swapped", Context with { Lab = Context.Project, Project = Context.Lab } },
        { "record and key swapped", Context with { Record = Context.Key, Key = Context.Record } },
    };

    [Fact]
    public void TryOpen_AsSealed_GivesThePlaintextAndCountsOne()
    {
        var record = SealedRecord.Seal(Context, Key, "plaintext"u8);
        var before = SealedRecord.Opens;

        SealedRecord.TryOpen(Context, Key, record, out var plaintext).ShouldBeTrue();

        plaintext.ShouldBe("plaintext"u8.ToArray());
        SealedRecord.Opens.ShouldBe(before + 1);
        SealedRecord.PlaintextLength(record).ShouldBe(9);
    }

    [Fact]
    public void TryOpen_AnyBitFlipped_IsRefusedAndNotCounted()
    {
        var record = SealedRecord.Seal(Context, Key, "plaintext"u8);
        var before = SealedRecord.Opens;

        for (var i = 0; i < record.Length * 8; i++)
        {
            record[i / 8] ^= (byte)(1 << (i % 8));
            SealedRecord.TryOpen(Context, Key, record, out var plaintext).ShouldBeFalse($"bit {i}");
            plaintext.ShouldBeEmpty();
            record[i / 8] ^= (byte)(1 << (i % 8));
        }

        SealedRecord.Opens.ShouldBe(before);
    }

    [Fact]
    public void TryOpen_CutOrExtendedAnywhere_IsRefused()
    {
        var record = SealedRecord.Seal(Context, Key, "plaintext"u8);
        for (var length = 0; length < record.Length; length++)
            SealedRecord.TryOpen(Context, Key, record.AsSpan(0, length), out _).ShouldBeFalse($"cut to {length}");
        SealedRecord.TryOpen(Context, Key, [.. record, 0], out _).ShouldBeFalse("one byte more");
    }

    [Theory]
    [MemberData(nameof(OtherContexts))]
    public void TryOpen_AskedForAsSomethingElse_IsRefused(string what, RecordContext other)
    {
        var record = SealedRecord.Seal(Context, Key, "plaintext"u8);

        SealedRecord.TryOpen(other, Key, record, out _).ShouldBeFalse(what);

        // Nor does it help to rewrite the header into what is asked for: the context is bound into the key.
        var header = SealedRecord.Seal(other, Key, "plaintext"u8);
        header.AsSpan(0, header.Length - (record.Length - HeaderBytes)).CopyTo(record);
        SealedRecord.TryOpen(other, Key, record, out _).ShouldBeFalse(what);
    }

    [Fact]
    public void TryOpen_OtherKey_IsRefused() =>
        SealedRecord.TryOpen(Context, RandomNumberGenerator.GetBytes(32), SealedRecord.Seal(Context, Key, []), out _).ShouldBeFalse();

    [Fact]
    public void Seal_AnyContextAndPlaintext_OpensAgain() =>
        Prop.ForAll<Guid, Guid, byte[]>((lab, record, plaintext) =>
        {
            var context = new RecordContext(lab, record, (byte)plaintext.Length, record, plaintext.Length, lab);
            return SealedRecord.TryOpen(context, Key, SealedRecord.Seal(context, Key, plaintext), out var opened)
                && opened.AsSpan().SequenceEqual(plaintext);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void ContentId_OfARecord_IsTheHashOfItsBody()
    {
        var record = SealedRecord.Seal(Context, Key, "plaintext"u8);
        SealedRecord.ContentId(record).ShouldBe(SHA256.HashData(record.AsSpan(HeaderBytes)));
    }

    [Fact]
    public void ContentId_NotARecord_Throws()
    {
        var record = SealedRecord.Seal(Context, Key, []);
        Should.Throw<FormatException>(() => SealedRecord.ContentId(record.AsSpan(0, record.Length - 1)));
        Should.Throw<FormatException>(() => SealedRecord.ContentId("something else"u8));
        Should.Throw<FormatException>(() => SealedRecord.PlaintextLength([]));
    }

    [Fact]
    public void TryOpen_OwnVectors_OpensEachAsItsContext()
    {
        var vectors = Vectors.Own("sealed-record.json").GetProperty("records").EnumerateArray().ToList();
        vectors.Count.ShouldBe(3);

        foreach (var vector in vectors)
        {
            var asked = vector.GetProperty("context");
            var context = new RecordContext(
                asked.GetProperty("lab").GetGuid(),
                asked.GetProperty("project").GetGuid(),
                asked.GetProperty("kind").GetByte(),
                asked.GetProperty("record").GetGuid(),
                asked.GetProperty("version").GetInt64(),
                asked.GetProperty("key").GetGuid());
            var canonical = new byte[RecordContext.Bytes];
            context.Write(canonical);
            canonical.ShouldBe(vector.Hex("contextBytes"));

            var record = vector.Hex("sealed");
            SealedRecord.TryOpen(context, vector.Hex("projectKey"), record, out var plaintext).ShouldBeTrue();
            var repeated = string.Concat(Enumerable.Repeat(vector.Text("plaintext"), vector.GetProperty("times").GetInt32()));
            Encoding.UTF8.GetString(plaintext).ShouldBe(repeated);
            SealedRecord.ContentId(record).ShouldBe(vector.Hex("contentId"));
        }
    }

    private const int HeaderBytes = 40 + RecordContext.Bytes;
}
