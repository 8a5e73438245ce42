using System.Text;
using Cofferdam.Ledger;

namespace Cofferdam.Cli.Tests;

/// <summary>The verbs on a log that lies in a folder.</summary>
public sealed class PublishedLogTests : IDisposable
{
    private static readonly LogSigner Log = new("lab.test/ledger/a", new byte[32]);
    private static readonly LogSigner Witness = new("witness.test/1", Enumerable.Repeat((byte)1, 32).ToArray());

    private readonly string root = Directory.CreateTempSubdirectory("cofferdam-test-").FullName;

    private string Folder => Path.Combine(root, "log");

    private static string Policy => $"log {Log.Verifier}\nwitness outside {Witness.Cosigner}\nquorum outside\n";

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public async Task Verify_Folder_IsSoundAndSaysWhatTrustRestsOn()
    {
        await PublishAsync(300);

        var own = await CommandLine.RunAsync("ledger", "verify", Folder, "--json");
        var given = await CommandLine.RunAsync("ledger", "verify", Folder, "--policy", await FileAsync("policy", Encoding.UTF8.GetBytes(Policy)), "--json");

        own.Exit.ShouldBe(0, own.Output + own.Error);
        own.Error.ShouldContain("trust rests on the policy file");
        own.Json.GetProperty("trust").GetString().ShouldBe("own");
        own.Json.GetProperty("size").GetInt64().ShouldBe(300);
        own.Json.GetProperty("receipts").GetBoolean().ShouldBeTrue();
        own.Json.GetProperty("cosigned")[0].GetString().ShouldBe("outside");
        given.Exit.ShouldBe(0);
        given.Error.ShouldBeEmpty();
        given.Json.GetProperty("trust").GetString().ShouldBe("given");
    }

    [Fact]
    public async Task Verify_AnyFileChanged_IsNotTrue()
    {
        await PublishAsync(300);
        var files = Directory.GetFiles(Path.Combine(Folder, "tile"), "*", SearchOption.AllDirectories).Append(Path.Combine(Folder, "checkpoint")).ToList();
        files.Count.ShouldBe(6);
        foreach (var file in files)
        {
            var sound = await File.ReadAllBytesAsync(file);
            var changed = sound.ToArray();
            changed[^5] ^= 1;
            await File.WriteAllBytesAsync(file, changed);
            var ran = await CommandLine.RunAsync("ledger", "verify", Folder, "--json");
            ran.Exit.ShouldBe(1, file);
            ran.Json.GetProperty("findings").GetArrayLength().ShouldBeGreaterThan(0);
            await File.WriteAllBytesAsync(file, sound);
        }

        (await CommandLine.RunAsync("ledger", "verify", Folder)).Exit.ShouldBe(0);
    }

    [Fact]
    public async Task Verify_AgainstWhatWasKeptElsewhere_FindsAnotherLogAndALostEnd()
    {
        await PublishAsync(20);
        var kept = await FileAsync("kept", await File.ReadAllBytesAsync(Path.Combine(Folder, "checkpoint")));
        var other = new LogSigner("lab.test/ledger/b", new byte[32]).Verifier.ToString();

        (await CommandLine.RunAsync("ledger", "verify", Folder, "--key", other)).Exit.ShouldBe(1);
        (await CommandLine.RunAsync("ledger", "verify", Folder, "--key", Log.Verifier.ToString(), "--since", kept)).Exit.ShouldBe(0);
        Directory.Delete(Folder, recursive: true);
        await PublishAsync(10);
        var lost = await CommandLine.RunAsync("ledger", "verify", Folder, "--since", kept, "--json");
        lost.Exit.ShouldBe(1);
        lost.Json.GetProperty("findings")[0].GetProperty("fault").GetString().ShouldBe("rolledBack");
    }

    [Fact]
    public async Task Verify_WrongUseOrNoAnswer_HasItsOwnExitCode()
    {
        await PublishAsync(5);
        File.Delete(Path.Combine(Folder, "policy"));

        (await CommandLine.RunAsync("ledger", "verify", Folder)).Exit.ShouldBe(2);
        (await CommandLine.RunAsync("ledger", "verify", Folder, "--key", "no+key")).Exit.ShouldBe(2);
        (await CommandLine.RunAsync("ledger", "verify", Folder, "--key", Log.Verifier.ToString(), "--size", "5")).Exit.ShouldBe(2);
        (await CommandLine.RunAsync("ledger", "verify", Path.Combine(root, "nothing"))).Exit.ShouldBe(2);
        (await CommandLine.RunAsync("ledger", "verify", "http://127.0.0.1:1/", "--key", Log.Verifier.ToString())).Exit.ShouldBe(3);
    }

