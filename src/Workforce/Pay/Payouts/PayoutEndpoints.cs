using Cofferdam.Storage;
using Cofferdam.Workforce.Access;
using Cofferdam.Workforce.Pay.Entries;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Pay.Payouts;

/// <param name="Until">Statements for days up to this one.</param>
/// <param name="ExecuteOn">Day on which the bank is asked to pay: today or later.</param>
public sealed record PayoutRequest(string Currency, DateOnly Until, DateOnly ExecuteOn);

/// <param name="Digest">As the payout shows it: what is approved is what was looked at.</param>
public sealed record PayoutApprovalRequest(string Digest);

/// <param name="MessageId">The files' id.</param>
/// <param name="Transfers">One per expert.</param>
/// <param name="Total">Minor units.</param>
/// <param name="Digest">SHA-256 over what is to be paid to whom, lower-case hex.</param>
public sealed record PayoutView(
    Guid Id, string MessageId, string Currency, PayoutState State, DateOnly ExecuteOn, int Transfers, long Total, string Digest,
    Guid ProposedBy, DateTimeOffset ProposedAt, Guid? ApprovedBy, DateTimeOffset? ApprovedAt);

/// <param name="WithoutDetails">Experts left out because they have not said where their money goes.</param>
/// <param name="BelowNothing">Experts left out because more was put right than earned.</param>
public sealed record PayoutProposal(PayoutView Payout, int WithoutDetails, int BelowNothing);

/// <summary>A statement in a payout.</summary>
/// <param name="Amount">Minor units.</param>
public sealed record PayoutLineView(Guid Statement, Guid Expert, long Amount);

/// <summary>A file that was made.</summary>
/// <param name="Sha256">Lower-case hex.</param>
public sealed record PayoutFileView(PayoutFormat Format, Guid By, DateTimeOffset At, string Sha256);

public sealed record PayoutContent(PayoutView Payout, IReadOnlyList<PayoutLineView> Lines, IReadOnlyList<PayoutFileView> Files);

/// <summary>Payouts: proposed by one of the desk, approved by another of payroll, then made into files.</summary>
internal static class PayoutEndpoints
{
    public static void MapPayoutEndpoints(this RouteGroupBuilder pay)
    {
        var payouts = pay.MapGroup("/payouts");
        payouts.MapPost("", Propose).RequireAuthorization(VendorPolicies.Desk).WithSummary("Put unpaid statements together to be paid");
        payouts.MapGet("", List).RequireAuthorization(VendorPolicies.Desk).WithSummary("Payouts, newest first");
        payouts.MapGet("/{payout:guid}", Open).RequireAuthorization(VendorPolicies.Desk).WithSummary("A payout with its lines");
        payouts.MapPost("/{payout:guid}/approve", Approve).RequireAuthorization(VendorPolicies.Payroll).WithSummary("Approve a payout, by a second person");
        payouts.MapPost("/{payout:guid}/withdraw", Withdraw).RequireAuthorization(VendorPolicies.Desk).WithSummary("Give a payout up before it is approved");
        payouts.MapPost("/{payout:guid}/files/{format}", Make).RequireAuthorization(VendorPolicies.Payroll).WithSummary("Make the file of an approved payout: csv or pain001")
            .Produces(StatusCodes.Status200OK, contentType: "text/csv", additionalContentTypes: "application/xml");
        pay.MapGet("/account", Account).RequireAuthorization(VendorPolicies.Owner).WithSummary("The vendor's own account");
        pay.MapPut("/account", SetAccount).RequireAuthorization(VendorPolicies.Owner).WithSummary("Say the vendor's own account");
    }

