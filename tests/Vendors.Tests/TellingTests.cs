using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cofferdam.Federation.Engagements;
using Cofferdam.Federation.Events;
using Cofferdam.Federation.Keys;
using Cofferdam.Storage;
using Cofferdam.Work.Events;
using Microsoft.Extensions.DependencyInjection;
using WireEvent = Cofferdam.Federation.Events.WorkEvent;

namespace Cofferdam.Vendors.Tests;

/// <summary>What vendors are told: everything, once and in order, and no field that nobody has thought about.</summary>
public sealed class TellingTests
{
    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Events_WithVendorAwayAnswersLostAndBothRestarted_ArriveOnceAndInOrder(string database)
    {
        await using var lab = await RunningLab.StartAsync(database);
        var engagement = await lab.AgreeAsync();
        await WriteAsync(lab, engagement, 700);
        await lab.UntilToldAsync(() => lab.Vendor.Events.Count == 700);

        lab.Vendor.Away = true;
        await WriteAsync(lab, engagement, 30);
        await RunningLab.UntilAsync(async () => (int)(await FeedAsync(lab, engagement))["failures"]! > 0);
        ((int)(await FeedAsync(lab, engagement))["behind"]!).ShouldBe(30);
        (lab.Vendor.LosesAnswers, lab.Vendor.Away) = (true, false);
        await lab.UntilToldAsync(() => lab.Vendor.Events.Count == 730);
        lab.Vendor.LosesAnswers = false;
        await lab.UntilToldAsync(() => (int)FeedAsync(lab, engagement).Result["behind"]! == 0);
        await lab.RestartAsync();
        await WriteAsync(lab, engagement, 5);
        await lab.UntilToldAsync(() => lab.Vendor.Events.Count == 735);
        lab.Vendor.Forget(from: 10);
        await WriteAsync(lab, engagement, 1);
        await lab.UntilToldAsync(() => lab.Vendor.Events.Count == 736);

        lab.Vendor.Events.Select(one => one.Sequence).ShouldBe(Enumerable.Range(1, 736).Select(i => (long)i));
        lab.Vendor.Events.Select(one => one.Id).ShouldBeUnique();
        var keys = (await lab.App.Services.GetRequiredService<NodeIdentities>().GetAsync()).PublicKeys(lab.Clock.GetUtcNow()).FederationKeys(lab.Clock.GetUtcNow());
        var (id, timestamp, signature, body) = lab.Vendor.Webhooks[^1];
        WebhookSignature.Verify(keys, id, timestamp, signature, body, lab.Clock.GetUtcNow()).ShouldBe(WebhookVerdict.Genuine);
        lab.Vendor.Webhooks.Where(one => one.Id.EndsWith("-701", StringComparison.Ordinal)).Count().ShouldBeGreaterThan(1, "what was sent again has the id that it had");
    }

    [Fact]
    public async Task Brief_WhenPublished_IsSentAsItWasShown()
    {
        await using var lab = await RunningLab.StartAsync();
        var engagement = await lab.AgreeAsync();
        var briefs = $"/api/labs/acme/vendors/{engagement}/briefs";
        var made = await lab.Owner.AskAsync(HttpMethod.Post, briefs, new
        {
            codeName = "amber-heron",
            description = "Compare two answers to a question of law.",
            rates = new[] { new { kind = "task", unit = "each", minorUnits = 250 } },
            kinds = new[] { "task", "reading" },
            skills = new[] { "law" },
            languages = new[] { "en" },
            hoursPerWeek = 10,
            places = 5,
        });
        var shown = (await lab.Owner.AskAsync(HttpMethod.Get, $"{briefs}/{made!["brief"]!["id"]}/preview"))!.ToJsonString();
        await lab.UntilToldAsync(() => lab.Vendor.Terms.Count == 1);
        lab.Vendor.Briefs.ShouldBeEmpty("it is not published");
        await lab.Owner.AskAsync(HttpMethod.Post, $"{briefs}/{made["brief"]!["id"]}/publish", new { }, "\"1\"");
        await lab.UntilToldAsync(() => lab.Vendor.Briefs.Count == 1);

        System.Text.Json.Nodes.JsonNode.Parse(lab.Vendor.Briefs[0])!.ToJsonString().ShouldBe(shown);
        EngagementJson.ReadBrief(lab.Vendor.Briefs[0])!.Open.ShouldBeTrue();
        EngagementJson.ReadTerms(lab.Vendor.Terms[0])!.Rates.ShouldBe([new AgreedRate(Federation.Events.WorkKind.Task, RateUnit.Each, 250)]);
    }

