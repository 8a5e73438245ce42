using Cofferdam.Federation.Keys;

namespace Cofferdam.Vendors.Peers;

/// <summary>A vendor's node that this node is paired with.</summary>
/// <param name="Paired">False: the pairing has ended, or people have not yet confirmed it.</param>
public sealed record VendorPeer(Guid Id, string Name, bool Paired, KeySet Keys);

/// <summary>What a vendor's node answered.</summary>
/// <param name="Status">HTTP status; 0: it is not there.</param>
public readonly record struct PeerReply(int Status, ReadOnlyMemory<byte> Body)
{
    public bool IsSuccess => Status is >= 200 and < 300;
}

/// <summary>The line to paired nodes: Federation's in the product, one that breaks at will in tests.</summary>
public interface IVendorPeers
{
    /// <summary>This node's peer id.</summary>
    ValueTask<Guid> OwnIdAsync(CancellationToken cancellation);

    /// <returns>Null where there is no such peer.</returns>
    ValueTask<VendorPeer?> FindAsync(Guid peer, CancellationToken cancellation);

    /// <summary>Posts a message that is signed as the node's.</summary>
    /// <param name="path">Below <c>/federation</c>, beginning with a slash.</param>
    /// <param name="webhook">Id of a message that carries events, which is signed as a webhook too; null: none.</param>
    Task<PeerReply> PostAsync(Guid peer, string path, string contentType, ReadOnlyMemory<byte> body, string? webhook, CancellationToken cancellation);
}
