using Cofferdam.Federation.Keys;
using Cofferdam.Federation.Peers;
using Cofferdam.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Federation.Pairing;

/// <summary>New keys for this node, told to every peer.</summary>
internal static class NodeKeyEndpoints
{
    /// <summary>How long the key before goes on: longer than a statement is good for, and than another process of this node may keep the old identity in memory.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromDays(7);

    public static async Task<Results<Ok<NewKeyView>, ProblemHttpResult>> Make(
        NewKeyRequest request, AppDb db, NodeIdentities identities, PeerClient client, TimeProvider time, CancellationToken cancellation)
    {
        if (!Enum.IsDefined(request.Kind))
            return Problems.Invalid("A new key is for federation or for statements.", "kind");
        var overlap = request.Stolen ? TimeSpan.Zero : Overlap;
        await identities.GetAsync(cancellation);
        var identity = await identities.ChangeAsync(
            before => request.Kind is NodeKeyKind.Federation
                ? before.WithNewFederationKey(time.GetUtcNow(), overlap)
                : before.WithNewStatementKey(time.GetUtcNow(), overlap),
            cancellation);

        var peers = await db.Peers.Where(peer => peer.EndedAt == null && peer.ConfirmedAt != null).Select(peer => peer.Id).ToListAsync(cancellation);
        List<Guid> told = [], away = [];
        foreach (var peer in peers)
            (await client.TellKeysAsync(peer, identity, cancellation) is null ? told : away).Add(peer);
        return TypedResults.Ok(new NewKeyView(identity.Version, told, away));
    }
}
