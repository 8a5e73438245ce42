using System.Net;
using Cofferdam.Federation.Engagements;
using Cofferdam.Federation.Events;
using Cofferdam.Federation.Keys;
using Cofferdam.Federation.Peers;
using Cofferdam.Federation.Statements;
using Cofferdam.Server.Tests;
using Cofferdam.Storage;
using Cofferdam.Workforce.Access;
using Cofferdam.Workforce.Engagements;
using Cofferdam.Workforce.Events;
using Cofferdam.Workforce.Placements;
using Cofferdam.Workforce.Statements;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cofferdam.Workforce.Tests.Engagements;

/// <summary>Everybody is in order, but for those who are not.</summary>
internal sealed class SetStandings : IExpertStandings
{
    public Dictionary<Guid, Standing> Set { get; } = [];

    public static Standing InOrder { get; } = new([], [], [new StatedAgreement("nda", 2, new DateOnly(2026, 1, 1))], new DateOnly(2100, 1, 1), Conflict: false, Left: false);

    public Task<IReadOnlyDictionary<Guid, Standing>> OfAsync(IReadOnlyCollection<Guid> experts, Guid node, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyDictionary<Guid, Standing>>(experts.ToDictionary(expert => expert, expert => Set.GetValueOrDefault(expert, InOrder)));

    public Task WorkedAsync(IReadOnlyCollection<Guid> experts, Guid node, DateTimeOffset at, CancellationToken cancellation) => Task.CompletedTask;
}

/// <summary>An expert of the vendor at a browser.</summary>
internal sealed record Hired(Browser Browser, Guid Person);

/// <summary>A vendor's node, paired with a lab that stands in for one, with its owner signed in.</summary>
internal sealed class EngagedVendor : IAsyncDisposable
{
    private long sequence;

    private EngagedVendor(RunningVendor node, StandInLab lab, Browser owner) => (Node, Lab, Owner) = (node, lab, owner);

    public RunningVendor Node { get; }
    public StandInLab Lab { get; }
    public Browser Owner { get; }
    public SetStandings Standings { get; private init; } = new();
    public Peer Peer { get; private set; } = null!;
    public Guid Engagement { get; private set; }

    /// <param name="background">Whether statements and messages leave of themselves; otherwise with <see cref="RenewAsync"/> and <see cref="TellAsync"/> alone.</param>
    public static async Task<EngagedVendor> StartAsync(string database = "sqlite", int headcount = 10, bool background = false)
    {
        var standings = new SetStandings();
        var node = await RunningVendor.StartAsync(database, services: services =>
        {
            services.AddSingleton<IExpertStandings>(standings);
            if (!background)
                ByHand(services);
        });
        var lab = await StandInLab.StartAsync();
        var vendor = new EngagedVendor(node, lab, await node.OwnerAsync()) { Standings = standings };
        var identity = await node.App.Services.GetRequiredService<NodeIdentities>().GetAsync();
        (lab.Vendor, lab.Clock) = ((identity.Node, identity.PublicKeys(node.Clock.GetUtcNow())), node.Clock);
        vendor.Peer = await vendor.PairAsync(identity.Version);
        vendor.Engagement = await vendor.AgreeAsync(headcount);
        return vendor;
    }

    public async Task<T> InAsync<T>(Func<IServiceProvider, Task<T>> act)
    {
        await using var scope = Node.App.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider);
    }

    public Task<T> DbAsync<T>(Func<AppDb, Task<T>> act) => InAsync(services => act(services.GetRequiredService<AppDb>()));

    public static OfferedTerms Terms(Guid engagement, long revision = 1, int headcount = 10, int agreement = 2) => new(
        engagement, "acme", revision, "Legal texts", 2, "EUR", [new AgreedRate(WorkKind.Task, RateUnit.Each, 900)], NoticeDays: 14, PausePay: 50, SubContractors: [],
        Clocks: new NoticeClocks(24, 4), Headcount: headcount, ByHand: false, Agreements: [new RequiredAgreement("nda", agreement)], Training: true, SingleEvents: true);

    /// <summary>The lab proposes terms, and the vendor accepts them.</summary>
    public async Task<Guid> AgreeAsync(int headcount)
    {
        var engagement = Guid.CreateVersion7();
        (await TakeAsync(Terms(engagement, headcount: headcount))).ShouldBe(Taken.Kept);
        (await Owner.PostAsync($"/api/desk/engagements/{engagement}/answer", new { revision = 1, accepted = true })).Must(HttpStatusCode.NoContent);
        return engagement;
    }

    public Task<Taken> TakeAsync(OfferedTerms terms) =>
        InAsync(services => services.GetRequiredService<EngagementIntake>().TakeAsync(Peer, terms, EngagementJson.Write(terms), CancellationToken.None));

