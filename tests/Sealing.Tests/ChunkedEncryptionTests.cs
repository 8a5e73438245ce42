using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Cofferdam.TestKit;
using FsCheck;
using FsCheck.Fluent;

namespace Cofferdam.Sealing.Tests;

public sealed class ChunkedEncryptionTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Fact]
    public async Task TryOpen_Wycheproof_AgreesWithEveryCase()
    {
        var file = Vectors.PublishedJson("wycheproof/c2sp_chunked_encryption_aes_256_gcm_test.json");
        var cases = file.GetProperty("testGroups").EnumerateArray().SelectMany(group => group.GetProperty("tests").EnumerateArray()).ToList();
        cases.Count.ShouldBe(35);

        foreach (var test in cases)
        {
            var name = $"{test.GetProperty("tcId")} {test.Text("comment")}";
            var (key, context, body) = (test.Hex("key"), test.Hex("ctx"), Inflate(test.Hex("ct")));
            if (key.Length != ChunkedEncryption.KeyBytes)
            {
                test.Text("result").ShouldBe("invalid", name);
                Should.Throw<ArgumentException>(() => ChunkedEncryption.TryOpen(key, context, body, out _), name);
                continue;
            }

            var opened = ChunkedEncryption.TryOpen(key, context, body, out var plaintext);
            opened.ShouldBe(string.Equals(test.Text("result"), "valid", StringComparison.Ordinal), name);
            if (opened)
                Sha512(plaintext).ShouldBe(test.Text("msgSha512"), name);
            else
                plaintext.ShouldBeEmpty(name);

            var memory = new byte[Math.Max(0, ChunkedEncryption.PlaintextLength(body.Length))];
            ChunkedEncryption.TryOpen(key, context, body, memory).ShouldBe(opened, name);
            memory.ShouldBe(opened ? plaintext : new byte[memory.Length], name);

            await StreamAgreesAsync(test, key, context, body, name);
        }
    }

    [Theory]
    [InlineData(0, 72)]
    [InlineData(1, 73)]
    [InlineData(1024, 1096)]
    [InlineData(16383, 16455)]
    [InlineData(16384, 16472)]
    [InlineData(40000, 40104)]
    public void Seal_AnyLength_OpensAgain(int length, int sealedLength)
    {
        var plaintext = RandomNumberGenerator.GetBytes(length);

        var body = ChunkedEncryption.Seal(Key, "context"u8, plaintext);

        body.Length.ShouldBe(sealedLength);
        ChunkedEncryption.PlaintextLength(sealedLength).ShouldBe(length);
        ChunkedEncryption.TryOpen(Key, "context"u8, body, out var opened).ShouldBeTrue();
        opened.ShouldBe(plaintext);
    }

    [Fact]
    public void Seal_SameMessageTwice_DiffersFromTheFirstByteOn() =>
        ChunkedEncryption.Seal(Key, [], "message"u8)[..24].ShouldNotBe(ChunkedEncryption.Seal(Key, [], "message"u8)[..24]);

    [Theory]
    [InlineData(0)]
    [InlineData(55)]
    [InlineData(71)]
    [InlineData(56 + 16400)]
    [InlineData(56 + 16400 + 15)]
    public void PlaintextLength_NoMessageHasThatLength_IsMinusOne(int sealedLength)
    {
        ChunkedEncryption.PlaintextLength(sealedLength).ShouldBe(-1);
        ChunkedEncryption.TryOpen(Key, [], new byte[sealedLength], out _).ShouldBeFalse();
    }

    [Fact]
    public void Seal_KeyOfAnotherLength_Throws() =>
        Should.Throw<ArgumentException>(() => ChunkedEncryption.Seal(new byte[16], [], []));

    [Fact]
    public void Seal_AnyMessageAndContext_OpensUnderThatContextAlone() =>
        Prop.ForAll<byte[], byte[], byte[]>((message, context, other) =>
        {
            var body = ChunkedEncryption.Seal(Key, context, message);
            return ChunkedEncryption.TryOpen(Key, context, body, out var opened)
                && opened.AsSpan().SequenceEqual(message)
                && ChunkedEncryption.TryOpen(Key, other, body, out _) == context.AsSpan().SequenceEqual(other);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Seal_ContextLongerThanTheStackBuffer_OpensAgain()
    {
        var context = RandomNumberGenerator.GetBytes(5000);
        var body = ChunkedEncryption.Seal(Key, context, "message"u8);
        ChunkedEncryption.TryOpen(Key, context, body, out var opened).ShouldBeTrue();
        opened.ShouldBe("message"u8.ToArray());
    }

    // A stream may hand out the authentic chunks before the broken one, and must then fail and keep failing.
    private static async Task StreamAgreesAsync(JsonElement test, byte[] key, byte[] context, byte[] body, string name)
    {
        await using var stream = await OpeningStream.OpenAsync(new MemoryStream(body), key, context);
        var inHeader = test.GetProperty("flags").EnumerateArray().Any(flag => flag.ValueEquals("HeaderFailure"));
        (stream is null).ShouldBe(inHeader, name);
        if (stream is null)
            return;

        using var output = new MemoryStream();
        if (string.Equals(test.Text("result"), "valid", StringComparison.Ordinal))
        {
            await stream.CopyToAsync(output);
        }
        else
        {
            await Should.ThrowAsync<CryptographicException>(() => stream.CopyToAsync(output), name);
            await Should.ThrowAsync<CryptographicException>(() => stream.CopyToAsync(Stream.Null), name);
        }

        if (test.TryGetProperty("msgSha512", out var hash))
            Sha512(output.ToArray()).ShouldBe(hash.GetString(), name);
        else
            output.Length.ShouldBe(0, name);
    }

    private static string Sha512(byte[] bytes) => Convert.ToHexStringLower(SHA512.HashData(bytes));

    private static byte[] Inflate(byte[] compressed)
    {
        using var zlib = new ZLibStream(new MemoryStream(compressed), CompressionMode.Decompress);
        using var output = new MemoryStream();
        zlib.CopyTo(output);
        return output.ToArray();
    }
}
