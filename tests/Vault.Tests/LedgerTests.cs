using Cofferdam.Ledger;
using Cofferdam.TestKit;
using Cofferdam.Vault.Contract;
using Xunit;

namespace Cofferdam.Vault.Tests;

/// <summary>Promise 4: the ledger only grows, and an edit is found.</summary>
public sealed class LedgerTests
{
    public static TheoryData<string> Databases => VaultFixture.Shapes;

    public static TheoryData<string> InOneProcess => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Ledger_AfterWorkAndARestart_VerifiesAgainstItsHead(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var item = await fixture.SealAsync("text");
        await fixture.OpenAsync(item);
        await fixture.ReopenAsync();
        await fixture.OpenAsync(item);

        var result = await VerifyAsync(fixture);

        result.ShouldBeOfType<LedgerFinding.Sound>();
        var acts = (await fixture.Vault.ReceiptsAsync(new ReceiptQuery(fixture.Lab))).Select(r => r.Act).Reverse();
        acts.ShouldBe([Act.CreateKey, Act.CreateKey, Act.Seal, Act.Open, Act.Stop, Act.Start, Act.Open]);
    }

    [Theory]
    [InlineData("sqlite", "UPDATE receipt SET what = (SELECT what FROM receipt WHERE act = 4) WHERE act = 1")]
    [InlineData("sqlite", "UPDATE receipt SET who = (SELECT who FROM receipt WHERE act = 8 LIMIT 1) WHERE act = 1")]
    [InlineData("sqlite", "UPDATE receipt SET leaf = (SELECT leaf FROM receipt WHERE act = 4) WHERE act = 1")]
    [InlineData("sqlite", "DELETE FROM receipt WHERE act = 1")]
    [InlineData("postgres", "UPDATE receipt SET what = (SELECT what FROM receipt WHERE act = 4) WHERE act = 1")]
    [InlineData("postgres", "DELETE FROM receipt WHERE act = 1")]
    public async Task Ledger_EditedInTheStore_DoesNotVerify(string database, string edit)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        await fixture.OpenAsync(await fixture.SealAsync("text"));

        (await fixture.EditAsync(edit)).ShouldBe(1);

        (await VerifyAsync(fixture)).ShouldNotBeOfType<LedgerFinding.Sound>();
    }

    [Fact]
    public async Task OpenAsync_SqliteStoreInUse_IsRefused()
    {
        await using var fixture = await VaultFixture.CreateAsync("sqlite");

        await Should.ThrowAsync<VaultInUseException>(() => VaultNode.OpenAsync(fixture.Options));
    }

    [Fact]
    public async Task Open_DatabaseConnectionsLost_FailsOnceAndThenGoesOn()
    {
        await using var fixture = await VaultFixture.CreateAsync("postgres");
        var item = await fixture.SealAsync("text");
        await fixture.EditAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'cofferdam-vault' AND datname = current_database()");

        (await Should.ThrowAsync<VaultUnavailableException>(async () => await fixture.OpenAsync(item))).Trouble.ShouldBe(VaultTrouble.Store);

        (await fixture.OpenAsync(item)).ShouldBeOfType<OpenOutcome.Opened>();
        (await VerifyAsync(fixture)).ShouldBeOfType<LedgerFinding.Sound>();
    }

    [Theory, MemberData(nameof(InOneProcess))]
    public async Task Open_AnotherWriterMovedTheLedgerOn_StopsThisVaultForGood(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var item = await fixture.SealAsync("text");
        await fixture.OpenAsync(item);
        await fixture.EditAsync("UPDATE ledger SET size = size + 1");

        (await Should.ThrowAsync<VaultStoreException>(async () => await fixture.OpenAsync(item))).IsFenced.ShouldBeTrue();
        await fixture.EditAsync("UPDATE ledger SET size = size - 1");

        (await Should.ThrowAsync<VaultUnavailableException>(async () => await fixture.OpenAsync(item))).Trouble.ShouldBe(VaultTrouble.Store);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Receipts_ByPersonRecordAndPage_GivesThoseAlone(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var first = await fixture.SealAsync("1");
        var second = await fixture.SealAsync("2");
        var other = Principal.Person(Guid.NewGuid());
        await fixture.OpenAsync(first);
        await fixture.OpenAsync(other, first);
        await fixture.OpenAsync(other, second);

        (await ReceiptsAsync(new ReceiptQuery(fixture.Lab, Principal: other.Pseudonym))).Count.ShouldBe(2);
        (await ReceiptsAsync(new ReceiptQuery(fixture.Lab, fixture.Project, Record: first.Id))).Select(r => r.Principal).ShouldBe([other, fixture.Expert]);
        var page = await ReceiptsAsync(new ReceiptQuery(fixture.Lab, fixture.Project, Acts: [Act.Open], Limit: 2));
        page.Count.ShouldBe(2);
        (await ReceiptsAsync(new ReceiptQuery(fixture.Lab, fixture.Project, Acts: [Act.Open], Before: page[^1].Sequence))).Single().Principal.ShouldBe(fixture.Expert);
        (await ReceiptsAsync(new ReceiptQuery(fixture.Lab, To: DateTimeOffset.UtcNow.AddHours(-1)))).ShouldBeEmpty();

        Task<IReadOnlyList<ReceiptEntry>> ReceiptsAsync(ReceiptQuery query) => fixture.Vault.ReceiptsAsync(query);
    }

    private static async Task<LedgerFinding> VerifyAsync(VaultFixture fixture)
    {
        var head = await fixture.Vault.HeadAsync(fixture.Lab);
        return await LedgerVerification.VerifyAsync(
            fixture.Vault.LedgerAsync(fixture.Lab).Select(r => new LedgerEntry(r.Leaf, r.What, r.Who, r.Salt)), head.Size, head.Root);
    }
}
