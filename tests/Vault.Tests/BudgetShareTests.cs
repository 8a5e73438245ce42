using Cofferdam.TestKit;
using Cofferdam.Vault.Budgets;
using Cofferdam.Vault.Contract;
using Xunit;

namespace Cofferdam.Vault.Tests;

/// <summary>How much of a methodology somebody could have.</summary>
public sealed class BudgetShareTests
{
    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Shares_PeopleEngagementAndHosts_AreUnionsByWeight(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var (a, b, c) = (await BudgetTests.SectionAsync(fixture, 30), await BudgetTests.SectionAsync(fixture), await BudgetTests.SectionAsync(fixture, kind: RecordKind.Form));
        var engagement = Guid.NewGuid();
        var (one, other, own) = (Principal.Person(Guid.NewGuid(), engagement), Principal.Person(Guid.NewGuid(), engagement), fixture.Expert);

        await fixture.OpenAsync(one, a, b);
        await fixture.OpenAsync(one, a, b);
        await fixture.OpenAsync(other, b);
        await fixture.OpenAsync(own, await fixture.SealAsync("an item is no part of the methodology"));
        var shares = await fixture.Vault.SharesAsync(fixture.Lab, fixture.Project);

        shares.Weight.ShouldBe(50);
        shares.Persons.Select(share => (share.Subject, share.Shown, share.Records)).ShouldBe([(one.Pseudonym, 40, 2), (other.Pseudonym, 10, 1)]);
        shares.Engagements.ShouldBe([new Share(engagement, null, 40, 2)]);
        shares.Hosts.ShouldHaveSingleItem().ShouldBe(new Share(shares.Hosts[0].Subject, "host", 40, 2));
        shares.Coalitions.ShouldBe([new CoalitionShare(1, 40, 40), new CoalitionShare(2, 40, 40)]);
        c.Kind.ShouldBe(RecordKind.Form);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Shares_NewVersionRefused_KeepsWhatWasShownBefore(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database, Policy.Default with { PersonTotal = 10 });
        var gold = await BudgetTests.SectionAsync(fixture, kind: RecordKind.Gold);
        (await fixture.OpenAsync(gold)).ShouldBeOfType<OpenOutcome.Opened>();
        await BudgetTests.SectionAsync(fixture, kind: RecordKind.Gold, id: gold.Id);

        (await fixture.OpenAsync(gold)).ShouldBeOfType<OpenOutcome.Refused>().FreeAt.ShouldBeNull();

        (await fixture.Vault.SharesAsync(fixture.Lab, fixture.Project)).Persons.ShouldBe([new Share(fixture.Expert.Pseudonym, null, 10, 1)]);
    }

    [Fact]
    public void Coalitions_GreedyIsNotTheBest_BoundStillHolds()
    {
        // The largest alone takes half of each of the two that together have everything.
        var parts = Enumerable.Range(0, 8).ToDictionary(_ => Guid.NewGuid(), _ => 10);
        var ids = parts.Keys.ToArray();
        var (large, left, right) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        (Guid, Guid)[] shown =
        [
            .. ids[1..6].Select(id => (id, large)), .. ids[..4].Select(id => (id, left)), .. ids[4..].Select(id => (id, right)),
        ];

        var coalitions = ShareCounting.Coalitions(parts, shown);

        coalitions.ShouldBe([new CoalitionShare(1, 50, 50), new CoalitionShare(2, 70, 80), new CoalitionShare(3, 80, 80)]);
    }

    [Fact]
    public void Coalitions_ManyPeople_LazyGreedyIsGreedy()
    {
        var random = new Random(4);
        var parts = Enumerable.Range(0, 200).ToDictionary(_ => Guid.NewGuid(), _ => random.Next(0, 50));
        var people = Enumerable.Range(0, 40).Select(_ => parts.Keys.Where(_ => random.Next(12) == 0).ToHashSet()).ToList();

        var coalitions = ShareCounting.Coalitions(parts, people.SelectMany(person => { var id = Guid.NewGuid(); return person.Select(record => (record, id)); }));

        HashSet<Guid> covered = [];
        foreach (var coalition in coalitions)
        {
            covered.UnionWith(people.MaxBy(person => person.Except(covered).Sum(record => parts[record]))!);
            coalition.Shown.ShouldBe(covered.Sum(record => parts[record]));
            coalition.AtMost.ShouldBeGreaterThanOrEqualTo(coalition.Shown);
        }

        coalitions.Count.ShouldBe(ShareCounting.MostPeople);
    }
}
