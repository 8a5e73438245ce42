using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Cofferdam.Federation.Keys;
using Cofferdam.Federation.Peers;
using Cofferdam.Federation.Signing;
using Cofferdam.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Federation.Pairing;

/// <summary>What other nodes ask of this one about pairings.</summary>
internal static class FederationEndpoints
{
    /// <summary>Most pairings of one owner that others began and nobody here has confirmed. Beyond it, people here can still begin one.</summary>
    public const int MostPending = 20;

    public static void MapPairingOfNodes(this RouteGroupBuilder federation)
    {
        federation.MapPost("/pair", Pair);
        federation.MapPost("/pair/salt", TakeSalt).RequirePairing();
        federation.MapPost("/pair/confirmed", TakeConfirmed).RequirePairing();
        federation.MapPost("/keys", TakeKeys).RequirePairing();
        federation.MapDelete("/peer", End).RequirePairing();
    }

    // The one door that is open to strangers: it writes a row that people look at, and says who this node is.
    private static async Task<IResult> Pair(
        HttpContext context, AppDb db, Store store, NodeIdentities identities, IFederationHost host, PeerNetwork network, Pairings pairings, TimeProvider time,
        CancellationToken cancellation)
    {
        if (network.StaysOnThisMachine && !IsOfThisMachine(context))
            return PairingProblems.BeyondThisMachine();
        if (await PeerRequests.ReadAsync(context.Request, cancellation) is not { } body)
            return PeerProblems.TooLong();
        var now = time.GetUtcNow();
        if (RequestSignature.Parse(context.Request.Headers[RequestSignature.Header]) is not { } signature)
            return PeerProblems.Signature();
        if (StrictJson.Read(body, FederationJson.Default.PairRequest) is not { } asked || !IsSound(asked))
            return PeerProblems.Malformed();
        if (!signature.IsInTime(now))
            return PeerProblems.Clock();
        if (signature.To != Guid.Empty || signature.From != asked.Node || signature.Pairing == Guid.Empty
            || !signature.IsBy(asked.Keys.NewestFederationKey, context.Request.Method, PeerRequests.TargetOf(context), body))
            return PeerProblems.Signature();

        var identity = await identities.GetAsync(cancellation);
        if (asked.Node == identity.Node || asked.Kind == store.Kind)
            return PairingProblems.NotTheOtherKind();
        if (await host.OwnerAsync(asked.Lab, cancellation) is not { } owner)
            return PairingProblems.UnknownLab();
        await pairings.ForgetAsync(cancellation);
        if (await db.Peers.CountAsync(row => row.Owner == owner.Value && row.CreatedBy == null && row.ConfirmedAt == null && row.EndedAt == null, cancellation) >= MostPending)
            return PairingProblems.TooManyPending();
        if (await db.Peers.AnyAsync(row => row.Id == signature.Pairing, cancellation))
            return PeerProblems.Replayed();

        var keys = identity.PublicKeys(now);
        var salt = Pairings.NewSalt();
        db.Peers.Add(new Peer
        {
            Id = signature.Pairing,
            Owner = owner.Value,
            Node = asked.Node,
            Lab = asked.Lab,
            Name = asked.Name,
            Address = asked.Address,
            Keys = asked.Keys,
            Told = keys.Version,
            Fingerprint = "",
            Unrevealed = [.. salt, .. asked.Commitment],
            CreatedAt = now,
        });
        await db.SaveChangesAsync(CancellationToken.None);
        return TypedResults.Json(new PairReply(identity.Node, store.Kind, host.Name, keys, salt), FederationJson.Default.PairReply, statusCode: StatusCodes.Status202Accepted);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> TakeSalt(PeerRequest request, AppDb db, NodeIdentities identities, TimeProvider time, CancellationToken cancellation)
    {
        var peer = await db.Peers.SingleAsync(row => row.Id == request.Peer.Id, cancellation);
        if (StrictJson.Read(request.Body.Span, FederationJson.Default.Revealed) is not { } revealed || revealed.Salt.Length != Fingerprint.SaltBytes
            || peer.Unrevealed is not { } unrevealed || !SHA256.HashData(revealed.Salt).AsSpan().SequenceEqual(unrevealed.AsSpan(Fingerprint.SaltBytes)))
            return PeerProblems.Malformed();
        var identity = await identities.GetAsync(cancellation);
        if (identity.Version != peer.Told)
            return PeerProblems.UnknownPeer();
        peer.Fingerprint = Pairings.FingerprintOf(
            identity.Node, identity.PublicKeys(time.GetUtcNow()), peer.Node, peer.Keys, peer.Id, revealed.Salt, unrevealed.AsSpan(0, Fingerprint.SaltBytes));
        peer.Unrevealed = null;
        await db.SaveChangesAsync(CancellationToken.None);
        return TypedResults.NoContent();
    }

    private static async Task<JsonHttpResult<Confirmed>> TakeConfirmed(Peer peer, Pairings pairings, CancellationToken cancellation)
    {
        var now = await pairings.MarkTheyConfirmedAsync(peer.Id, cancellation);
        return TypedResults.Json(new Confirmed(now.ConfirmedAt is not null), FederationJson.Default.Confirmed);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> TakeKeys(
        PeerRequest request, HttpContext context, AppDb db, IEnumerable<IPeerObserver> observers, CancellationToken cancellation)
    {
        if (StrictJson.Read(request.Body.Span, FederationJson.Default.KeySet) is not { } keys || !keys.IsSound())
            return PeerProblems.Malformed();
        var peer = await db.Peers.SingleAsync(row => row.Id == request.Peer.Id, cancellation);
        // What the fingerprint is to cover may not change once its salts begin to be known.
        if (peer.Unrevealed is not null)
            return PeerProblems.Pending();
        var signedWith = context.Features.GetRequiredFeature<RequestSignature>().Key;
        // Whoever stole an older key that still overlaps can ask with it until it ends, but never change what comes after it.
        if (signedWith != peer.Keys.NewestFederationKey.Kid)
            return PeerProblems.NotNewest();
        if (keys.Version == peer.Keys.Version && IsSame(keys, peer.Keys))
            return TypedResults.NoContent();
        if (keys.Version <= peer.Keys.Version)
            return PeerProblems.NotNewest();
        peer.Keys = keys;
        await db.SaveChangesAsync(CancellationToken.None);
        foreach (var observer in observers)
            await observer.KeysChangedAsync(peer, cancellation);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> End(Peer peer, Pairings pairings, CancellationToken cancellation)
    {
        await pairings.EndAsync(peer, by: null, cancellation);
        return TypedResults.NoContent();
    }

    private static bool IsSame(KeySet one, KeySet other) =>
        JsonSerializer.Serialize(one, FederationJson.Default.KeySet) == JsonSerializer.Serialize(other, FederationJson.Default.KeySet);

    private static bool IsSound(PairRequest asked) =>
        asked.Node != Guid.Empty && Enum.IsDefined(asked.Kind) && Pairings.IsName(asked.Name) && asked.Lab.Length is > 0 and <= 64
        && PeerAddress.Parse(asked.Address) is { } address && address.GetLeftPart(UriPartial.Authority) == asked.Address
        && asked.Keys.IsSound() && asked.Commitment.Length == SHA256.HashSizeInBytes;

    private static bool IsOfThisMachine(HttpContext context) => context.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from);
}
