using System.Net;
using Cofferdam.Federation.Events;
using Cofferdam.TestKit;
using Cofferdam.Workforce.Events;
using Cofferdam.Workforce.Pay;
using Cofferdam.Workforce.Pay.Entries;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Tests.Engagements;

public sealed class InboxTests
{
    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Events_RepeatedReorderedAndCutOff_HaveTheirEffectOnce(string database)
    {
        await using var vendor = await EngagedVendor.StartAsync(database);
        var ada = await vendor.HireAsync("ada");
        var placed = await vendor.PlacementAsync(await vendor.PlaceAsync(await vendor.NeedAsync(hour: 3_600), ada));
        List<WorkEvent> all = [];
        for (var i = 0; i < 150; i++)
        {
            var data = new WorkEventData(Guid.NewGuid(), Guid.NewGuid(), WorkKind.Task);
            all.Add(vendor.Next(WorkEventTypes.AssignmentStarted, placed.Pseudonym, data));
            all.Add(vendor.Next(WorkEventTypes.AssignmentSubmitted, placed.Pseudonym, data with { Seconds = 10 }));
        }

        // A later batch before an earlier one is not taken; what overlaps is taken from where it is new.
        (await vendor.TakeAsync(all[100..200])).ShouldBe(new InboxOutcome.Gap(0));
        (await vendor.TakeAsync(all[..100])).ShouldBe(new InboxOutcome.Kept(100));
        (await vendor.TakeAsync(all[..100])).ShouldBe(new InboxOutcome.Kept(100));
        (await vendor.TakeAsync(all[50..150])).ShouldBe(new InboxOutcome.Kept(150));
        // Two senders at once, and one that is cut off before its transaction ends.
        await Task.WhenAll(vendor.TakeAsync(all[150..250]), vendor.TakeAsync(all[150..220]));
        await ZoneAsync(vendor, "Nowhere/Else");
        await Should.ThrowAsync<TimeZonesMissingException>(() => vendor.TakeAsync(all[250..]));
        (await CursorAsync(vendor)).ShouldBe(250);
        await ZoneAsync(vendor, PayClock.Unsaid);
        (await vendor.TakeAsync(all[250..])).ShouldBe(new InboxOutcome.Kept(300));

        (await vendor.DbAsync(db => db.ReceivedEvents.CountAsync())).ShouldBe(300);
        var pay = await vendor.DbAsync(db => db.PayEntries.AsNoTracking().ToListAsync());
        (pay.Count, pay.Sum(entry => entry.Counted), pay.Sum(entry => entry.Amount)).ShouldBe((150, 1_500L, 1_500L));
        pay.ShouldAllBe(entry => entry.Expert == ada.Person && entry.Engagement == vendor.Engagement);
    }