    private static async Task<Results<Created<PayoutProposal>, ProblemHttpResult>> Propose(
        PayoutRequest request, VendorActor actor, Payouts payouts, TimeProvider time)
    {
        if (!Currency.TryFind(request.Currency, out _))
            return Problems.Invalid("Give the ISO 4217 code of a currency that this node pays in, such as EUR.", "currency");
        if (request.ExecuteOn < DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime))
            return Problems.Invalid("The bank is asked to pay today or later.", "executeOn");
        var proposed = await payouts.ProposeAsync(request.Currency, request.Until, request.ExecuteOn, actor.Person);
        return proposed.Payout is { } payout
            ? TypedResults.Created($"/api/desk/pay/payouts/{payout.Id}", new PayoutProposal(View(payout, null), proposed.WithoutDetails, proposed.BelowNothing))
            : Problems.Of(StatusCodes.Status409Conflict, "nothing-to-pay",
                $"No statement waits to be paid. Left out: {proposed.WithoutDetails} people who have not said where their money goes, {proposed.BelowNothing} who are owed nothing.");
    }

    private static async Task<Ok<List<PayoutView>>> List(AppDb db, CancellationToken cancellation)
    {
        var rows = await db.Payouts.AsNoTracking().OrderByDescending(payout => payout.Number).Take(EntryEndpoints.MostRows).ToListAsync(cancellation);
        var ids = rows.ConvertAll(row => row.Id);
        var approvals = await db.PayoutApprovals.AsNoTracking().Where(one => ids.Contains(one.Payout)).ToDictionaryAsync(one => one.Payout, cancellation);
        return TypedResults.Ok(rows.ConvertAll(row => View(row, approvals.GetValueOrDefault(row.Id))));
    }

    private static async Task<Results<Ok<PayoutContent>, ProblemHttpResult>> Open(Guid payout, AppDb db, CancellationToken cancellation)
    {
        if (await db.Payouts.AsNoTracking().SingleOrDefaultAsync(one => one.Id == payout, cancellation) is not { } found)
            return Problems.NotFound();
        var approval = await db.PayoutApprovals.AsNoTracking().SingleOrDefaultAsync(one => one.Payout == payout, cancellation);
        var lines = await db.PayoutLines.AsNoTracking().Where(line => line.Payout == payout).OrderBy(line => line.Statement).ToListAsync(cancellation);
        var files = await db.PayoutFiles.AsNoTracking().Where(file => file.Payout == payout).OrderBy(file => file.Id).ToListAsync(cancellation);
        return TypedResults.Ok(new PayoutContent(
            View(found, approval),
            lines.ConvertAll(line => new PayoutLineView(line.Statement, line.Expert, line.Amount)),
            files.ConvertAll(file => new PayoutFileView(file.Format, file.By, file.At, Convert.ToHexStringLower(file.Sha256)))));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Approve(
        Guid payout, PayoutApprovalRequest request, VendorActor actor, Payouts payouts, PayMarks marks)
    {
        var digest = new byte[32];
        if (request.Digest.Length != 64 || Convert.FromHexString(request.Digest, digest, out _, out _) is not System.Buffers.OperationStatus.Done)
            return Problems.Invalid("Send the digest that the payout shows.", "digest");
        var outcome = await payouts.ApproveAsync(payout, digest, actor.Person);
        if (outcome is not PayoutOutcome.Done)
            return Problem(outcome);
        await marks.MarkAsync();
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Withdraw(Guid payout, Payouts payouts)
    {
        var outcome = await payouts.WithdrawAsync(payout);
        return outcome is PayoutOutcome.Done ? TypedResults.NoContent() : Problem(outcome);
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Make(
        Guid payout, string format, VendorActor actor, PayoutFiles files, HttpContext http, CancellationToken cancellation)
    {
        PayoutFormat? known = format switch { "csv" => PayoutFormat.Csv, "pain001" => PayoutFormat.Pain001, _ => null };
        if (known is not { } made)
            return Problems.NotFound();
        var (file, problem) = await files.MakeAsync(payout, made, actor, cancellation);
        if (file is null)
            return problem!;
        http.Response.Headers.CacheControl = "no-store";
        return made is PayoutFormat.Csv
            ? TypedResults.File(file, "text/csv; charset=utf-8", $"payout-{payout}.csv")
            : TypedResults.File(file, "application/xml", $"payout-{payout}.xml");
    }

    private static async Task<Results<Ok<PayDetails>, ProblemHttpResult>> Account(VendorActor actor, PayWords words, CancellationToken cancellation)
    {
        var (details, problem) = await words.OpenDetailsAsync(actor, Guid.Empty, PayoutFiles.VendorAccount, cancellation);
        return details is null ? problem ?? Problems.NotFound() : TypedResults.Ok(details);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> SetAccount(PayDetails request, VendorActor actor, PayWords words)
    {
        if (request.Check() is { } fault)
            return Problems.Invalid(fault);
        await words.SealAsync(actor, Guid.Empty, PayoutFiles.VendorAccount, request);
        return TypedResults.NoContent();
    }

    private static ProblemHttpResult Problem(PayoutOutcome outcome) => outcome switch
    {
        PayoutOutcome.NotFound => Problems.NotFound(),
        PayoutOutcome.SamePerson => Problems.Of(StatusCodes.Status403Forbidden, "same-person", "A payout is approved by somebody who did not propose it, and whose pay is not in it."),
        PayoutOutcome.Changed => Problems.Of(StatusCodes.Status409Conflict, "changed", "What you looked at is not what would be paid. Load the payout again; where it stays so, check the ledger."),
        _ => Problems.Of(StatusCodes.Status409Conflict, "decided", "The payout is approved, or withdrawn, already. Reload to see how."),
    };

    private static PayoutView View(Payout of, PayoutApproval? approval) => new(
        of.Id, PayoutFiles.MessageId(of), of.Currency, of.State, of.ExecuteOn, of.Transfers, of.Total, Convert.ToHexStringLower(of.Digest),
        of.ProposedBy, of.ProposedAt, approval?.By, approval?.At);
}
