using System.Security.Cryptography;
using Cofferdam.TestKit;

namespace Cofferdam.Sealing.Tests;

public sealed class KeyWrapTests
{
    private static readonly byte[] Kek = RandomNumberGenerator.GetBytes(32);
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);

    [Fact]
    public void TryUnwrap_AsWrapped_GivesTheKeyAndIsNoOpenOfARecord()
    {
        var before = SealedRecord.Opens;
        var wrapped = KeyWrap.Wrap(Kek, "project"u8, Key);

        KeyWrap.TryUnwrap(Kek, "project"u8, wrapped, out var key).ShouldBeTrue();

        key.ShouldBe(Key);
        wrapped.Length.ShouldBe(KeyWrap.WrappedBytes);
        SealedRecord.Opens.ShouldBe(before);
    }

    [Fact]
    public void TryUnwrap_AnyByteChangedOrAnotherContextOrKey_IsRefused()
    {
        var wrapped = KeyWrap.Wrap(Kek, "project"u8, Key);
        for (var i = 0; i < wrapped.Length; i++)
        {
            wrapped[i] ^= 1;
            KeyWrap.TryUnwrap(Kek, "project"u8, wrapped, out _).ShouldBeFalse($"byte {i}");
            wrapped[i] ^= 1;
        }

        KeyWrap.TryUnwrap(Kek, "other"u8, wrapped, out _).ShouldBeFalse();
        KeyWrap.TryUnwrap(Key, "project"u8, wrapped, out _).ShouldBeFalse();
        KeyWrap.TryUnwrap(Kek, "project"u8, wrapped.AsSpan(1), out _).ShouldBeFalse();
    }

    [Fact]
    public void Wrap_NotAKey_Throws() => Should.Throw<ArgumentException>(() => KeyWrap.Wrap(Kek, [], new byte[31]));

    [Fact]
    public void TryUnwrap_OwnVector_GivesTheKey()
    {
        var vector = Vectors.Own("sealed-record.json").GetProperty("wrappedKey");
        KeyWrap.TryUnwrap(vector.Hex("kek"), vector.Hex("context"), vector.Hex("wrapped"), out var key).ShouldBeTrue();
        key.ShouldBe(vector.Hex("key"));
    }
}
