using System.Security.Cryptography;
using System.Text;
using Cofferdam.TestKit;

namespace Cofferdam.Ledger.Tests;

/// <summary>The log of testdata/log.json, which a second implementation made.</summary>
public sealed class OwnLogVectorTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("cofferdam-test-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task PublishAsync_EntriesOfTheVector_MakesTheSameFiles()
    {
        var vector = Vectors.Own("log.json");
        var policy = TestLogs.Parse(vector.Text("policy"));
        var log = new LogSigner(policy.Logs[0].Key.Name, vector.Hex("logSeed"));
        var witness = new LogSigner(policy.Witnesses[0].Key.Name, vector.Hex("witnessSeed"));
        var entries = Enumerable.Range(0, vector.GetProperty("size").GetInt32()).Select(Entry).ToList();
        new[] { entries[0], entries[^1] }.ShouldBe(vector.GetProperty("entries").EnumerateArray().Select(entry => entry.GetString()!));

        var writer = await LogWriter.OpenAsync(folder);
        await writer.AppendAsync([.. entries.Select(entry => new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(entry)))]);
        var note = new Checkpoint(log.Verifier.Name, writer.Size, writer.Root()).Sign(log);
        note = note.With(Cosignature.Sign(witness, note.Text, DateTimeOffset.FromUnixTimeSeconds(vector.GetProperty("cosignedAt").GetInt64())));
        await writer.PublishAsync(note.ToBytes());

        var source = new LogFolder(folder);
        source.Tiles().ShouldBe(vector.GetProperty("files").EnumerateObject().Select(file => file.Name), ignoreOrder: true);
        foreach (var file in vector.GetProperty("files").EnumerateObject())
            Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(folder, file.Name)))).ShouldBe(file.Value.GetString(), file.Name);
        (await File.ReadAllTextAsync(Path.Combine(folder, "checkpoint"))).ShouldBe(vector.Text("checkpoint"));
        var report = await LogVerification.VerifyAsync(source, new LogCheck { Policy = policy, OwnPolicy = policy });
        (report.Sound, report.Receipts).ShouldBe((true, true));
    }

    // The spelling that is compared byte by byte is the one that the writer of receipts has.
    [Fact]
    public void TryRead_Leaves_AgreesWithTheReaderOfReceipts()
    {
        foreach (var time in new[] { DateTimeOffset.MinValue, DateTimeOffset.UnixEpoch.AddTicks(10), DateTimeOffset.MaxValue.AddDays(-1) })
        {
            foreach (var sequence in new[] { 0, 9, 10, long.MaxValue })
            {
                var leaf = Receipt.WriteLeaf(sequence, time, "open", new byte[32], "{}"u8, "{}"u8);
                LeafBytes.TryRead(leaf, out var read).ShouldBeTrue();
                read.ShouldBe(sequence);
                for (var length = 0; length < leaf.Length; length++)
                    LeafBytes.TryRead(leaf.AsSpan(0, length), out _).ShouldBeFalse();
                LeafBytes.TryRead([.. leaf, 0], out _).ShouldBeFalse();
            }
        }

        LeafBytes.TryRead("""{"v":1,"seq":01,"time":"2026-11-22T10:00:00.000000Z","act":"open","what":"66CsSmvPB+uzbYouGHD/uwBjZznXPnqAkYjUYgEsbx0=","who":"66CsSmvPB+uzbYouGHD/uwBjZznXPnqAkYjUYgEsbx0="}"""u8, out _).ShouldBeFalse();
        LeafBytes.TryRead("""{"v":1,"seq":1,"time":"2026-13-22T10:00:00.000000Z","act":"open","what":"66CsSmvPB+uzbYouGHD/uwBjZznXPnqAkYjUYgEsbx0=","who":"66CsSmvPB+uzbYouGHD/uwBjZznXPnqAkYjUYgEsbx0="}"""u8, out _).ShouldBeFalse();
        LeafBytes.TryRead("""{"v":1,"seq":+1,"time":"2026-11-22T10:00:00.000000Z","act":"open","what":"66CsSmvPB+uzbYouGHD/uwBjZznXPnqAkYjUYgEsbx0=","who":"66CsSmvPB+uzbYouGHD/uwBjZznXPnqAkYjUYgEsbx0="}"""u8, out _).ShouldBeFalse();
    }

    private static string Entry(int sequence)
    {
        return $$"""{"v":1,"seq":{{sequence}},"time":"2026-11-22T10:00:00.000000Z","act":"open","what":"{{Hash("what")}}","who":"{{Hash("who")}}"}""";

        string Hash(string of) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes($"{of} {sequence}")));
    }
}
