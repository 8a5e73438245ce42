using System.Text.Json.Nodes;
using Cofferdam.Federation.Engagements;
using Cofferdam.Federation.Keys;
using Cofferdam.Federation.Peers;
using Cofferdam.Federation.Statements;
using Cofferdam.Server;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Vendors.Admissions;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Cofferdam.Vendors.Tests;

/// <summary>A lab's node as <c>serve</c> runs it, paired with a vendor that stands in for one.</summary>
internal sealed class RunningLab : IAsyncDisposable
{
    private readonly TestStore place;

    private RunningLab(TestStore place) => this.place = place;

    public WebApplication App { get; private set; } = null!;

    public ManualClock Clock { get; } = new();

    public StandInVendor Vendor { get; private set; } = null!;

    public Visitor Owner { get; private set; } = null!;

    public Peer Peer { get; private set; } = null!;

    public Guid Node { get; private set; }

    public IVault Vault => App.Services.GetRequiredService<IVault>();

    public static async Task<RunningLab> StartAsync(string database = "sqlite")
    {
        var lab = new RunningLab(await TestStore.CreateAsync(database)) { Vendor = await StandInVendor.StartAsync() };
        await lab.StartNodeAsync();
        lab.Owner = new Visitor(NodeHost.OriginOf(lab.App));
        var token = (await LabNode.OwnerLinksAsync(lab.App))["acme"].Split('#')[1];
        var options = (await lab.Owner.AskAsync(HttpMethod.Post, "/api/enrolments/passkey/options", new { token, name = "owner" }))!.ToJsonString();
        await lab.Owner.AskAsync(HttpMethod.Post, "/api/enrolments/passkey", new { token, name = "owner", credential = lab.Owner.Authenticator.Create(options, lab.Owner.Origin) });
        lab.Peer = await lab.PairAsync(lab.Vendor);
        return lab;
    }

    /// <summary>As the two sides leave it when they have paired.</summary>
    public async Task<Peer> PairAsync(StandInVendor vendor)
    {
        await using var scope = App.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        var identity = await App.Services.GetRequiredService<NodeIdentities>().GetAsync();
        Node = identity.Node;
        var now = Clock.GetUtcNow();
        var peer = new Peer
        {
            Id = Guid.CreateVersion7(),
            Owner = await LabAsync(),
            Node = vendor.Node,
            Lab = "acme",
            Name = "Vendor",
            Address = vendor.Address,
            Keys = vendor.Keys(),
            Told = identity.Version,
            Fingerprint = "00000 00000 00000 00000 00000 00000",
            CreatedAt = now,
            ConfirmedAt = now,
            TheyConfirmedAt = now,
        };
        db.Peers.Add(peer);
        await db.SaveChangesAsync();
        return peer;
    }

