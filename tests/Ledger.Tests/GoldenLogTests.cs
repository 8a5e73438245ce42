using System.Text;
using Cofferdam.TestKit;

namespace Cofferdam.Ledger.Tests;

/// <summary>The log that transparency-dev/tessera made for its own tests.</summary>
public sealed class GoldenLogTests
{
    [Fact]
    public async Task Open_EveryCheckpoint_IsSignedAndHasTheRootOfItsEntries()
    {
        var folder = Vectors.Published("tessera/log");
        var facts = Vectors.PublishedJson("tessera/log.json");
        VerifierKey.TryParse(facts.Text("vkey"), out var key).ShouldBeTrue();
        var entries = facts.GetProperty("entries").EnumerateArray().Select(entry => Encoding.UTF8.GetBytes(entry.GetString()!)).ToArray();
        var source = new LogFolder(folder);

        var tree = new CompactRange();
        for (var size = 0; size <= entries.Length; size++)
        {
            var opened = Checkpoint.Open(File.ReadAllBytes(Path.Combine(folder, $"checkpoint.{size}")), key!).ShouldBeOfType<CheckpointOpening.Opened>();
            opened.Checkpoint.Size.ShouldBe(size);
            opened.Checkpoint.Root.ToArray().ShouldBe(tree.Root());
            (await new TileProver(source, size).RootAsync()).ShouldBe(tree.Root());
            if (size == entries.Length)
                break;
            (await new TileProver(source, size + 1).EntryAsync(size)).ToArray().ShouldBe(entries[size]);
            tree.Append(MerkleTree.HashLeaf(entries[size]));
        }

        entries.Length.ShouldBe(15);
    }

    [Fact]
    public async Task VerifyAsync_WholeLog_IsSound()
    {
        var source = new LogFolder(Vectors.Published("tessera/log"));
        VerifierKey.TryParse(Vectors.PublishedJson("tessera/log.json").Text("vkey"), out var key).ShouldBeTrue();

        var report = await LogVerification.VerifyAsync(source, new LogCheck { Policy = WitnessPolicy.ForLog(key!) });

        report.Findings.ShouldBeEmpty();
        report.Sound.ShouldBeTrue();
        report.Receipts.ShouldBeFalse();
    }
}
