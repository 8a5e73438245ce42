using Cofferdam.TestKit;
using Cofferdam.Workforce.Pay;
using Cofferdam.Workforce.Pay.Entries;
using Cofferdam.Workforce.Pay.Rates;
using Cofferdam.Workforce.Pay.Statements;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Cofferdam.Workforce.Tests.Pay;

public sealed class LedgerTests
{
    public static TheoryData<string> Databases => TestStore.Databases;

    /// <summary>Batches cut anywhere, sent again, sent late: the ledger is what the events make of themselves once, and every statement is its sum.</summary>
    [Theory, MemberData(nameof(Databases))]
    public async Task Take_OfEventsInAnyBatchesWithRepeats_PaysEachOnce(string database)
    {
        await using var vendor = await RunningVendor.StartAsync(database);
        var runs = (from work in Work.Any.Generator from cuts in Gen.Choose(1, 7).ArrayOf(40) select (work, cuts)).Sample(6, 40).ToList();
        foreach (var (drawn, cuts) in runs)
        {
            var work = drawn.Anew();
            await vendor.HaveAsync(work);
            var (entries, repeated, at) = (0, 0, 0);
            foreach (var cut in cuts.TakeWhile(_ => at < work.Events.Count))
            {
                // Each batch begins with some of the one before, back to front: the pay room puts them in order.
                var batch = work.Events.Take(at + cut).Skip(Math.Max(0, at - 3)).Reverse().ToList();
                at += cut;
                var taken = await vendor.TakeAsync(batch);
                (entries, repeated) = (entries + taken.Entries, repeated + taken.Repeated);
            }

            var expected = work.Price(new PayBounds(), work.Events.Take(at));
            var found = await vendor.EntriesAsync(work.Cards[0].Engagement);
            found.Select(Facts).ShouldBe(expected.Select(Facts));
            entries.ShouldBe(expected.Count);
            (await vendor.InPayAsync((_, services) => services.GetRequiredService<PayCheck>().ReconcileAsync(work.Cards[0].Engagement, work.Events.Take(at)))).ShouldBeEmpty();
            await CorrectAsync(vendor, found, cuts);
        }

        (await vendor.CheckAsync()).Faults.ShouldBeEmpty();
        await StatementsAddUpAsync(vendor);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Take_OfTheSameEventsAtOnce_PaysOnce(string database)
    {
        await using var vendor = await RunningVendor.StartAsync(database);
        var (work, events) = Simple(experts: 3, events: 60);
        await vendor.HaveAsync(work);

        var taken = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => vendor.TakeAsync(events))));

        taken.Sum(one => one.Entries).ShouldBe(60);
        (await vendor.EntriesAsync(work.Cards[0].Engagement)).Select(entry => entry.Event!.Value).ShouldBe(Enumerable.Range(1, 60).Select(n => (long)n));
        (await vendor.CheckAsync()).Faults.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Ledger_EditedInTheStore_IsRefusedThereAndFoundOtherwise(string database)
    {
        await using var vendor = await RunningVendor.StartAsync(database);
        var (work, events) = Simple(experts: 1, events: 5);
        await vendor.HaveAsync(work);
        await vendor.TakeAsync(events);
        await vendor.InPayAsync(async (_, services) =>
        {
            await services.GetRequiredService<PayMarks>().MarkAsync();
            return 0;
        });

        foreach (var sql in (string[])["UPDATE pay_entry SET amount = 1 WHERE sequence = 2", "DELETE FROM pay_entry WHERE sequence = 5", "UPDATE rate_line SET \"hour\" = 1"])
            (await Should.ThrowAsync<System.Data.Common.DbException>(() => vendor.TamperAsync(sql))).Message.ShouldContain("only ever added to");

        // Somebody with the store's own rights takes the triggers away, and even writes the chain anew.
        foreach (var sql in database == "sqlite"
            ? (string[])["DROP TRIGGER pay_entry_update", "DROP TRIGGER pay_entry_delete"]
            : ["DROP TRIGGER pay_entry_only_added ON pay_entry"])
            await vendor.TamperAsync(sql);
        await vendor.TamperAsync("UPDATE pay_entry SET amount = amount + 100 WHERE sequence = 2");
        (await vendor.CheckAsync()).Faults.Select(fault => fault.Entry).ShouldBe([2, 2]);

        await RewriteChainAsync(vendor);
        var faults = (await vendor.CheckAsync()).Faults;
        faults.ShouldContain(fault => fault.Entry == 2 && fault.What.Contains("rate"));
        faults.ShouldContain(fault => fault.Entry == 5 && fault.What.Contains("vault"));

        await vendor.TamperAsync("DELETE FROM pay_entry WHERE sequence = 5");
        (await vendor.CheckAsync()).Faults.ShouldContain(fault => fault.What.Contains("end of the ledger"));
    }

    [Fact]
    public void Hash_OfAnEntry_IsTheOneOfTheFormat()
    {
        var entry = new PayEntry
        {
            Sequence = 1,
            Kind = EntryKind.Work,
            Expert = new Guid("01900000-0000-7000-8000-000000000001"),
            Engagement = new Guid("01900000-0000-7000-8000-000000000002"),
            Currency = "EUR",
            Amount = 121,
            Carry = -600,
            At = DateTimeOffset.UnixEpoch.AddSeconds(1),
            Day = new DateOnly(1970, 1, 1),
            MadeAt = DateTimeOffset.UnixEpoch.AddSeconds(2),
            Event = 7,
            Assignment = new Guid("01900000-0000-7000-8000-000000000003"),
            Paid = PaidKind.Task,
            Act = WorkAct.Done,
            Pieces = 1,
            Seconds = 37,
            Counted = 37,
            Card = new Guid("01900000-0000-7000-8000-000000000004"),
            Each = 100,
            Hour = 2_030,
        };

        Convert.ToHexStringLower(EntryHash.Of(EntryHash.Start, entry)).ShouldBe(Vector);
        EntryHash.Of(EntryHash.Start, entry with { Place = "" }).ShouldNotBe(EntryHash.Of(EntryHash.Start, entry));
    }

    // As docs/formats/pay.md has it; worked out there with Python.
    private const string Vector = "0883babd091ca7d4caeaacf9b37bf84543fd52b96d57ff29ce23924241101999";

    private static (long?, Guid, string, long, long, DateOnly, long, long, Guid?, Rate) Facts(PayEntry entry) =>
        (entry.Event, entry.Expert, entry.Currency, entry.Amount, entry.Carry, entry.Day, entry.Seconds, entry.Counted, entry.Card, entry.Rate);

    private static (Work Work, List<PayableEvent> Events) Simple(int experts, int events)
    {
        var start = new DateTimeOffset(2026, 5, 4, 8, 0, 0, TimeSpan.Zero);
        var card = Work.Card(1, start, "EUR", [.. Enumerable.Repeat(new Rate(100, 2_030), 6)]);
        var people = Enumerable.Range(0, experts).Select(_ => new PayPerson { Expert = Guid.CreateVersion7(), Zone = "Europe/Berlin" }).ToList();
        var work = new Work([card], people, [.. Enumerable.Range(1, events).Select(n =>
            new PayableEvent(Work.Engagement, n, people[n % experts].Expert, Guid.CreateVersion7(), WorkStep.Done, PaidKind.Task, 37, start.AddMinutes(n)))]).Anew();
        return (work, [.. work.Events]);
    }

    private static async Task StatementsAddUpAsync(RunningVendor vendor)
    {
        vendor.Clock.Advance(TimeSpan.FromDays(2));
        await vendor.InPayAsync(async (_, services) =>
        {
            var making = services.GetRequiredService<StatementMaking>();
            foreach (var until in (DateOnly[])[new(2026, 3, 29), new(2026, 10, 4), DateOnly.FromDateTime(vendor.Clock.GetUtcNow().UtcDateTime).AddDays(-1)])
            {
                foreach (var expert in await making.DueAsync(until, Guid.Empty, 1_000))
                    await making.MakeAsync(expert, until, Guid.NewGuid());
            }

            return 0;
        });

        var (entries, statements) = await vendor.InPayAsync(async (db, _) => (
            await db.PayEntries.AsNoTracking().Where(entry => entry.Currency != "XXX").ToListAsync(), await db.PayStatements.AsNoTracking().ToListAsync()));
        statements.ShouldNotBeEmpty();
        statements.Sum(statement => statement.Total).ShouldBe(entries.Sum(entry => entry.Amount));
        statements.Sum(statement => statement.Lines).ShouldBe(entries.Count);
        (await vendor.CheckAsync()).Faults.ShouldBeEmpty();
    }

    /// <summary>Puts some entries right by random amounts, and asks for each twice.</summary>
    private static async Task CorrectAsync(RunningVendor vendor, List<PayEntry> entries, int[] random)
    {
        foreach (var (entry, by) in entries.Where((_, n) => n % 3 == 0).Zip(random))
        {
            var correction = new Correction(entry.Sequence, (by - 3) * 10, 0, EntryReason.Miscounted, Guid.CreateVersion7());
            var outcomes = new[] { await MakeAsync(), await MakeAsync() };
            if (entry.Amount + correction.Amount < 0)
                outcomes.ShouldAllBe(outcome => outcome is CorrectionOutcome.TooMuch);
            else if (correction.Amount != 0)
                outcomes.Cast<CorrectionOutcome.Made>().Select(made => (made.Entry.Sequence, made.Entry.Refers, made.Entry.Amount)).Distinct().Single()
                    .ShouldSatisfyAllConditions(made => made.Refers.ShouldBe(entry.Sequence), made => made.Amount.ShouldBe(correction.Amount));

            Task<CorrectionOutcome> MakeAsync() => vendor.InPayAsync(async (db, services) =>
            {
                await using var transaction = await db.Database.BeginTransactionAsync();
                var made = await services.GetRequiredService<Corrections>().MakeAsync(correction, Guid.NewGuid());
                await transaction.CommitAsync();
                return made;
            });
        }
    }

    private static Task<int> RewriteChainAsync(RunningVendor vendor) => vendor.InPayAsync(async (db, _) =>
    {
        var hash = EntryHash.Start.ToArray();
        foreach (var entry in await db.PayEntries.AsNoTracking().OrderBy(entry => entry.Sequence).ToListAsync())
        {
            hash = EntryHash.Of(hash, entry);
            await db.PayEntries.Where(one => one.Sequence == entry.Sequence).ExecuteUpdateAsync(set => set.SetProperty(one => one.Hash, hash));
        }

        return 0;
    });
}
