using Cofferdam.Federation.Peers;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Federation.Pairing;

/// <summary>Who deals with pairings, and whose they are.</summary>
/// <param name="Owner">The lab on a lab's node, the vendor on a vendor's.</param>
/// <param name="Lab">On a lab's node the lab's slug. Null on a vendor's: there each pairing says which lab it is about.</param>
/// <param name="By">Pseudonym.</param>
public sealed record PairingActor(LabId Owner, string? Lab, Guid By);

/// <param name="Address">Origin of the other node, such as <c>https://vendor.example.org</c>.</param>
/// <param name="Lab">On a vendor's node: slug of the lab there. On a lab's node left out.</param>
public sealed record PairingRequest(string Address, string? Lab = null);

/// <param name="Fingerprint">The digits that the people of the other side read out; spaces do not count.</param>
public sealed record ConfirmRequest(string Fingerprint);

/// <param name="Kind">Of which keys a new one is made.</param>
/// <param name="Stolen">True: the one before ends at once, and what it signed is no longer taken. False: it goes on for a while.</param>
public sealed record NewKeyRequest(NodeKeyKind Kind, bool Stolen = false);

public enum NodeKeyKind : byte
{
    /// <summary>Signs requests and work events.</summary>
    Federation = 1,

    /// <summary>Signs statements and withdrawals.</summary>
    Statement = 2,
}

/// <param name="Kid">RFC 7638 thumbprint.</param>
public sealed record PeerKeyView(string Kid, NodeKeyKind Kind, DateTimeOffset? Until);

/// <param name="Id">Of the pairing, the same on both sides.</param>
/// <param name="Node">The other node's peer id.</param>
/// <param name="Name">What it calls itself.</param>
/// <param name="Lab">Slug of the lab that it is about.</param>
/// <param name="Fingerprint">To be compared over another channel than this network: by telephone, or side by side.</param>
/// <param name="BegunHere">False: the other side began it.</param>
/// <param name="Confirmed">The people here have confirmed.</param>
/// <param name="TheyConfirmed">The people there have, as far as is known here.</param>
/// <param name="EndedHere">Null while it has not ended.</param>
public sealed record PeerView(
    Guid Id, Guid Node, string Name, string Address, string Lab, PeerState State, string Fingerprint, bool BegunHere, bool Confirmed, bool TheyConfirmed,
    DateTimeOffset CreatedAt, DateTimeOffset? EndedAt, bool? EndedHere, IReadOnlyList<PeerKeyView> Keys)
{
    internal static PeerView Of(Peer peer) => new(
        peer.Id, peer.Node, peer.Name, peer.Address, peer.Lab, peer.State, peer.Fingerprint, peer.CreatedBy is not null,
        peer.ConfirmedAt is not null, peer.TheyConfirmedAt is not null, peer.CreatedAt, peer.EndedAt, peer.EndedAt is null ? null : peer.EndedBy is not null,
        [.. peer.Keys.Federation.Select(key => Of(key, NodeKeyKind.Federation)), .. peer.Keys.Statement.Select(key => Of(key, NodeKeyKind.Statement))]);

    private static PeerKeyView Of(Keys.PublishedKey key, NodeKeyKind kind) => new(Federation.Keys.VerifyingKey.FromJwk(key.Key)!.Kid, kind, key.Until);
}

/// <param name="Version">Of this node's keys, after the change.</param>
/// <param name="Told">Peers that know them now.</param>
/// <param name="Away">Peers that did not answer; they are told with the next message.</param>
public sealed record NewKeyView(long Version, IReadOnlyList<Guid> Told, IReadOnlyList<Guid> Away);
