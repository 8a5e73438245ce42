using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Labs;
using Cofferdam.Work.Projects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Cofferdam.Work.Disclosures;

/// <param name="Name">The person's handle; null for a service, and for somebody who is no member any more.</param>
public sealed record DisclosedTo(PrincipalKind Kind, Guid Pseudonym, string? Name);

/// <param name="Again">The same person had been shown this version before.</param>
public sealed record DisclosedRecord(RecordKind Kind, Guid Id, long Version, long Bytes, bool Again);

/// <param name="Assignment">The slot it was opened for.</param>
/// <param name="Refusal">Why nothing was shown; null where it was.</param>
public sealed record DisclosureRow(
    long Sequence, DateTimeOffset Time, Act Act, DisclosedTo Person, Purpose Purpose, IReadOnlyList<DisclosedRecord> Records, Guid? Assignment, RefusalReason? Refusal);

/// <param name="Next">What to pass as <c>before</c> for the rows that follow; null at the end.</param>
public sealed record DisclosurePage(IReadOnlyList<DisclosureRow> Rows, long? Next);

internal static class DisclosureEndpoints
{
    private static readonly Act[] Shown = [Act.Open, Act.Export, Act.Refuse];

    public static void MapDisclosureEndpoints(this RouteGroupBuilder lab) =>
        lab.InProject().MapGet("/disclosures", List).RequireAuthorization(Policies.Observer);

    private static async Task<Results<Ok<DisclosurePage>, ProblemHttpResult>> List(
        InProject at, Actor actor, IVault vault, AppDb db, CancellationToken cancellation,
        Guid? person = null, Guid? record = null, string? act = null, DateTimeOffset? from = null, DateTimeOffset? to = null, long? before = null, int limit = 100,
        string? purpose = null)
    {
        if (limit is < 1 or > 1_000)
            return Problems.Invalid("A page has 1 to 1,000 rows.", "limit");
        var one = act is null ? null : Names.Parse<Act>(act);
        if (act is not null && one is null)
            return Problems.Invalid("There is no such act.", "act");
        var reason = purpose is null ? null : Names.Parse<Purpose>(purpose);
        if (purpose is not null && reason is null)
            return Problems.Invalid("There is no such purpose.", "purpose");

        var receipts = await vault.ReceiptsAsync(
            new ReceiptQuery(
                actor.Lab, at.Facts.Id, person, record is { } id ? new RecordId(id) : null, one is { } asked ? [asked] : Shown, from, to, before, limit, reason),
            cancellation);
        var names = await db.NamesAsync(actor.Lab, cancellation);
        return TypedResults.Ok(new DisclosurePage(
            [.. receipts.Select(receipt => Row(receipt, names))], receipts.Count == limit ? receipts[^1].Sequence : null));
    }

    private static DisclosureRow Row(ReceiptEntry receipt, Dictionary<Guid, string> names) => new(
        receipt.Sequence, receipt.Time, receipt.Act,
        new DisclosedTo(receipt.Principal.Kind, receipt.Principal.Pseudonym, names.GetValueOrDefault(receipt.Principal.Pseudonym)),
        receipt.Purpose,
        [.. receipt.Records.Select(r => new DisclosedRecord(r.Kind, r.Id.Value, r.Version, r.Bytes, r.Again))],
        receipt.Assignment, receipt.Refusal);
}
