using System.Security.Cryptography;
using System.Text.Json;
using Cofferdam.Federation.Keys;
using Cofferdam.Federation.Peers;
using Cofferdam.Federation.Signing;
using Cofferdam.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Federation.Pairing;

/// <summary>What came of beginning a pairing.</summary>
internal abstract record BeginOutcome
{
    private BeginOutcome() { }

    public sealed record Begun(Peer Peer) : BeginOutcome;

    public sealed record Failed(PeerTrouble Trouble) : BeginOutcome;

    /// <param name="Code">What the other node said.</param>
    public sealed record Refused(string? Code) : BeginOutcome;

    /// <summary>What answers there is this node, or one of the same kind.</summary>
    public sealed record NotTheOtherKind : BeginOutcome;
}

/// <summary>What the people of this node do about pairings.</summary>
internal sealed class Pairings(
    AppDb db, Store store, NodeIdentities identities, PeerClient client, IFederationHost host, IEnumerable<IPeerObserver> observers, TimeProvider time)
{
    public const string PairPath = "/federation/pair", SaltPath = "/federation/pair/salt", ConfirmedPath = "/federation/pair/confirmed", PeerPath = "/federation/peer";

    /// <summary>How long a pairing waits for people.</summary>
    public static readonly TimeSpan Waits = TimeSpan.FromDays(1);

    /// <summary>Asks another node to pair.</summary>
    public async Task<BeginOutcome> BeginAsync(PairingActor actor, Uri address, string lab, CancellationToken cancellation)
    {
        var identity = await identities.GetAsync(cancellation);
        var now = time.GetUtcNow();
        var keys = identity.PublicKeys(now);
        var pairing = Guid.NewGuid();
        var salt = NewSalt();
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new PairRequest(identity.Node, store.Kind, host.Name, host.Address.GetLeftPart(UriPartial.Authority), lab, keys, SHA256.HashData(salt)),
            FederationJson.Default.PairRequest);
        var signature = RequestSignature.Sign(identity.FederationKey, pairing, identity.Node, to: Guid.Empty, now, HttpMethod.Post.Method, PairPath, body);
        switch (await client.SendAsync(new Uri(address, PairPath), signature, HttpMethod.Post, body, "application/json", headers: null, cancellation))
        {
            case PeerOutcome.Failed failed:
                return new BeginOutcome.Failed(failed.Trouble);
            case PeerOutcome.Answered { IsSuccess: false } refused:
                return new BeginOutcome.Refused(refused.Code);
            case PeerOutcome.Answered answered when StrictJson.Read(answered.Body.Span, FederationJson.Default.PairReply) is { } reply && IsSound(reply):
                if (reply.Node == identity.Node || reply.Kind == store.Kind)
                    return new BeginOutcome.NotTheOtherKind();
                return await RevealAsync(
                    new Peer
                    {
                        Id = pairing,
                        Owner = actor.Owner.Value,
                        Node = reply.Node,
                        Lab = lab,
                        Name = reply.Name,
                        Address = address.GetLeftPart(UriPartial.Authority),
                        Keys = reply.Keys,
                        Told = keys.Version,
                        Fingerprint = FingerprintOf(identity.Node, keys, reply.Node, reply.Keys, pairing, salt, reply.Salt),
                        CreatedAt = now,
                        CreatedBy = actor.By,
                    },
                    identity, salt, cancellation);
            default:
                return new BeginOutcome.Failed(PeerTrouble.Unreachable);
        }
    }

    /// <summary>Shows the other node this one's salt, now that its own cannot be changed any more.</summary>
    private async Task<BeginOutcome> RevealAsync(Peer peer, NodeIdentity identity, byte[] salt, CancellationToken cancellation)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new Revealed(salt), FederationJson.Default.Revealed);
        switch (await client.SendAsync(peer, identity.Node, identity.FederationKey, HttpMethod.Post, SaltPath, body, "application/json", headers: null, cancellation))
        {
            case PeerOutcome.Answered { IsSuccess: true }:
                db.Peers.Add(peer);
                await db.SaveChangesAsync(CancellationToken.None);
                return new BeginOutcome.Begun(peer);
            case PeerOutcome.Answered refused:
                return new BeginOutcome.Refused(refused.Code);
            default:
                return new BeginOutcome.Failed(PeerTrouble.Unreachable);
        }
    }

    /// <summary>The people here say that the fingerprint is the same there, and the other node is told so.</summary>
    /// <returns>The pairing as it is then: active where the other side has confirmed too.</returns>
    public async Task<Peer> ConfirmAsync(Peer peer, Guid by, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var changed = await db.Peers.Where(row => row.Id == peer.Id && row.ConfirmedAt == null && row.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.ConfirmedAt, now).SetProperty(row => row.ConfirmedBy, by), CancellationToken.None);
        var current = await ChangedAsync(peer.Id, changed, cancellation);
        var told = await client.SendAsync(current, HttpMethod.Post, ConfirmedPath, Json(new Confirmed(true)), cancellation: cancellation);
        // Where it did not answer it asks in its turn once its own people confirm.
        return told is PeerOutcome.Answered { IsSuccess: true } answer && StrictJson.Read(answer.Body.Span, FederationJson.Default.Confirmed) is { Here: true }
            ? await MarkTheyConfirmedAsync(peer.Id, cancellation)
            : await FindAsync(peer.Id, cancellation);
    }

    /// <summary>The people there have confirmed.</summary>
    /// <returns>The pairing as it is then.</returns>
    public async Task<Peer> MarkTheyConfirmedAsync(Guid pairing, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var changed = await db.Peers.Where(row => row.Id == pairing && row.TheyConfirmedAt == null && row.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.TheyConfirmedAt, now), CancellationToken.None);
        return await ChangedAsync(pairing, changed, cancellation);
    }

    /// <summary>Ends a pairing, and tells the other node where this one's people had confirmed it.</summary>
    /// <param name="by">Null: the other side ends it.</param>
    public async Task EndAsync(Peer peer, Guid? by, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (await db.Peers.Where(row => row.Id == peer.Id && row.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.EndedAt, now).SetProperty(row => row.EndedBy, by), CancellationToken.None) == 0)
            return;
        var ended = await FindAsync(peer.Id, cancellation);
        foreach (var observer in observers)
            await observer.EndedAsync(ended, cancellation);
        // To an address that a stranger has named nothing is sent. A node that is away learns it with the next thing it asks.
        if (by is not null && (peer.ConfirmedAt is not null || peer.CreatedBy is not null))
            await client.SendAsync(peer, HttpMethod.Delete, PeerPath, cancellation: cancellation);
    }

    /// <summary>Whether the people here have confirmed these two nodes for that lab already.</summary>
    /// <remarks>Also where the other side has yet to: whoever holds that back could become a second node of the same id later.</remarks>
    public async Task<bool> IsPairedAsync(Peer peer, CancellationToken cancellation) =>
        await db.Peers.AnyAsync(
            row => row.Id != peer.Id && row.Owner == peer.Owner && row.Node == peer.Node && row.Lab == peer.Lab
                && row.EndedAt == null && row.ConfirmedAt != null,
            cancellation);

    /// <summary>Forgets pairings that nobody here has confirmed in time.</summary>
    public Task ForgetAsync(CancellationToken cancellation)
    {
        var since = time.GetUtcNow() - Waits;
        return db.Peers.Where(row => row.ConfirmedAt == null && row.CreatedAt < since).ExecuteDeleteAsync(cancellation);
    }

    /// <summary>Makes this node's salt.</summary>
    public static byte[] NewSalt() => RandomNumberGenerator.GetBytes(Fingerprint.SaltBytes);

    /// <summary>What the people compare.</summary>
    /// <param name="first">Salt of the node that began.</param>
    /// <param name="second">Salt of the node that answered.</param>
    public static string FingerprintOf(Guid one, KeySet ones, Guid other, KeySet others, Guid pairing, byte[] first, ReadOnlySpan<byte> second) => Fingerprint.Of(
        new NodeCard(one, ones.NewestFederationKey, ones.NewestStatementKey),
        new NodeCard(other, others.NewestFederationKey, others.NewestStatementKey), pairing, first, second);

    /// <summary>Whether a name can be shown to people.</summary>
    public static bool IsName(string name) => name.Length is > 0 and <= 100 && !name.Any(char.IsControl) && !string.IsNullOrWhiteSpace(name);

    /// <summary>Reads a pairing anew, and tells the rooms where the change has made it active.</summary>
    private async Task<Peer> ChangedAsync(Guid pairing, int changed, CancellationToken cancellation)
    {
        var peer = await FindAsync(pairing, cancellation);
        if (changed == 1 && peer.State is PeerState.Active)
        {
            foreach (var observer in observers)
                await observer.ActivatedAsync(peer, cancellation);
        }

        return peer;
    }

    private static bool IsSound(PairReply reply) =>
        reply.Node != Guid.Empty && IsName(reply.Name) && reply.Keys.IsSound() && reply.Salt.Length == Fingerprint.SaltBytes;

    private static byte[] Json(Confirmed confirmed) => JsonSerializer.SerializeToUtf8Bytes(confirmed, FederationJson.Default.Confirmed);

    private Task<Peer> FindAsync(Guid pairing, CancellationToken cancellation) => db.Peers.AsNoTracking().SingleAsync(row => row.Id == pairing, cancellation);
}
