using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Cofferdam.Work.Ledgers;

/// <summary>Routes of a lab's ledger: its state, its receipts, and what proves them.</summary>
internal static class LedgerEndpoints
{
    public static void MapLedgerEndpoints(this RouteGroupBuilder lab)
    {
        var ledger = lab.MapGroup("/ledger").RequireAuthorization(Policies.Observer);
        ledger.MapGet("", Head);
        ledger.MapGet("/receipts", Stream);
        ledger.MapGet("/receipts/{sequence:long:min(0)}", Get);
        ledger.MapGet("/receipts/{sequence:long:min(0)}/proof", Proof);
        ledger.MapGet("/consistency", Consistency);
        lab.MapPost("/ledger/index", Rebuild).RequireAuthorization(Policies.Owner);
    }

    private static async Task<Ok<LedgerView>> Head(Actor actor, IVault vault, CancellationToken cancellation)
    {
        var head = await vault.HeadAsync(actor.Lab, cancellation);
        var log = await vault.LogAsync(actor.Lab, cancellation);
        var figures = await vault.FiguresAsync(cancellation);
        return TypedResults.Ok(new LedgerView(
            head.Size, head.Root.ToArray(), figures.Unseals, vault.Identity.EvaluationMode, vault.Identity.Process, LogView.Of(log)));
    }

    private static async Task<Results<Ok<ReceiptView>, ProblemHttpResult>> Get(long sequence, Actor actor, IVault vault, CancellationToken cancellation) =>
        await vault.ReceiptAsync(actor.Lab, sequence, cancellation) is { } receipt ? TypedResults.Ok(ReceiptView.Of(receipt)) : Problems.NotFound();

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Proof(long sequence, Actor actor, IVault vault, CancellationToken cancellation) =>
        await vault.ProofAsync(actor.Lab, sequence, cancellation) is { } proof
            ? TypedResults.File(proof.ToArray(), "application/octet-stream", $"receipt-{sequence}.tlog-proof")
            : Problems.Of(StatusCodes.Status404NotFound, "no-proof-yet", "No checkpoint covers this receipt yet. One is signed within a second of it: ask again.");

    private static async Task<Results<Ok<ConsistencyView>, ProblemHttpResult>> Consistency(
        Actor actor, IVault vault, CancellationToken cancellation, long from = 0, long to = 0) =>
        await vault.ConsistencyAsync(actor.Lab, from, to, cancellation) is { } hashes
            ? TypedResults.Ok(new ConsistencyView(from, to, [.. hashes.Select(hash => hash.ToArray())]))
            : Problems.Invalid("The log has no two such sizes: 'from' is at least 0, 'to' at most the size of the newest checkpoint.", "to");

    private static Results<PushStreamHttpResult, ProblemHttpResult> Stream(Actor actor, IVault vault, CancellationToken cancellation, long from = 0) =>
        from < 0
            ? Problems.Invalid("Receipts are counted from 0.", "from")
            : TypedResults.Stream(body => ReceiptLines.WriteAsync(body, vault.LedgerAsync(actor.Lab, from, cancellation), cancellation), "application/x-ndjson");

    private static async Task<NoContent> Rebuild(Actor actor, IVault vault)
    {
        await vault.RebuildIndexAsync(actor.Lab, CancellationToken.None);
        return TypedResults.NoContent();
    }
}
