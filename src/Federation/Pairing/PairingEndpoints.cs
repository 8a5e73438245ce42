using Cofferdam.Federation.Peers;
using Cofferdam.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Federation.Pairing;

/// <summary>What people do about pairings; the same pages at lab and vendor.</summary>
internal sealed class PairingEndpoints(Func<HttpContext, PairingActor> actorOf)
{
    public async Task<Ok<List<PeerView>>> List(HttpContext context, AppDb db, Pairings pairings, CancellationToken cancellation)
    {
        await pairings.ForgetAsync(cancellation);
        var owner = actorOf(context).Owner.Value;
        var rows = await db.Peers.AsNoTracking().Where(peer => peer.Owner == owner && peer.Fingerprint != "").OrderBy(peer => peer.CreatedAt).ToListAsync(cancellation);
        return TypedResults.Ok(rows.ConvertAll(PeerView.Of));
    }

    public async Task<Results<Created<PeerView>, ProblemHttpResult>> Begin(
        PairingRequest request, HttpContext context, Pairings pairings, PeerNetwork network, CancellationToken cancellation)
    {
        var actor = actorOf(context);
        if (PeerAddress.Parse(request.Address) is not { } address)
            return PairingProblems.Address();
        if (network.StaysOnThisMachine && !PeerAddress.IsThisMachine(address))
            return PairingProblems.BeyondThisMachine();
        if ((actor.Lab ?? request.Lab) is not { Length: > 0 and <= 64 } lab)
            return Problems.Invalid("Say which lab of that node the pairing is about.", "lab");
        return await pairings.BeginAsync(actor, address, lab, cancellation) switch
        {
            BeginOutcome.Begun begun => TypedResults.Created($"{context.Request.Path}/{begun.Peer.Id}", PeerView.Of(begun.Peer)),
            BeginOutcome.Refused refused => PairingProblems.RefusedThere(refused.Code),
            BeginOutcome.NotTheOtherKind => PairingProblems.NotTheOtherKind(),
            BeginOutcome.Failed failed => PairingProblems.Of(failed.Trouble),
            _ => throw new InvalidOperationException("A pairing began in no known way."),
        };
    }

    public async Task<Results<Ok<PeerView>, ProblemHttpResult>> Confirm(
        Guid peer, ConfirmRequest request, HttpContext context, AppDb db, Pairings pairings, CancellationToken cancellation)
    {
        if (await FindAsync(peer, context, db, cancellation) is not { } row)
            return Problems.NotFound();
        if (row.State is PeerState.Ended)
            return PairingProblems.Ended();
        if (!Fingerprint.Matches(request.Fingerprint, row.Fingerprint))
            return PairingProblems.FingerprintDiffers();
        if (await pairings.IsPairedAsync(row, cancellation))
            return PairingProblems.AlreadyPaired();
        return TypedResults.Ok(PeerView.Of(await pairings.ConfirmAsync(row, actorOf(context).By, cancellation)));
    }

    public async Task<Results<NoContent, ProblemHttpResult>> End(Guid peer, HttpContext context, AppDb db, Pairings pairings, CancellationToken cancellation)
    {
        if (await FindAsync(peer, context, db, cancellation) is not { } row)
            return Problems.NotFound();
        await pairings.EndAsync(row, actorOf(context).By, cancellation);
        return TypedResults.NoContent();
    }

    private Task<Peer?> FindAsync(Guid peer, HttpContext context, AppDb db, CancellationToken cancellation)
    {
        var owner = actorOf(context).Owner.Value;
        return db.Peers.AsNoTracking().SingleOrDefaultAsync(row => row.Id == peer && row.Owner == owner && row.Fingerprint != "", cancellation);
    }
}