    public async Task RestartAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        await StartNodeAsync();
    }

    /// <summary>An engagement with terms.</summary>
    public async Task<Guid> AgreeAsync(int headcount = 10, bool byHand = false, bool training = false, bool singleEvents = true, object[]? agreements = null, Peer? peer = null)
    {
        var engagement = (Guid)(await Owner.AskAsync(HttpMethod.Post, "/api/labs/acme/engagements", new { name = "Vendor" }))!["id"]!;
        await Owner.AskAsync(HttpMethod.Put, $"/api/labs/acme/vendors/{engagement}/terms", new
        {
            peer = (peer ?? Peer).Id,
            programme = "Legal texts",
            tier = 2,
            currency = "EUR",
            rates = new[] { new { kind = "task", unit = "each", minorUnits = 250 } },
            noticeDays = 14,
            pausePay = 50,
            clocks = new { incident = 24, withdrawal = 4 },
            headcount,
            byHand,
            training,
            singleEvents,
            agreements = agreements ?? [],
        }, "\"0\"");
        return engagement;
    }

    public async Task<StatementReply> TakeAsync(string jws, Peer? peer = null)
    {
        await using var scope = App.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Admitting>().TakeAsync(peer ?? Peer, jws, CancellationToken.None);
    }

    public async Task<StatementReply> WithdrawAsync(string jws)
    {
        await using var scope = App.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Admitting>().WithdrawAsync(Peer, jws, CancellationToken.None);
    }

    /// <summary>Somebody of the vendor's who has enrolled here.</summary>
    public async Task<Visitor> EnrolAsync(Guid engagement, string subject, StatementRole role = StatementRole.Expert)
    {
        var expert = new Visitor(Owner.Origin) { Person = Subject.Pseudonym(engagement, subject) };
        Clock.Advance(TimeSpan.FromSeconds(1));
        var statement = Vendor.Vouch(engagement, Node, Clock.GetUtcNow(), subject, expert, role);
        var (status, answer) = await EnrolAsync(expert, statement);
        status.ShouldBe(200, answer?.ToJsonString());
        expert.Key.Id = (Guid)answer!["key"]!;
        return expert;
    }

    public static async Task<(int Status, JsonNode? Body)> EnrolAsync(Visitor expert, string statement)
    {
        var (status, options) = await expert.SendAsync(HttpMethod.Post, "/api/experts/passkey/options", new { statement });
        if (status != 200)
            return (status, options);
        return await expert.SendAsync(HttpMethod.Post, "/api/experts", new
        {
            statement,
            browserKey = System.Buffers.Text.Base64Url.EncodeToString(expert.Key.PublicKey),
            credential = expert.Authenticator.Create(options!.ToJsonString(), expert.Origin),
        });
    }

    /// <summary>A project with open tasks and nothing to read first.</summary>
    public async Task<string> ProjectAsync(int items)
    {
        var project = (string)(await Owner.AskAsync(HttpMethod.Post, "/api/labs/acme/projects", new { name = "Quillwork" }))!["id"]!;
        var root = $"/api/labs/acme/projects/{project}";
        await Owner.AskAsync(HttpMethod.Put, $"{root}/form", new { questions = new[] { new { key = "preference", type = "pairwise", title = "Which?", required = true, points = 5, tie = true } } }, "\"0\"");
        var import = (string)(await Owner.AskAsync(HttpMethod.Post, $"{root}/imports", new { fileName = "pairs.jsonl", map = new { prompt = "prompt", a = "a", b = "b" }, badRows = "keep" }))!["id"]!;
        var rows = string.Concat(Enumerable.Range(0, items).Select(i => $$"""{"prompt":"p{{i}}","a":"x","b":"y"}""" + "\n"));
        await Owner.PutTextAsync($"{root}/imports/{import}/content", rows);
        await Owner.AskAsync(HttpMethod.Post, $"{root}/batches", new { name = "first", overlap = 1, leaseSeconds = 900, held = 3, reviewPercent = 100 });
        return project;
    }

    /// <summary>Waits for what happens in the background.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await condition())
            await Task.Delay(20, patience.Token);
    }

    /// <summary>A vendor that was away is tried again when its pause is over.</summary>
    public Task UntilToldAsync(Func<bool> condition) => UntilAsync(() =>
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        return Task.FromResult(condition());
    });

    public async Task<Guid> LabAsync()
    {
        await using var scope = App.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AppDb>().Set<Work.Labs.Lab>().Where(lab => lab.Slug == "acme").Select(lab => lab.Id).SingleAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Owner.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
        await Vendor.DisposeAsync();
        await place.DisposeAsync();
    }

    private async Task StartNodeAsync()
    {
        App = await LabNode.BuildAsync(new NodeOptions
        {
            DataFolder = Path.Combine(place.Folder, "data"),
            KeyFolder = Path.Combine(place.Folder, "keys"),
            Store = place.Store,
            Urls = ["http://127.0.0.1:0"],
            Labs = ["acme", "borealis"],
            Time = Clock,
        });
        await App.StartAsync();
    }
}
