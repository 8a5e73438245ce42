using System.Text.Json;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Progress;
using Cofferdam.Work.Projects;
using Cofferdam.Work.Slots;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.Searches;

/// <param name="Text">What to look for, whatever its case: 2 to 200 characters.</param>
/// <param name="Field">Only this part of an item (prompt, a, b, responses, text) or this other field; null for all.</param>
/// <param name="State">Only items with a slot in this state; null for all.</param>
public sealed record SearchRequest(string Text, string? Field = null, SlotState? State = null);

/// <param name="Text">What is looked for; null in lists.</param>
/// <param name="Scanned">Items looked at so far.</param>
/// <param name="Total">Items there were when it began.</param>
/// <param name="Found">Items found so far.</param>
/// <param name="Items">The first 1,000 of them; empty in lists.</param>
/// <param name="ExpiresAt">It is forgotten then.</param>
public sealed record SearchView(
    Guid Id, SearchState State, string? Text, string? Field, long Scanned, long Total, long Found, IReadOnlyList<SearchFind> Items,
    DateTimeOffset RequestedAt, DateTimeOffset? EndedAt, DateTimeOffset ExpiresAt);

internal static class SearchEndpoints
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    public static void MapSearchEndpoints(this RouteGroupBuilder lab)
    {
        var searches = lab.InProject("/searches");
        searches.MapGet("", List).RequireAuthorization(Policies.Staff);
        searches.MapPost("", Create).RequireAuthorization(Policies.Staff).RequireNotSuspended();
        searches.MapGet("/{search:guid}", Get).RequireAuthorization(Policies.Staff);
        searches.MapDelete("/{search:guid}", Delete).RequireAuthorization(Policies.Staff).RequireNotSuspended();
    }

    private static async Task<Results<Created<SearchView>, ProblemHttpResult>> Create(
        SearchRequest request, InProject at, Actor actor, IVault vault, AppDb db, SlotCounting counting, SearchQueue queue, TimeProvider time, CancellationToken cancellation)
    {
        if (request.Text is not { Length: >= 2 and <= 200 } || string.IsNullOrWhiteSpace(request.Text))
            return Problems.Invalid("What is looked for has 2 to 200 characters.", "text");
        if (request.Field is { Length: > 200 })
            return Problems.Invalid("A field's name has at most 200 characters.", "field");
        if (request.State is { } state && !Enum.IsDefined(state))
            return Problems.Invalid("There is no such state.", "state");
        if (await vault.StoppingAsync(actor, at.Facts.Id, cancellation) is { } suspension)
            return Problems.Suspended(suspension.Reason);

        var id = RecordId.New();
        var plaintext = JsonSerializer.SerializeToUtf8Bytes(new SealedSearch(1, request.Text, request.Field), SealedJson.Shapes.SealedSearch);
        (await vault.SealAsync(actor, at.Facts.Id, RecordKind.Search, id, plaintext, expected: 0)).Expect();
        var now = time.GetUtcNow();
        var search = new Search
        {
            Id = id.Value,
            Project = at.Id,
            Slots = request.State,
            Total = (await counting.CountAsync(at.Id, cancellation)).Items,
            RequestedBy = actor.Pseudonym,
            RequestedAt = now,
            ExpiresAt = now + Kept,
        };
        db.Searches.Add(search);
        await db.SaveChangesAsync(CancellationToken.None);
        queue.Ring();
        return TypedResults.Created($"/api/labs/{actor.LabSlug}/projects/{at.Id}/searches/{id}", View(search, new SealedSearch(1, request.Text, request.Field), []));
    }

    private static async Task<Ok<List<SearchView>>> List(InProject at, AppDb db, CancellationToken cancellation)
    {
        var searches = await db.Searches.AsNoTracking().Where(s => s.Project == at.Id).OrderByDescending(s => s.Id).Take(100).ToListAsync(cancellation);
        return TypedResults.Ok(searches.ConvertAll(search => View(search, null, [])));
    }

    /// <summary>How far it has got, and what it found: opened in the reader's own name.</summary>
    private static async Task<Results<Ok<SearchView>, ProblemHttpResult>> Get(
        Guid search, InProject at, Actor actor, IVault vault, AppDb db, CancellationToken cancellation)
    {
        var found = await db.Searches.AsNoTracking().SingleOrDefaultAsync(s => s.Id == search && s.Project == at.Id, cancellation);
        if (found is null)
            return Problems.NotFound();
        var finds = await db.SearchFinds.Where(f => f.Search == search).OrderBy(f => f.Ordinal).Select(f => f.Record).ToListAsync(cancellation);
        var outcome = await vault.OpenAsync(
            actor, at.Facts.Id, Purpose.Search,
            [new(RecordKind.Search, new RecordId(search)), .. finds.Select(record => new RecordRef(RecordKind.Search, new RecordId(record)))], cancellation);
        if (outcome is not OpenOutcome.Opened opened)
            return Problems.Refused((OpenOutcome.Refused)outcome);
        var asked = JsonSerializer.Deserialize(opened.Records[0].Plaintext.Span, SealedJson.Shapes.SealedSearch)!;
        return TypedResults.Ok(View(found, asked,
            [.. opened.Records.Skip(1).SelectMany(record => JsonSerializer.Deserialize(record.Plaintext.Span, SealedJson.Shapes.SealedFinds)!.Items)]));
    }

    /// <summary>Cancels a search that goes on, and forgets one that is over.</summary>
    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(
        Guid search, InProject at, Actor actor, IVault vault, AppDb db, TimeProvider time, CancellationToken cancellation)
    {
        var found = await db.Searches.AsNoTracking().SingleOrDefaultAsync(s => s.Id == search && s.Project == at.Id, cancellation);
        if (found is null)
            return Problems.NotFound();
        var cancelled = await db.Searches.Where(s => s.Id == search && s.State == SearchState.Scanning)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.State, SearchState.Cancelled).SetProperty(s => s.EndedAt, time.GetUtcNow()), cancellation);
        if (cancelled == 0)
            await SearchQueue.RemoveAsync(db, vault, actor.Lab, actor.Principal, found, cancellation);
        return TypedResults.NoContent();
    }

    private static SearchView View(Search search, SealedSearch? asked, IReadOnlyList<SearchFind> items) => new(
        search.Id, search.State, asked?.Text, asked?.Field, search.Scanned, search.Total, search.Found, items, search.RequestedAt, search.EndedAt, search.ExpiresAt);
}
