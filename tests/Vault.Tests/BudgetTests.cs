using System.Text;
using Cofferdam.Ledger;
using Cofferdam.TestKit;
using Cofferdam.Vault.Contract;
using Xunit;

namespace Cofferdam.Vault.Tests;

/// <summary>Need-to-know budgets: first reads cost what they weigh, and nobody gets one unit more than there is.</summary>
public sealed class BudgetTests
{
    private const int Clients = 64;

    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Open_SixtyFourClientsRaceForTheLastUnits_NeverOneTooMany(string database)
    {
        var engagement = Guid.NewGuid();
        foreach (var (budget, policy) in new (BudgetKind, Policy)[]
        {
            (BudgetKind.Person, Policy.Default with { PersonPerHour = 10 }),
            (BudgetKind.Person, Policy.Default with { PersonTotal = 10 }),
            (BudgetKind.Engagement, Policy.Default with { EngagementPerHour = 10 }),
            (BudgetKind.Process, Policy.Default with { ProcessPerHour = 10 }),
            (BudgetKind.Host, Policy.Default with { HostPerHour = 10 }),
        })
        {
            await using var fixture = await VaultFixture.CreateAsync(database, policy);
            var items = new List<RecordRef>();
            for (var i = 0; i < Clients; i++)
                items.Add(await fixture.SealAsync($"item {i}"));
            Principal Client(int i) => budget == BudgetKind.Person ? fixture.Expert : Principal.Person(Guid.NewGuid(), engagement);

            var outcomes = await Task.WhenAll(items.Select((item, i) => Task.Run(async () => await fixture.OpenAsync(Client(i), item))));

            outcomes.OfType<OpenOutcome.Opened>().Count().ShouldBe(10, budget.ToString());
            var refused = outcomes.OfType<OpenOutcome.Refused>().ToList();
            refused.ShouldAllBe(one => one.Reason == RefusalReason.FirstReadsSpent && one.Budget == budget && one.FreeAt.HasValue == (policy.PersonTotal == null));
            var use = (await fixture.Vault.BudgetsAsync(fixture.Lab)).First(one => one.Kind == budget);
            (use.Hour, use.Total).ShouldBe((10, 10));
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Open_ManyAskForOneRecordAtOnce_OneOfThemPays(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database, Policy.Default with { PersonPerHour = 1 });
        var item = await fixture.SealAsync("item");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(async () => await fixture.OpenAsync(item))));