    /// <summary>The lab publishes a brief, and the vendor opens places for it.</summary>
    public async Task<Guid> NeedAsync(int places = 10, long hour = 2_100, Guid? lineage = null, string codeName = "amber-heron", string skill = "law", Guid? engagement = null)
    {
        var brief = new Brief(
            Guid.CreateVersion7(), engagement ?? Engagement, 1, codeName, [skill], ["en"], 20, places, [new AgreedRate(WorkKind.Task, RateUnit.Hour, 4_000)], [WorkKind.Task],
            "Compare answers to questions of contract law.", Open: true, lineage, ["none"]);
        (await InAsync(services => services.GetRequiredService<EngagementIntake>().TakeAsync(Peer, brief, EngagementJson.Write(brief), CancellationToken.None))).ShouldBe(Taken.Kept);
        var rates = Enum.GetValues<WorkKind>().Select(kind => new { kind = kind.ToString().ToLowerInvariant(), each = 0, hour });
        return (Guid)(await Owner.PostAsync("/api/desk/needs", new { brief = brief.Id, places, currency = "EUR", rates, weekHours = 20 })).Must(HttpStatusCode.Created).Json["id"]!;
    }

    public async Task<Hired> HireAsync(string name)
    {
        var browser = await Node.JoinAsync(VendorRole.Expert, name);
        return new Hired(browser, await DbAsync(db => db.People.Where(person => person.Name == name).Select(person => person.Id).SingleAsync()));
    }

    /// <summary>Offers a need to somebody.</summary>
    /// <returns>The offer, as its expert sees it.</returns>
    public async Task<System.Text.Json.Nodes.JsonNode> OfferAsync(Guid need, Hired expert)
    {
        (await Owner.PostAsync($"/api/desk/needs/{need}/offers", new { experts = new[] { expert.Person } })).Must(HttpStatusCode.OK);
        return (await expert.Browser.GetAsync("/api/me/offers")).Must(HttpStatusCode.OK).Json.AsArray().Single(offer => (Guid)offer!["need"]! == need)!;
    }

    /// <summary>Offers a need to somebody who accepts.</summary>
    /// <returns>The placement.</returns>
    public async Task<Guid> PlaceAsync(Guid need, Hired expert) =>
        (Guid)(await expert.Browser.PostAsync($"/api/me/offers/{(Guid)(await OfferAsync(need, expert))["id"]!}/accept")).Must(HttpStatusCode.OK).Json["placement"]!;

    public Task<Placement> PlacementAsync(Guid placement) => DbAsync(db => db.Placements.AsNoTracking().SingleAsync(one => one.Id == placement));

    /// <summary>The lab's next event.</summary>
    public WorkEvent Next(string type, Guid? subject = null, WorkEventData? data = null) => new(
        Guid.NewGuid(), WorkEvent.SourceOf("acme", Engagement), type, Node.Clock.GetUtcNow(), ++sequence, subject, data);

    public Task<InboxOutcome> TakeAsync(params IReadOnlyList<WorkEvent> events) =>
        InAsync(services => services.GetRequiredService<EventInbox>().TakeAsync(Peer, events, CancellationToken.None));

    /// <summary>Sends the lab the statements that are due.</summary>
    public Task RenewAsync() => Node.App.Services.GetRequiredService<StatementRenewal>().RenewDueAsync(CancellationToken.None);

    /// <summary>Tells the lab what else is due.</summary>
    public Task TellAsync() => Node.App.Services.GetRequiredService<LabPost>().SendDueAsync(CancellationToken.None);

    // They stay what they are, and are not started.
    private static void ByHand(IServiceCollection services)
    {
        foreach (var hosted in services.Where(one => one.ServiceType == typeof(IHostedService)).ToList())
        {
            if (hosted.ImplementationFactory?.Method.ReturnType is { } type && (type == typeof(LabPost) || type == typeof(StatementRenewal)))
                services.Remove(hosted).ShouldBeTrue();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Owner.Dispose();
        await Node.DisposeAsync();
        await Lab.DisposeAsync();
    }

    /// <summary>As the two sides leave it when they have paired.</summary>
    private Task<Peer> PairAsync(long told) => DbAsync(async db =>
    {
        var now = Node.Clock.GetUtcNow();
        var peer = new Peer
        {
            Id = Guid.CreateVersion7(),
            Owner = (await Node.VendorAsync()).Value,
            Node = Lab.Node,
            Lab = "acme",
            Name = "Acme",
            Address = Lab.Address,
            Keys = Lab.PublicKeys,
            Told = told,
            Fingerprint = "00000 00000 00000 00000 00000 00000",
            CreatedAt = now,
            ConfirmedAt = now,
            TheyConfirmedAt = now,
        };
        db.Peers.Add(peer);
        await db.SaveChangesAsync();
        return peer;
    });
}
