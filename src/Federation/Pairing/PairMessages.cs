using System.Text.Json.Serialization;
using Cofferdam.Federation.Keys;
using Cofferdam.Federation.Signing;
using Cofferdam.Storage;

namespace Cofferdam.Federation.Pairing;

/// <summary>Whose a node is.</summary>
[JsonConverter(typeof(Named<NodeKind>))]
internal enum NodeKind : byte
{
    [JsonStringEnumMemberName("lab")] Lab = 1,
    [JsonStringEnumMemberName("vendor")] Vendor = 2,
}

internal static class NodeKinds
{
    extension(Store store)
    {
        /// <summary>Whose node this is.</summary>
        public NodeKind Kind => store.Options.Role is StoreRole.Lab ? NodeKind.Lab : NodeKind.Vendor;
    }
}

/// <summary>What a node says of itself to one that it would pair with.</summary>
/// <param name="Node">Its peer id.</param>
/// <param name="Kind">Labs pair with vendors.</param>
/// <param name="Name">What people read: 1 to 100 characters.</param>
/// <param name="Address">Its origin.</param>
/// <param name="Lab">Slug of the lab that the pairing is about.</param>
/// <param name="Commitment">SHA-256 of the sender's salt for the fingerprint, base64.</param>
internal sealed record PairRequest(Guid Node, NodeKind Kind, string Name, string Address, string Lab, KeySet Keys, byte[] Commitment);

/// <summary>What the other node says.</summary>
/// <param name="Salt">16 random bytes for the fingerprint, base64.</param>
internal sealed record PairReply(Guid Node, NodeKind Kind, string Name, KeySet Keys, byte[] Salt);

/// <summary>The salt of the node that began, once it knows the other one's.</summary>
internal sealed record Revealed(byte[] Salt);

/// <summary>Each side's word on whether its people have confirmed.</summary>
internal sealed record Confirmed(bool Here);
