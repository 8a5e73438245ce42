using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cofferdam.TestKit;

namespace Cofferdam.Sealing.Tests;

/// <summary>The reader for Node in testdata/read.mjs, which shares no code with ours, opens what we seal and refuses what we refuse.</summary>
public sealed class SecondReaderTests
{
    [Fact]
    public async Task Read_OwnVectors_GivesEveryPlaintext()
    {
        var vectors = Vectors.Own("sealed-record.json");

        var read = await ReadAsync(Vectors.OwnFile("sealed-record.json"));

        var count = 0;
        foreach (var (record, opened) in vectors.GetProperty("records").EnumerateArray().Zip(read.GetProperty("records").EnumerateArray()))
        {
            var plaintext = string.Concat(Enumerable.Repeat(record.Text("plaintext"), record.GetProperty("times").GetInt32()));
            Encoding.UTF8.GetString(opened.Hex("plaintext")).ShouldBe(plaintext);
            opened.Text("contentId").ShouldBe(record.Text("contentId"));
            count++;
        }

        count.ShouldBe(3);
        read.GetProperty("wrapped").Text("key").ShouldBe(vectors.GetProperty("wrappedKey").Text("key"));
    }

    // Around the ends of chunks of 16 KiB.
    [Fact]
    public async Task Read_FreshlySealed_GivesEveryPlaintextAndRefusesEveryChange()
    {
        int[] lengths = [0, 1, 16_383, 16_384, 16_385, 40_000];
        var key = RandomNumberGenerator.GetBytes(32);
        var context = new RecordContext(Guid.NewGuid(), Guid.NewGuid(), 5, Guid.NewGuid(), 3, Guid.NewGuid());
        var plaintexts = lengths.Select(length => RandomNumberGenerator.GetBytes(length)).ToList();
        var records = plaintexts.ConvertAll(plaintext => SealedRecord.Seal(context, key, plaintext));
        var changed = Enumerable.Range(0, records[1].Length).Select(at =>
        {
            var record = records[1].ToArray();
            record[at] ^= 1;
            return record;
        });

        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new
            {
                records = records.Concat(changed).Select(record => new
                {
                    context = new { lab = context.Lab, project = context.Project, kind = context.Kind, record = context.Record, version = context.Version, key = context.Key },
                    projectKey = Convert.ToHexStringLower(key),
                    @sealed = Convert.ToHexStringLower(record),
                }),
            }));
            var read = (await ReadAsync(file)).GetProperty("records").EnumerateArray().ToList();

            read.Count.ShouldBe(records.Count + records[1].Length);
            for (var i = 0; i < plaintexts.Count; i++)
                read[i].Hex("plaintext").ShouldBe(plaintexts[i]);
            read.Skip(plaintexts.Count).Count(record => record.TryGetProperty("refused", out var _)).ShouldBe(records[1].Length);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<JsonElement> ReadAsync(string file)
    {
        var start = new ProcessStartInfo("node", [Vectors.OwnFile("read.mjs"), file]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var node = Start(start);
        Assert.SkipWhen(node is null, "There is no node on this machine to run the second reader with.");
        var output = await node!.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        node.ExitCode.ShouldBe(0);
        using var document = JsonDocument.Parse(output);
        return document.RootElement.Clone();
    }

    private static Process? Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