    [Fact]
    public async Task Suspension_WhilePeopleWork_IsToldWithItsReasonAndOpensNoTaskAfter()
    {
        await using var lab = await RunningLab.StartAsync();
        var engagement = await lab.AgreeAsync();
        var project = await lab.ProjectAsync(items: 12);
        var root = $"/api/labs/acme/projects/{project}/tasks";
        var experts = new List<(Visitor Visitor, string Slot)>();
        for (var i = 0; i < 3; i++)
        {
            var expert = await lab.EnrolAsync(engagement, StandInVendor.NewSubject());
            var slot = (string)(await expert.AskAsync(HttpMethod.Post, $"{root}/next"))!["slot"]!;
            await expert.AskAsync(HttpMethod.Post, $"{root}/{slot}/submit", new { submission = Guid.NewGuid(), answers = new { preference = new { choice = 1 } }, seconds = 30 });
            experts.Add((expert, (string)(await expert.AskAsync(HttpMethod.Post, $"{root}/next"))!["slot"]!));
        }

        var made = await lab.Owner.AskAsync(HttpMethod.Post, "/api/labs/acme/suspensions", new { scope = "engagement", id = engagement, reason = "qualityQuestion" });
        foreach (var (expert, slot) in experts)
        {
            (await expert.RefusedAsync(HttpMethod.Post, $"{root}/next")).ShouldBe((423, "qualityQuestion"));
            await expert.AskAsync(HttpMethod.Put, $"{root}/{slot}/draft", new { answers = new { preference = new { choice = 2 } } }, "\"0\"");
        }

        await lab.UntilToldAsync(() => lab.Vendor.Events.Any(one => one.Type == WorkEventTypes.EngagementSuspended));
        await lab.Owner.AskAsync(HttpMethod.Delete, $"/api/labs/acme/suspensions/{made!["suspension"]}");
        await lab.UntilToldAsync(() => lab.Vendor.Events.Any(one => one.Type == WorkEventTypes.EngagementResumed));

        lab.Vendor.Events.Single(one => one.Type == WorkEventTypes.EngagementSuspended).Data!.Reason.ShouldBe("quality-question");
        var submitted = lab.Vendor.Events.Where(one => one.Type == WorkEventTypes.AssignmentSubmitted).ToList();
        submitted.Select(one => one.Subject!.Value).ShouldBe(experts.Select(one => one.Visitor.Person), ignoreOrder: true);
        submitted.ShouldAllBe(one => one.Data!.Seconds == 30);
        var known = experts.Select(one => Guid.Parse(one.Slot)).Append(Guid.Parse(project)).ToHashSet();
        lab.Vendor.Events.ShouldAllBe(one => one.Data == null || (!known.Contains(one.Data.Assignment ?? default) && !known.Contains(one.Data.Project ?? default)));
        experts.ForEach(one => one.Visitor.Dispose());
    }

    // Whoever adds a field has to say in the threat model what it gives away.
    [Fact]
    public void Fields_OfAnEvent_AreThoseOfTheThreatModel()
    {
        var page = File.ReadAllLines(Path.Combine(Root(), "docs", "threat-model.md"));
        var listed = page.SkipWhile(line => line != "## Work events, field by field").Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1]);

        Fields(typeof(WireEvent), "").ShouldBe(listed, ignoreOrder: true);
    }

    private static IEnumerable<string> Fields(Type type, string path) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance).SelectMany(property =>
    {
        var name = path + (property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name));
        var of = property.PropertyType;
        if (of.IsGenericType && typeof(IEnumerable).IsAssignableFrom(of))
            return Fields(of.GetGenericArguments()[0], $"{name}[].");
        return of.Assembly == type.Assembly && of.IsClass ? Fields(of, $"{name}.") : [name];
    });

    private static async Task<System.Text.Json.Nodes.JsonNode> FeedAsync(RunningLab lab, Guid engagement) =>
        (await lab.Owner.AskAsync(HttpMethod.Get, "/api/labs/acme/vendors"))!.AsArray().Single(one => (Guid)one!["engagement"]! == engagement)!["feed"]!;

    private static async Task WriteAsync(RunningLab lab, Guid engagement, int count)
    {
        await using var scope = lab.App.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        db.Set<Work.Events.WorkEvent>().AddRange(Enumerable.Range(0, count).Select(_ => new Work.Events.WorkEvent
        {
            Engagement = engagement,
            Type = WorkEventType.Started,
            Kind = Work.Events.WorkKind.Task,
            Person = Guid.NewGuid(),
            Project = engagement,
            Assignment = Guid.NewGuid(),
            At = lab.Clock.GetUtcNow(),
        }));
        await db.SaveChangesAsync();
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Cofferdam.slnx")))
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
