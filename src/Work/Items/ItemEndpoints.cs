using System.Text.Json;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Imports;
using Cofferdam.Work.Projects;
using Cofferdam.Work.Slots;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.Items;

/// <summary>An item without its content.</summary>
/// <param name="Slots">State of each of its slots, in order.</param>
/// <param name="Gold">Its answers are known.</param>
/// <param name="Facets">What it has of the facets that the lab allows in clear.</param>
public sealed record ItemRow(Guid Id, Guid? Batch, IReadOnlyList<SlotState> Slots, Guid Import, bool Gold, IReadOnlyDictionary<string, string> Facets);

/// <param name="Rows">May be fewer than asked for, or none, while there is a next page.</param>
/// <param name="Next">What to pass as <c>after</c> for the rows that follow; null at the end.</param>
public sealed record ItemPage(IReadOnlyList<ItemRow> Rows, Guid? Next);

/// <param name="Exact">Otherwise there are at least so many: counting stopped.</param>
public sealed record ItemCount(long Count, bool Exact);

/// <param name="Content">The item's JSON as it was sealed.</param>
public sealed record ItemView(Guid Id, JsonElement Content, long Version, long Receipt);

internal static class ItemEndpoints
{
    private const int MostRows = 1_000;

    public static void MapItemEndpoints(this RouteGroupBuilder lab)
    {
        var items = lab.InProject("/items");
        items.MapGet("", List).RequireAuthorization(Policies.Staff);
        items.MapGet("/count", Count).RequireAuthorization(Policies.Staff);
        items.MapGet("/{item:guid}", Get).RequireAuthorization(Policies.Staff);
    }

    /// <param name="after">As the page before said.</param>
    /// <param name="state">At least one slot is in this state.</param>
    /// <param name="facet">Name and value with a colon between, such as <c>language:de</c>.</param>
    private static async Task<Results<Ok<ItemPage>, ProblemHttpResult>> List(
        InProject at, ItemLists lists, CancellationToken cancellation,
        Guid? after = null, int limit = 100, string? state = null, Guid? batch = null, Guid? import = null, string? facet = null, bool? gold = null)
    {
        if (limit is < 1 or > MostRows)
            return Problems.Invalid("A page has 1 to 1,000 rows.", "limit");
        return TryFilter(at, state, batch, import, facet, gold, out var filter)
            ? TypedResults.Ok(await lists.PageAsync(filter, after ?? Guid.Empty, limit, cancellation))
            : Unclear();
    }

    private static async Task<Results<Ok<ItemCount>, ProblemHttpResult>> Count(
        InProject at, ItemLists lists, CancellationToken cancellation,
        string? state = null, Guid? batch = null, Guid? import = null, string? facet = null, bool? gold = null) =>
        TryFilter(at, state, batch, import, facet, gold, out var filter)
            ? TypedResults.Ok(await lists.CountAsync(filter, cancellation))
            : Unclear();

    private static bool TryFilter(InProject at, string? state, Guid? batch, Guid? import, string? facet, bool? gold, out ItemFilter filter)
    {
        var parts = facet?.Split(':', 2);
        var known = state is null ? null : Names.Parse<SlotState>(state);
        filter = new ItemFilter(at.Id, batch, import, known, parts is [var name, var value] ? (name, value) : null, gold);
        return parts is null or { Length: 2 } && (state is null || known is not null);
    }

    private static ProblemHttpResult Unclear() => Problems.Invalid("A facet is a name and a value with a colon between; a state is one of a slot's.");

    private static async Task<Results<Ok<ItemView>, ProblemHttpResult>> Get(
        Guid item, InProject at, Actor actor, IVault vault, AppDb db, CancellationToken cancellation)
    {
        var imports = db.Imports;
        if (!await db.Items.AnyAsync(i => i.Id == item && i.Project == at.Id && imports.Any(f => f.Id == i.Import && f.State == ImportState.Done), cancellation))
            return Problems.NotFound();
        var outcome = await vault.OpenAsync(actor, at.Facts.Id, Purpose.Manage, [new(RecordKind.Item, new RecordId(item))], cancellation);
        if (outcome is not OpenOutcome.Opened opened)
            return Problems.Refused((OpenOutcome.Refused)outcome);
        var record = opened.Records[0];
        using var document = JsonDocument.Parse(record.Plaintext);
        return TypedResults.Ok(new ItemView(item, document.RootElement.Clone(), record.Version, opened.Receipt));
    }
}
