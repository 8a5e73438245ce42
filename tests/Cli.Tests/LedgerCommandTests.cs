using System.Text.Json;
using Cofferdam.ApiClient;
using Cofferdam.Ledger;

namespace Cofferdam.Cli.Tests;

public sealed class LedgerCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("cofferdam-test-").FullName;
    private readonly List<LedgerReceipt> receipts = [.. Enumerable.Range(0, 5).Select(Make)];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Saved => Path.Combine(folder, "ledger.jsonl");

    [Fact]
    public async Task Verify_SavedLedger_SaysItsRootAndWhatWasDisclosed()
    {
        await SaveAsync();

        var found = await CommandLine.RunAsync("ledger", "verify", Saved, "--json");
        var compared = await CommandLine.RunAsync("ledger", "verify", Saved, "--size", "5", "--root", found.Json.GetProperty("root").GetString()!, "--json");

        found.Exit.ShouldBe(0, found.Output + found.Error);
        compared.Exit.ShouldBe(0);
        compared.Json.GetProperty("disclosed").GetInt64().ShouldBe(5);
        compared.Json.GetProperty("acts").GetProperty("open").GetInt64().ShouldBe(5);
    }

    [Fact]
    public async Task Verify_ReceiptOfAnother_IsNotTrue()
    {
        receipts[2] = receipts[2] with { Who = receipts[3].Who };
        await SaveAsync();

        (await CommandLine.RunAsync("ledger", "verify", Saved)).Exit.ShouldBe(1);
    }

    [Fact]
    public async Task Verify_ReceiptTakenOut_IsNotTrue()
    {
        receipts.RemoveAt(1);
        await SaveAsync();

        (await CommandLine.RunAsync("ledger", "verify", Saved)).Exit.ShouldBe(1);
    }

    [Fact]
    public async Task Verify_CutAtTheEnd_IsNotTrueAgainstTheSizeKeptElsewhere()
    {
        receipts.RemoveAt(4);
        await SaveAsync();

        (await CommandLine.RunAsync("ledger", "verify", Saved, "--size", "5")).Exit.ShouldBe(1);
    }

    [Fact]
    public async Task Verify_AnotherRoot_IsNotTrueAndSaysTheRootFound()
    {
        await SaveAsync();

        var ran = await CommandLine.RunAsync("ledger", "verify", Saved, "--size", "5", "--root", Convert.ToBase64String(new byte[32]), "--json");

        ran.Exit.ShouldBe(1);
        ran.Json.GetProperty("wrong").GetString().ShouldBe("the receipts have another root");
        ran.Json.GetProperty("root").GetString().ShouldNotBe(Convert.ToBase64String(new byte[32]));
    }

    [Fact]
    public async Task Verify_NotALedger_IsNotTrue()
    {
        await File.WriteAllTextAsync(Saved, "{\"sequence\":");

        (await CommandLine.RunAsync("ledger", "verify", Saved, "--size", "1")).Exit.ShouldBe(1);
    }

    private Task SaveAsync() => File.WriteAllLinesAsync(Saved, receipts.Select(receipt => JsonSerializer.Serialize(receipt, JsonSerializerOptions.Web)));

    private static LedgerReceipt Make(int sequence)
    {
        var facts = new ReceiptFacts
        {
            Lab = new Guid("0192f0c0-0000-7000-8000-000000000001"),
            Project = new Guid("0192f0c0-0000-7000-8000-000000000002"),
            Purpose = "task",
            Records = [new ReceiptLine("item", new Guid(sequence, 0, 0, new byte[8]), 1, new byte[32], 10, false)],
            Process = new Guid("0192f0c0-0000-7000-8000-000000000003"),
            Build = "test",
            Evaluation = true,
            Epoch = 0,
            PrincipalKind = "person",
            Pseudonym = new Guid(sequence, 1, 1, new byte[8]),
        };
        var time = DateTimeOffset.UnixEpoch.AddSeconds(sequence);
        var (what, who, salt) = (Receipt.WriteWhat(facts), Receipt.WriteWho(facts), Receipt.Salt(new byte[32], sequence));
        return new LedgerReceipt(
            sequence, time, "open", Convert.ToBase64String(what), Convert.ToBase64String(who), Convert.ToBase64String(salt),
            Convert.ToBase64String(Receipt.WriteLeaf(sequence, time, "open", salt, what, who)));
    }
}
