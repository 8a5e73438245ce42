using System.Runtime.Versioning;
using Cofferdam.Ledger;
using Xunit;

namespace Cofferdam.Witness.Tests;

/// <summary>A witness never signs what its memory cannot answer for.</summary>
public sealed class MemoryTests
{
    private readonly TestLog log = new("node.example/ledger/lab");

    [Fact]
    public async Task Restart_AfterCosigning_GoesOnFromThereUnderTheSameKey()
    {
        await using var witness = await RunningWitness.StartAsync("witness.example/1", log);
        var key = witness.Key;
        await witness.AddAsync(log.Submission(0, 5));
        await witness.StopAsync();
        await witness.StartAsync();

        witness.Key.ShouldBe(key);
        (await witness.AddAsync(log.Submission(0, 6))).Body.ShouldBe("5\n");
        (await witness.AddAsync(log.Fork().Submission(5, 6))).Status.ShouldBe(422);
        (await witness.AddAsync(log.Submission(5, 6))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Restart_CrashedBetweenPersistingAndAnswering_KnowsWhatItSigned()
    {
        await using var witness = await RunningWitness.StartAsync("witness.example/1", log);
        await witness.StopAsync();
        using (var crashing = await Witnessing.OpenAsync(witness.Options))
            (await crashing.OfOrigin(log.Origin)!.AddAsync(log.Submission(0, 5))).ShouldBeOfType<WitnessAnswer.Cosigned>("and nobody is told");
        await witness.StartAsync();

        (await witness.AddAsync(log.Fork().Submission(0, 5))).Body.ShouldBe("5\n");
        (await witness.AddAsync(log.Submission(5, 5))).Status.ShouldBe(200, "the log asks again and gets its cosignature");
    }

    [Fact]
    public async Task AddCheckpoint_CannotPersist_SignsNothingUntilItCan()
    {
        await using var witness = await RunningWitness.StartAsync("witness.example/1", log);
        var inTheWay = Path.Combine(witness.Options.DataFolder, TestLog.IdOf(log.Origin) + ".checkpoint");
        Directory.CreateDirectory(inTheWay);

        var answer = await witness.AddAsync(log.Submission(0, 5));

        answer.Status.ShouldBe(500);
        answer.Body.ShouldBeEmpty();
        Directory.Delete(inTheWay);
        (await witness.AddAsync(log.Fork().Submission(0, 5))).Status.ShouldBe(200, "nothing of the first left the witness");
    }

    [Fact]
    public async Task Start_MemoryGoneEditedOrAnothers_IsRefused()
    {
        await using var witness = await RunningWitness.StartAsync("witness.example/1", log);
        await witness.AddAsync(log.Submission(0, 5));
        await witness.StopAsync();
        var elsewhere = witness.Options.DataFolder + "-gone";
        var kept = Directory.GetFiles(witness.Options.DataFolder, "*.checkpoint").Single();

        await RefusedAsync(witness.Options with { DataFolder = elsewhere });
        await RefusedAsync(witness.Options with { KeyFolder = witness.Options.KeyFolder + "-other" });
        await RefusedAsync(witness.Options with { Name = "witness.example/2" });
        var bytes = await File.ReadAllBytesAsync(kept);
        var refused = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var edited = bytes.ToArray();
            edited[i] ^= 1;
            await File.WriteAllBytesAsync(kept, edited);
            try
            {
                using var opened = await Witnessing.OpenAsync(witness.Options);
                var note = SignedNote.Open(opened.OfOrigin(log.Origin)!.Newest!.Value.Span, opened.Key).ShouldBeOfType<NoteOpening.Opened>().Note;
                note.Text.ShouldBe(log.Checkpoint(5).Text, $"byte {i}: only the log's own line may differ, which the witness does not live by");
            }
            catch (StartupException)
            {
                refused++;
            }
        }

        refused.ShouldBeGreaterThan(log.Checkpoint(5).Text.Length);

        await File.WriteAllBytesAsync(kept, bytes);
        await witness.StartAsync();
    }

    [Fact]
    public async Task Start_PlainHttpBeyondThisMachineOrNoLogs_IsRefused()
    {
        await using var witness = await RunningWitness.StartAsync("witness.example/1", log);
        await witness.StopAsync();

        await RefusedAsync(witness.Options with { Urls = ["http://0.0.0.0:0"] });
        await RefusedAsync(witness.Options with { Urls = ["https://127.0.0.1:0"] });
        await RefusedAsync(witness.Options with { Logs = [] });
        await RefusedAsync(witness.Options with { Logs = [new LogSigner("a", Ed25519.GenerateKey()).Cosigner.ToString()] });
    }

    [Fact]
    public async Task Start_TwiceOnOneFolder_IsRefused()
    {
        await using var witness = await RunningWitness.StartAsync("witness.example/1", log);

        await RefusedAsync(witness.Options);
    }

    [Fact, UnsupportedOSPlatform("windows")]
    public async Task Start_KeyReadableByOthers_IsRefused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix modes.");
        await using var witness = await RunningWitness.StartAsync("witness.example/1", log);
        await witness.StopAsync();
        var key = Directory.GetFiles(witness.Options.KeyFolder).Single();
        File.GetUnixFileMode(key).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.SetUnixFileMode(key, File.GetUnixFileMode(key) | UnixFileMode.GroupRead);

        await RefusedAsync(witness.Options);
    }

    private static async Task RefusedAsync(WitnessOptions options) => await Should.ThrowAsync<StartupException>(() => WitnessApp.BuildAsync(options));
}