    [Fact]
    public async Task Prove_Receipt_IsProvedOfflineByWhoeverKnowsTheKey()
    {
        await PublishAsync(300);
        var proof = Path.Combine(root, "42.tlog-proof");
        var key = Log.Verifier.ToString();

        (await CommandLine.RunAsync("ledger", "prove", "42", Folder, "-o", proof)).Exit.ShouldBe(0);
        (await CommandLine.RunAsync("ledger", "prove", "300", Folder)).Exit.ShouldBe(2);
        Directory.Delete(Folder, recursive: true);
        var checkedProof = await CommandLine.RunAsync("ledger", "prove", "--check", proof, "--key", key, "--json");
        checkedProof.Exit.ShouldBe(0, checkedProof.Output + checkedProof.Error);
        checkedProof.Json.GetProperty("index").GetInt64().ShouldBe(42);
        checkedProof.Json.GetProperty("act").GetString().ShouldBe("open");
        (await CommandLine.RunAsync("ledger", "prove", "--check", proof, "--key", new LogSigner("b", new byte[32]).Verifier.ToString())).Exit.ShouldBe(1);
        (await CommandLine.RunAsync("ledger", "prove", "--check", proof)).Exit.ShouldBe(2);

        var text = await File.ReadAllTextAsync(proof);
        await File.WriteAllTextAsync(proof, text.Replace("index 42", "index 43", StringComparison.Ordinal));
        (await CommandLine.RunAsync("ledger", "prove", "--check", proof, "--key", key)).Exit.ShouldBe(1);
    }

    [Fact]
    public async Task Follow_GrowingLog_IsConsistentUntilItIsAnother()
    {
        await PublishAsync(10);
        var state = Path.Combine(root, "seen");

        var first = await CommandLine.RunAsync("ledger", "follow", Folder, "--state", state, "--once", "--json");
        await PublishAsync(25);
        var grown = await CommandLine.RunAsync("ledger", "follow", Folder, "--state", state, "--once", "--json");
        var same = await CommandLine.RunAsync("ledger", "follow", Folder, "--state", state, "--once");
        Directory.Delete(Folder, recursive: true);
        await PublishAsync(30, epoch: 7);
        var forked = await CommandLine.RunAsync("ledger", "follow", Folder, "--state", state, "--once", "--json");

        first.Exit.ShouldBe(0, first.Output + first.Error);
        grown.Json.GetProperty("before").GetInt64().ShouldBe(10);
        grown.Json.GetProperty("size").GetInt64().ShouldBe(25);
        same.Output.ShouldStartWith("unchanged");
        forked.Exit.ShouldBe(1);
        forked.Json.GetProperty("fault").GetString().ShouldBe("forked");
    }

    private async Task<string> FileAsync(string name, byte[] content)
    {
        var path = Path.Combine(root, name);
        await File.WriteAllBytesAsync(path, content);
        return path;
    }

    private async Task PublishAsync(int size, long epoch = 0)
    {
        var writer = await LogWriter.OpenAsync(Folder);
        await writer.AppendAsync([.. Enumerable.Range((int)writer.Size, size - (int)writer.Size).Select(i => new ReadOnlyMemory<byte>(Leaf(i, epoch)))]);
        var note = new Checkpoint(Log.Verifier.Name, writer.Size, writer.Root()).Sign(Log);
        await writer.PublishAsync(note.With(Cosignature.Sign(Witness, note.Text, DateTimeOffset.UnixEpoch)).ToBytes());
        await File.WriteAllTextAsync(Path.Combine(Folder, "policy"), Policy);
    }

    private static byte[] Leaf(int sequence, long epoch)
    {
        var salt = Receipt.Salt(new byte[32], sequence);
        return Receipt.WriteLeaf(sequence, DateTimeOffset.UnixEpoch.AddSeconds(epoch), "open", salt, "{}"u8, "{}"u8);
    }
}
