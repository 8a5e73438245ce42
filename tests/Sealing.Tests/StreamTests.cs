using System.Security.Cryptography;

namespace Cofferdam.Sealing.Tests;

public sealed class StreamTests
{
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(16383, 1000)]
    [InlineData(16384, 4096)]
    [InlineData(16385, 16385)]
    [InlineData(100_000, 7)]
    public async Task SealingStream_WrittenInPieces_IsTheMessageWrittenAtOnce(int length, int piece)
    {
        var plaintext = RandomNumberGenerator.GetBytes(length);
        using var sealedBytes = new MemoryStream();
        await using (var stream = new SealingStream(sealedBytes, Key, "context"u8))
        {
            var written = 0;
            foreach (var part in plaintext.Chunk(piece))
            {
                if (written++ % 2 == 0)
                    await stream.WriteAsync(part);
                else
                    stream.Write(part);
            }

            await stream.CompleteAsync();
        }

        ChunkedEncryption.TryOpen(Key, "context"u8, sealedBytes.ToArray(), out var opened).ShouldBeTrue();
        opened.ShouldBe(plaintext);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16384)]
    [InlineData(100_000)]
    public async Task OpeningStream_MessageSealedAtOnce_ReadsItAll(int length)
    {
        var plaintext = RandomNumberGenerator.GetBytes(length);
        var source = new MemoryStream(ChunkedEncryption.Seal(Key, "context"u8, plaintext));

        await using var stream = await OpeningStream.OpenAsync(source, Key, "context"u8.ToArray());

        using var output = new MemoryStream();
        await stream.ShouldNotBeNull().CopyToAsync(output);
        output.ToArray().ShouldBe(plaintext);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16384)]
    [InlineData(20_000)]
    public async Task SealingStream_DisposedBeforeComplete_LeavesNothingThatOpensAsWhole(int length)
    {
        using var sealedBytes = new MemoryStream();
        await using (var stream = new SealingStream(sealedBytes, Key, []))
            await stream.WriteAsync(new byte[length]);

        ChunkedEncryption.TryOpen(Key, [], sealedBytes.ToArray(), out _).ShouldBeFalse();
    }

    [Fact]
    public async Task SealingStream_WrittenAfterComplete_Throws()
    {
        await using var stream = new SealingStream(Stream.Null, Key, []);
        await stream.CompleteAsync();
        await Should.ThrowAsync<ObjectDisposedException>(async () => await stream.WriteAsync(new byte[1]));
    }

    [Fact]
    public async Task OpenAsync_OtherKeyOrContext_IsNull()
    {
        var body = ChunkedEncryption.Seal(Key, "context"u8, "message"u8);
        (await OpeningStream.OpenAsync(new MemoryStream(body), new byte[32], "context"u8.ToArray())).ShouldBeNull();
        (await OpeningStream.OpenAsync(new MemoryStream(body), Key, "other"u8.ToArray())).ShouldBeNull();
    }
}
