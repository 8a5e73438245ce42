using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Items;
using Cofferdam.Work.Labs;
using Cofferdam.Work.Projects;
using Cofferdam.Work.Slots;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.Reports;

/// <summary>What somebody at work told the lab of an item.</summary>
/// <param name="Id">Rises with time.</param>
/// <param name="Skipped">True: why the person passed it over. False: what is wrong with it.</param>
public sealed record ReportView(Guid Id, Guid Item, Guid Pseudonym, string? Name, DateTimeOffset Time, bool Skipped, string Text);

/// <param name="Rows">Newest first.</param>
/// <param name="Next">What to pass as <c>before</c> for the rows that follow; null at the end.</param>
public sealed record ReportPage(IReadOnlyList<ReportView> Rows, Guid? Next);

internal static class ReportEndpoints
{
    public static void MapReportEndpoints(this RouteGroupBuilder lab) =>
        lab.InProject().MapGet("/reports", List).RequireAuthorization(Policies.Staff);

    private static async Task<Results<Ok<ReportPage>, ProblemHttpResult>> List(
        InProject at, Actor actor, IVault vault, AppDb db, CancellationToken cancellation, Guid? before = null, int limit = 100)
    {
        if (limit is < 1 or > IVault.MaxRecordsPerAct)
            return Problems.Invalid($"A page has 1 to {IVault.MaxRecordsPerAct} rows.", "limit");

        var last = before ?? Guid.AllBitsSet;
        var reports = await db.Reports.Where(report => report.Project == at.Id && report.Id < last)
            .Join(db.Slots, report => report.Slot, slot => slot.Id, (report, slot) => new { report.Id, slot.Item, report.Person, report.ReportedAt })
            .OrderByDescending(report => report.Id).Take(limit).ToListAsync(cancellation);
        var skips = await db.Skips.Where(skip => skip.Reason != null && skip.Reason < last)
            .Join(db.Items.Where(item => item.Project == at.Id), skip => skip.Item, item => item.Id, (skip, _) => skip)
            .OrderByDescending(skip => skip.Reason).Take(limit).ToListAsync(cancellation);
        var names = await db.NamesAsync(actor.Lab, cancellation);
        ReportView[] rows =
        [
            .. reports.Select(report => new ReportView(report.Id, report.Item, report.Person, names.GetValueOrDefault(report.Person), report.ReportedAt, false, ""))
                .Concat(skips.Select(skip => new ReportView(skip.Reason!.Value, skip.Item, skip.Person, names.GetValueOrDefault(skip.Person), skip.SkippedAt, true, "")))
                .OrderByDescending(row => row.Id.ToString(), StringComparer.Ordinal).Take(limit),
        ];
        if (rows.Length == 0)
            return TypedResults.Ok(new ReportPage([], null));

        var outcome = await vault.OpenAsync(
            actor, at.Facts.Id, Purpose.Manage, [.. rows.Select(row => new RecordRef(RecordKind.Reason, new RecordId(row.Id)))], cancellation);
        return outcome is OpenOutcome.Opened opened
            ? TypedResults.Ok(new ReportPage(
                [.. rows.Zip(opened.Records, (row, record) => row with { Text = Words.Read(record) })], rows.Length == limit ? rows[^1].Id : null))
            : Problems.Refused((OpenOutcome.Refused)outcome);
    }
}