    [Fact]
    public async Task Events_OfAnotherLab_AreNotTaken_AndStrangersArePaidNothing()
    {
        await using var vendor = await EngagedVendor.StartAsync();
        var ada = await vendor.HireAsync("ada");
        await vendor.PlaceAsync(await vendor.NeedAsync(), ada);
        var first = vendor.Next(WorkEventTypes.ReadingDone, Guid.NewGuid(), new WorkEventData(Kind: WorkKind.Reading, Seconds: 600));

        (await vendor.TakeAsync(first with { Source = WorkEvent.SourceOf("other", vendor.Engagement) })).ShouldBeOfType<InboxOutcome.NotYours>();
        (await vendor.TakeAsync(first with { Source = WorkEvent.SourceOf("acme", Guid.NewGuid()) })).ShouldBeOfType<InboxOutcome.NotYours>();
        (await vendor.TakeAsync(first)).ShouldBe(new InboxOutcome.Kept(1));
        (await vendor.DbAsync(db => db.PayEntries.CountAsync())).ShouldBe(0);
        (await vendor.DbAsync(db => db.ReceivedEvents.SingleAsync())).Expert.ShouldBeNull();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Suspension_IsTold_WithItsReason_WhatStaysPayable_AndOtherOpenWork(string database)
    {
        await using var vendor = await EngagedVendor.StartAsync(database);
        var ada = await vendor.HireAsync("ada");
        var placement = await vendor.PlacementAsync(await vendor.PlaceAsync(await vendor.NeedAsync(), ada));
        var elsewhere = await vendor.AgreeAsync(headcount: 5);
        var open = await vendor.NeedAsync(engagement: elsewhere, codeName: "quiet-otter");
        var (begun, project) = (Guid.NewGuid(), Guid.NewGuid());
        var notices = (await ada.Browser.GetAsync("/api/me/work/notices")).Must(HttpStatusCode.OK).Json.AsArray();
        notices.ShouldBeEmpty();
        var waiting = ada.Browser.GetAsync($"/api/me/work/notices?after={Guid.Empty}");

        await vendor.TakeAsync(
            vendor.Next(WorkEventTypes.AssignmentSubmitted, placement.Pseudonym, new WorkEventData(Guid.NewGuid(), project, WorkKind.Task, 300)),
            vendor.Next(WorkEventTypes.AssignmentStarted, placement.Pseudonym, new WorkEventData(begun, project, WorkKind.Task)),
            vendor.Next(WorkEventTypes.EngagementSuspended, data: new WorkEventData(Reason: "security-incident")));

        var told = (await waiting).Must(HttpStatusCode.OK).Json.AsArray().ShouldHaveSingleItem()!;
        ((string)told["kind"]!, (string)told["reason"]!, (string)told["lab"]!).ShouldBe(("suspended", "security-incident", "acme"));
        var work = (await ada.Browser.GetAsync("/api/me/work")).Must(HttpStatusCode.OK).Json;
        var stopped = work["stopped"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)stopped["reason"]!, (long)stopped["seconds"]!, (int)stopped["begun"]!).ShouldBe(("security-incident", 300, 1));
        var other = work["open"]!.AsArray().ShouldHaveSingleItem()!;
        ((Guid)other["need"]!, (string)other["codeName"]!).ShouldBe((open, "quiet-otter"));
        (await ada.Browser.PostAsync($"/api/me/work/{open}/offer")).Must(HttpStatusCode.NoContent);
        (await ada.Browser.GetAsync("/api/me/offers")).Json.AsArray().Count.ShouldBe(1);
        // What was done is paid, whatever stopped after it.
        (await vendor.DbAsync(db => db.PayEntries.SumAsync(entry => entry.Counted))).ShouldBe(300);

        await vendor.TakeAsync(vendor.Next(WorkEventTypes.EngagementResumed));
        (await ada.Browser.GetAsync("/api/me/work")).Json["stopped"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task EngagementEnded_ByTheLab_EndsEveryPlacement_AndPaysTheNoticeThatNobodyGave()
    {
        await using var vendor = await EngagedVendor.StartAsync(background: true);
        var ada = await vendor.HireAsync("ada");
        var placement = await vendor.PlaceAsync(await vendor.NeedAsync(hour: 3_000), ada);
        await vendor.Lab.HeardAsync(() => vendor.Lab.Statements.Count == 1);

        await vendor.TakeAsync(vendor.Next(WorkEventTypes.EngagementEnded));

        (await vendor.PlacementAsync(placement)).EndedAt.ShouldNotBeNull();
        // In the same second as the statement, and at once all the same.
        await vendor.Lab.HeardAsync(() => vendor.Lab.Withdrawals.Count == 1);
        // Two weeks of notice at 20 hours and 30.00, of which half is paid.
        var paid = await vendor.DbAsync(db => db.PayEntries.SingleAsync());
        (paid.Kind, paid.Amount, paid.Expert).ShouldBe((EntryKind.PausePay, 60_000L, ada.Person));
    }

    /// <summary>Pay fails where the machine does not know a person's zone: by then the rows are written.</summary>
    private static Task<int> ZoneAsync(EngagedVendor vendor, string zone) =>
        vendor.DbAsync(db => db.PayPeople.ExecuteUpdateAsync(set => set.SetProperty(person => person.Zone, zone)));

    private static Task<long> CursorAsync(EngagedVendor vendor) =>
        vendor.DbAsync(db => db.Set<Workforce.Engagements.Engagement>().Where(one => one.Id == vendor.Engagement).Select(one => one.Cursor).SingleAsync());
}
