using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Cofferdam.Storage;
using Cofferdam.TestKit;
using Cofferdam.Work.Acceptances;
using Cofferdam.Work.Appeals;
using Cofferdam.Work.BrowserKeys;
using Cofferdam.Work.Slots;
using Microsoft.Extensions.DependencyInjection;

namespace Cofferdam.Server.Tests;

/// <summary>A lab with one of everything that has an id.</summary>
internal sealed record LabWithWork(string Slug, Browser Owner, IReadOnlyDictionary<string, string> Ids)
{
    public string Project => Ids["project"];

    /// <param name="words">Put into every text.</param>
    public static async Task<LabWithWork> MakeAsync(RunningNode node, string slug, string words = "")
    {
        var owner = await node.OwnerAsync(slug);
        var lab = $"/api/labs/{slug}";
        var project = Id(await owner.PostAsync($"{lab}/projects", new { name = "Quillwork" + words, description = "made for a test" + words }));
        var root = $"{lab}/projects/{project}";

        await PutAsync(owner, $"{root}/guidelines/draft", $$"""{"sections":[{"key":"tone","title":"Tone{{words}}","body":"Be plain.{{words}}","questions":[]}]}""");
        await PublishAsync(owner, $"{root}/guidelines");
        await PutAsync(owner, $"{root}/form",
            $$"""{"questions":[{"key":"preference","type":"pairwise","title":"Which?{{words}}","required":true,"points":5,"tie":true}]}""");

        var import = Id(await owner.PostAsync($"{root}/imports", new { fileName = "pairs.jsonl" + words, map = new { prompt = "prompt", a = "a", b = "b" }, badRows = "keep" }));
        var rows = new StringContent($$"""{"prompt":"p{{words}}","a":"x{{words}}","b":"y"}""" + "\n", Encoding.UTF8, "application/x-ndjson");
        (await owner.SendAsync(HttpMethod.Put, $"{root}/imports/{import}/content", rows)).Must(HttpStatusCode.OK);
        var batch = Id(await owner.PostAsync($"{root}/batches", new { name = "first" + words, overlap = 1, leaseSeconds = 900, held = 3 }));
        (await owner.SendAsync(HttpMethod.Put, $"{root}/guidelines/1/acknowledgement")).Response.IsSuccessStatusCode.ShouldBeTrue();
        var task = await owner.PostAsync($"{root}/tasks/next");
        task.Must(HttpStatusCode.OK);

        var person = await PersonAsync(node, owner, slug);
        return new LabWithWork(slug, owner, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["project"] = project,
            ["import"] = import,
            ["batch"] = batch,
            ["operation"] = Id(await owner.PostAsync($"{root}/operations", new { kind = "reprioritise", batch, priority = 6 })),
            ["item"] = (string)task.Json["item"]!,
            ["slot"] = (string)task.Json["slot"]!,
            ["invitation"] = Id(await owner.PostAsync($"{lab}/invitations", new { role = "annotator" })),
            ["suspension"] = Id(await owner.PostAsync($"{lab}/suspensions", new { scope = "person", id = person, reason = "plannedPause" })),
            ["person"] = person,
            ["engagement"] = Id(await owner.PostAsync($"{lab}/engagements", new { name = "Vendor" + words })),
            ["proposal"] = Id(await owner.PostAsync($"{lab}/proposals", new { kind = "erasePerson", subject = person })),
            ["token"] = Id(await owner.PostAsync($"{lab}/tokens", new { name = "script", scopes = new[] { "read" }, expiresAt = node.Clock.GetUtcNow().AddDays(1) })),
            ["browserKey"] = await KeyAsync(node, slug, Guid.Parse(person)),
            ["notice"] = (string)(await owner.GetAsync($"{lab}/notices")).Json["rows"]![0]!["id"]!,
            ["delivery"] = Id(await owner.PostAsync($"{root}/deliveries", new { shape = "trl-preference" })),
            ["scan"] = Id(await owner.PostAsync($"{root}/figures/bias")),
            ["acceptance"] = await JudgedAsync(node, Guid.Parse(project), Guid.Parse(batch)),
            ["question"] = Id(await owner.PostAsync($"{root}/tasks/{task.Json["slot"]}/questions", new { text = "Which?" + words })),
            ["search"] = Id(await owner.PostAsync($"{root}/searches", new { text = "Quill" + words })),
            // Of a vendor that is paired with: there is none here.
            ["brief"] = Guid.NewGuid().ToString(),
            ["peer"] = Guid.NewGuid().ToString(),
            ["appeal"] = await AppealedAsync(node, Guid.Parse(project), Guid.Parse((string)task.Json["slot"]!)),
        });
    }

    // One that is enrolled would have its person sign from then on.
    private static async Task<string> KeyAsync(RunningNode node, string slug, Guid person)
    {
        var row = new PendingKey
        {
            Id = Guid.CreateVersion7(),
            Lab = (await node.LabAsync(slug)).Value,
            Person = person,
            PublicKey = new byte[65],
            AskedAt = node.Clock.GetUtcNow(),
        };
        await AddAsync(node, row);
        return row.Id.ToString();
    }

    // Nobody has accepted or returned anything here yet: the rows stand for those who had.
    private static async Task<string> JudgedAsync(RunningNode node, Guid project, Guid batch)
    {
        var row = new Acceptance
        {
            Id = Guid.CreateVersion7(),
            Project = project,
            Batch = batch,
            Number = 1,
            State = AcceptanceState.Drawn,
            Population = 1,
            Sample = 1,
            DrawnAt = node.Clock.GetUtcNow(),
            DrawnBy = Guid.NewGuid(),
            Settled = true,
        };
        await AddAsync(node, row);
        return row.Id.ToString();
    }

    private static async Task<string> AppealedAsync(RunningNode node, Guid project, Guid slot)
    {
        var (now, person, reviewer, answer) = (node.Clock.GetUtcNow(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var review = new Review
        {
            Id = Guid.CreateVersion7(),
            Project = project,
            Slot = slot,
            Answer = answer,
            Person = person,
            Reviewer = reviewer,
            Accepted = false,
            Decision = Decision.Return,
            DecidedAt = now,
        };
        var row = new Appeal
        {
            Id = Guid.CreateVersion7(),
            Project = project,
            Slot = slot,
            Answer = answer,
            Review = review.Id,
            Person = person,
            Reviewer = reviewer,
            State = AppealState.Open,
            MadeAt = now,
        };
        await AddAsync(node, review);
        await AddAsync(node, row);
        return row.Id.ToString();
    }

    private static async Task AddAsync(RunningNode node, object row)
    {
        await using var scope = node.App.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        db.Add(row);
        await db.SaveChangesAsync();
    }

    /// <summary>Somebody else who is at the lab, by pseudonym.</summary>
    private static async Task<string> PersonAsync(RunningNode node, Browser owner, string lab)
    {
        using var person = node.Browse();
        using var key = new SoftwareAuthenticator();
        (await person.EnrolAsync(await owner.InviteAsync(lab, "annotator"), $"somebody-at-{lab}", key)).Must(HttpStatusCode.NoContent);
        return await PseudonymAsync(owner, lab);
    }

    private static async Task<string> PseudonymAsync(Browser owner, string lab) =>
        (string)(await owner.GetAsync($"/api/labs/{lab}/people")).Json.AsArray().Last()!["pseudonym"]!;

    private static string Id(Answer made)
    {
        made.Response.IsSuccessStatusCode.ShouldBeTrue(made.Text);
        return (string)made.Json["id"]!;
    }

    private static async Task PutAsync(Browser owner, string path, string body)
    {
        var etag = (await owner.GetAsync(path)).Response.Headers.ETag?.Tag ?? "\"0\"";
        var put = await owner.SendAsync(HttpMethod.Put, path, new StringContent(body, Encoding.UTF8, "application/json"), request => request.Headers.TryAddWithoutValidation("If-Match", etag));
        put.Response.IsSuccessStatusCode.ShouldBeTrue(put.Text);
    }

    private static async Task PublishAsync(Browser owner, string guidelines)
    {
        var etag = (await owner.GetAsync($"{guidelines}/draft")).Response.Headers.ETag!.Tag;
        var published = await owner.SendAsync(HttpMethod.Post, $"{guidelines}/versions", with: request => request.Headers.TryAddWithoutValidation("If-Match", etag));
        published.Response.IsSuccessStatusCode.ShouldBeTrue(published.Text);
    }
}

/// <summary>A body that a schema of the OpenAPI document allows.</summary>
internal static class Sample
{
    public static JsonNode? Of(JsonNode schema, JsonNode document)
    {
        if ((string?)schema["$ref"] is { } reference)
            return Of(reference.TrimStart('#', '/').Split('/').Aggregate(document, (node, step) => node[step]!), document);
        if (schema["enum"] is JsonArray { Count: > 0 } values)
            return values[0]?.DeepClone();
        if ((schema["oneOf"] ?? schema["anyOf"]) is JsonArray alternatives)
            return Of(alternatives.Last(one => (string?)(one!["type"] as JsonValue) != "null")!, document);
        var type = schema["type"] is JsonArray types ? (string?)types.First(one => (string?)one != "null") : (string?)schema["type"];
        return type switch
        {
            "array" => new JsonArray(),
            "string" => (string?)schema["format"] switch
            {
                "uuid" => Guid.NewGuid().ToString(),
                "date-time" => "2026-01-01T00:00:00Z",
                "byte" => "",
                _ => "x",
            },
            "integer" or "number" => 1,
            "boolean" => true,
            _ => new JsonObject((schema["properties"] as JsonObject ?? []).Select(property => KeyValuePair.Create(property.Key, Of(property.Value!, document)))),
        };
    }
}
