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
public sealed record ItemRow(Guid Id, Guid? Batch, IReadOnlyList<SlotState> Slots);

/// <param name="Next">What to pass as <c>after</c> for the rows that follow; null at the end.</param>
public sealed record ItemPage(IReadOnlyList<ItemRow> Rows, Guid? Next);

/// <param name="Content">The item's JSON as it was sealed.</param>
public sealed record ItemView(Guid Id, JsonElement Content, long Version, long Receipt);

internal static class ItemEndpoints
{
    private const int MostRows = 1_000;

    public static void MapItemEndpoints(this RouteGroupBuilder lab)
    {
        var items = lab.InProject("/items");
        items.MapGet("", List).RequireAuthorization(Policies.Staff);
        items.MapGet("/{item:guid}", Get).RequireAuthorization(Policies.Staff);
    }

    private static async Task<Results<Ok<ItemPage>, ProblemHttpResult>> List(
        InProject at, Store store, CancellationToken cancellation, Guid? after = null, int limit = 100)
    {
        if (limit is < 1 or > MostRows)
            return Problems.Invalid("A page has 1 to 1,000 rows.", "limit");

        await using var connection = await store.OpenAsync(cancellation);
        var rows = new List<(Guid Id, Guid? Batch, List<SlotState> Slots)>(limit);
        await using var command = connection.Command(
            """
            SELECT i.id, i.batch, s.state
            FROM (SELECT o.id, o.batch FROM item o JOIN import f ON f.id = o.import AND f.state = 2
                  WHERE o.project = @project AND o.id > @after ORDER BY o.id LIMIT @limit) i
            LEFT JOIN slot s ON s.item = i.id
            ORDER BY i.id, s.ordinal
            """,
            ("@project", at.Id), ("@after", after ?? Guid.Empty), ("@limit", limit));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var id = reader.Id(0);
            if (rows.Count == 0 || rows[^1].Id != id)
                rows.Add((id, await reader.IsDBNullAsync(1, cancellation) ? null : reader.Id(1), []));
            if (!await reader.IsDBNullAsync(2, cancellation))
                rows[^1].Slots.Add((SlotState)reader.GetInt16(2));
        }

        return TypedResults.Ok(new ItemPage(
            [.. rows.Select(row => new ItemRow(row.Id, row.Batch, row.Slots))], rows.Count == limit ? rows[^1].Id : null));
    }

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
