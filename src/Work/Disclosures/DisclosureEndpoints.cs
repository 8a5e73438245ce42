using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Labs;
using Cofferdam.Work.Projects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Cofferdam.Work.Disclosures;

/// <param name="Name">The person's handle; null for a service, and for somebody who is no member any more.</param>
public sealed record DisclosedTo(PrincipalKind Kind, Guid Pseudonym, string? Name);

/// <param name="Again">The same person had been shown this version before.</param>
public sealed record DisclosedRecord(RecordKind Kind, Guid Id, long Version, long Bytes, bool Again);

/// <param name="Assignment">The slot it was opened for.</param>
/// <param name="Refusal">Why nothing was shown; null where it was.</param>
/// <param name="SignedWith">The browser key that the person signed it with; null: it rests on the server's word.</param>
public sealed record DisclosureRow(
    long Sequence, DateTimeOffset Time, Act Act, DisclosedTo Person, Purpose Purpose, IReadOnlyList<DisclosedRecord> Records, Guid? Assignment, RefusalReason? Refusal,
    Guid? SignedWith = null);

/// <param name="Next">What to pass as <c>before</c> for the rows that follow; null at the end.</param>
public sealed record DisclosurePage(IReadOnlyList<DisclosureRow> Rows, long? Next);

/// <summary>Which disclosures; what is null narrows nothing.</summary>
internal sealed class DisclosureFilter
{
    /// <summary>Pseudonym.</summary>
    [FromQuery(Name = "person")]
    public Guid? Person { get; init; }

    /// <summary>Id of an item, a guideline section, a form, an answer.</summary>
    [FromQuery(Name = "record")]
    public Guid? Record { get; init; }

    [FromQuery(Name = "act")]
    public string? Act { get; init; }

    [FromQuery(Name = "purpose")]
    public string? Purpose { get; init; }

    [FromQuery(Name = "from")]
    public DateTimeOffset? From { get; init; }

    [FromQuery(Name = "to")]
    public DateTimeOffset? To { get; init; }

    /// <summary>Id of the server process that asked.</summary>
    [FromQuery(Name = "process")]
    public Guid? Process { get; init; }

    [FromQuery(Name = "engagement")]
    public Guid? Engagement { get; init; }

    /// <summary>Only those with a lower sequence number.</summary>
    [FromQuery(Name = "before")]
    public long? Before { get; init; }

    /// <summary>1 to 1,000; null: 100.</summary>
    [FromQuery(Name = "limit")]
    public int? Limit { get; init; }
}

internal static class DisclosureEndpoints
{
    private static readonly Act[] Shown = [Act.Open, Act.Export, Act.Send, Act.Refuse];

    public static void MapDisclosureEndpoints(this RouteGroupBuilder lab)
    {
        lab.MapGet("/disclosures", ListOfLab).RequireAuthorization(Policies.Observer);
        lab.InProject().MapGet("/disclosures", ListOfProject).RequireAuthorization(Policies.Observer);
    }

    private static Task<Results<Ok<DisclosurePage>, ProblemHttpResult>> ListOfLab(
        [AsParameters] DisclosureFilter filter, Actor actor, IVault vault, AppDb db, CancellationToken cancellation) =>
        ListAsync(project: null, filter, actor, vault, db, cancellation);

    private static Task<Results<Ok<DisclosurePage>, ProblemHttpResult>> ListOfProject(
        InProject at, [AsParameters] DisclosureFilter filter, Actor actor, IVault vault, AppDb db, CancellationToken cancellation) =>
        ListAsync(at.Facts.Id, filter, actor, vault, db, cancellation);

    private static async Task<Results<Ok<DisclosurePage>, ProblemHttpResult>> ListAsync(
        ProjectId? project, DisclosureFilter filter, Actor actor, IVault vault, AppDb db, CancellationToken cancellation)
    {
        var (act, purpose, limit) = (filter.Act, filter.Purpose, filter.Limit ?? 100);
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
                actor.Lab, project, filter.Person, filter.Record is { } id ? new RecordId(id) : null, one is { } asked ? [asked] : Shown, filter.From, filter.To, filter.Before,
                limit, reason, filter.Process, filter.Engagement),
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
        receipt.Assignment, receipt.Refusal, receipt.Proof?.Key);
}