        var facts = await Task.WhenAll(outcomes.Select(async one => Facts(await fixture.ReceiptAsync(one.ShouldBeOfType<OpenOutcome.Opened>().Receipt))));
        facts.Count(one => one.Cost == 1 && !one.Records[0].Again).ShouldBe(1);
        facts.Count(one => one.Cost == 0 && one.Records[0].Again).ShouldBe(Clients - 1);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Open_RecordThatNobodyCouldPayFor_StaysUnreadHoweverManyAsk(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database, Policy.Default with { PersonPerHour = 0 });
        var item = await fixture.SealAsync("item");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(async () => await fixture.OpenAsync(item))));

        outcomes.ShouldAllBe(one => one is OpenOutcome.Refused);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Open_RecordsOfDifferentWeight_CostTheLargerOfKindAndOwn(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database, Policy.Default with { PersonPerHour = 100 });
        var (light, heavy) = (await SectionAsync(fixture, weight: 0), await SectionAsync(fixture, weight: 90));

        var first = (await fixture.OpenAsync(heavy)).ShouldBeOfType<OpenOutcome.Opened>();
        var second = (await fixture.OpenAsync(light)).ShouldBeOfType<OpenOutcome.Opened>();

        var facts = Facts(await fixture.ReceiptAsync(first.Receipt));
        (facts.Cost, facts.BudgetAfter).ShouldBe((90, 10));
        Facts(await fixture.ReceiptAsync(second.Receipt)).Cost.ShouldBe(10, "a section weighs at least what its kind does");
        var third = (await fixture.OpenAsync(await fixture.SealAsync("item"))).ShouldBeOfType<OpenOutcome.Refused>();
        third.Budget.ShouldBe(BudgetKind.Person);
        Facts(await fixture.ReceiptAsync(third.Receipt)).Particulars.ShouldBe([new("budget", "person")]);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Open_NextHour_IsFreeAgainButATotalIsNot(string database)
    {
        var clock = new ManualClock();
        await using var fixture = await VaultFixture.CreateAsync(database, Policy.Default with { PersonPerHour = 1, PersonTotal = 2 }, clock);
        var items = new[] { await fixture.SealAsync("1"), await fixture.SealAsync("2"), await fixture.SealAsync("3") };

        (await fixture.OpenAsync(items[0])).ShouldBeOfType<OpenOutcome.Opened>();
        var refused = (await fixture.OpenAsync(items[1])).ShouldBeOfType<OpenOutcome.Refused>();
        clock.Advance(refused.FreeAt!.Value - clock.GetUtcNow());
        (await fixture.OpenAsync(items[1])).ShouldBeOfType<OpenOutcome.Opened>();
        clock.Advance(TimeSpan.FromHours(1));
        await fixture.ReopenAsync();

        (await fixture.OpenAsync(items[2])).ShouldBeOfType<OpenOutcome.Refused>().FreeAt.ShouldBeNull();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Open_BatchThatFailed_CostsNothing(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database, Policy.Default with { PersonPerHour = 1 });
        var item = await fixture.SealAsync("item");
        await fixture.BreakAsync("receipt");
        await Should.ThrowAsync<VaultStoreException>(async () => await fixture.OpenAsync(item));
        await fixture.MendAsync("receipt");

        (await fixture.OpenAsync(item)).ShouldBeOfType<OpenOutcome.Opened>();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Open_CounterEdited_IsFoundAndNothingOpened(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        await fixture.OpenAsync(await fixture.SealAsync("1"));
        (await fixture.EditAsync("UPDATE budget_use SET spent = 0, total = 0 WHERE kind = 1")).ShouldBe(1);
        await fixture.ReopenAsync();
        var item = await fixture.SealAsync("2");

        (await Should.ThrowAsync<VaultStoreException>(async () => await fixture.OpenAsync(item))).Message.ShouldContain("edited");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Open_PersonsCounterDeleted_IsCountedAgainFromTheReceipts(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database, Policy.Default with { PersonPerHour = 10 });
        await fixture.OpenAsync(await SectionAsync(fixture, weight: 0));
        (await fixture.EditAsync("DELETE FROM budget_use WHERE kind = 1")).ShouldBe(1);
        await fixture.ReopenAsync();

        (await fixture.OpenAsync(await fixture.SealAsync("item"))).ShouldBeOfType<OpenOutcome.Refused>().Budget.ShouldBe(BudgetKind.Person);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Open_WeightEdited_IsFound(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var section = await SectionAsync(fixture, weight: 500);
        var other = await SectionAsync(fixture, weight: 20);
        (await fixture.EditAsync(
            "UPDATE record SET weight = (SELECT o.weight FROM record o WHERE o.id = @other) WHERE id = @section",
            ("@other", other.Id.Value), ("@section", section.Id.Value))).ShouldBe(1);

        await Should.ThrowAsync<VaultStoreException>(async () => await fixture.OpenAsync(section));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Open_ExportsAndServices_CountAgainstProcessAndHostAlone(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database, Policy.Default with { PersonPerHour = 0 });
        var item = await fixture.SealAsync("item");
        var destination = Guid.NewGuid();

        var exported = (await fixture.Vault.OpenAsync(new OpenRequest(
            fixture.Lab, fixture.Project, fixture.Expert, Act.Export, Purpose.Deliver, [item], Destination: destination))).ShouldBeOfType<OpenOutcome.Opened>();
        (await fixture.OpenAsync(Principal.Service, item)).ShouldBeOfType<OpenOutcome.Opened>();

        (await fixture.ReceiptAsync(exported.Receipt)).Destination.ShouldBe(destination);
        (await fixture.Vault.BudgetsAsync(fixture.Lab)).Select(use => (use.Kind, use.Hour)).ShouldBe([(BudgetKind.Process, 2), (BudgetKind.Host, 2)]);
    }

    internal static async Task<RecordRef> SectionAsync(VaultFixture fixture, int? weight = null, RecordKind kind = RecordKind.GuidelineSection, RecordId? id = null)
    {
        var record = new RecordRef(kind, id ?? RecordId.New());
        (await fixture.Vault.SealAsync(new SealRequest(
            fixture.Lab, fixture.Project, Principal.Service, [new SealItem(kind, record.Id, Encoding.UTF8.GetBytes("section"), Weight: weight)]))).ShouldBeOfType<SealOutcome.Sealed>();
        return record;
    }

    private static ReceiptFacts Facts(ReceiptEntry receipt) => Receipt.Parse(receipt.What.Span, receipt.Who.Span);
}
