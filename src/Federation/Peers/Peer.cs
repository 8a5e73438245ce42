using System.Reflection;
using System.Text.Json;
using Cofferdam.Federation.Keys;
using Cofferdam.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Federation.Peers;

/// <summary>Where a pairing stands.</summary>
public enum PeerState : byte
{
    /// <summary>The people of one side, or of both, have not confirmed the fingerprint.</summary>
    Pending = 0,
    Active = 1,

    /// <summary>One side has ended it. It stays as it was; the two nodes may pair anew.</summary>
    Ended = 2,
}

/// <summary>
/// Another node that this one is paired with, or about to be, for one lab. Handlers behind <see cref="PeerRequests.RequirePeer"/>
/// take it as a parameter.
/// </summary>
public sealed class Peer
{
    /// <summary>Of the pairing: the same on both sides.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose it is here: the lab on a lab's node, the vendor on a vendor's.</summary>
    public required Guid Owner { get; init; }

    /// <summary>The other node's peer id.</summary>
    public required Guid Node { get; init; }

    /// <summary>Slug, at the lab's node, of the lab that the pairing is about.</summary>
    public required string Lab { get; init; }

    /// <summary>What the other node calls itself; its own word.</summary>
    public required string Name { get; init; }

    /// <summary>Its origin.</summary>
    public required string Address { get; init; }

    public required KeySet Keys { get; set; }

    /// <summary>The version of this node's keys that the other one knows.</summary>
    public required long Told { get; set; }

    /// <summary>What the people compare; empty until the node that began has shown its salt.</summary>
    public required string Fingerprint { get; set; }

    /// <summary>Until then: this node's salt, 16 bytes, and SHA-256 of the other one's.</summary>
    public byte[]? Unrevealed { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Pseudonym of who began it here; null: the other side did.</summary>
    public Guid? CreatedBy { get; init; }

    public DateTimeOffset? ConfirmedAt { get; set; }

    public Guid? ConfirmedBy { get; set; }

    /// <summary>When the other side said that its people have confirmed.</summary>
    public DateTimeOffset? TheyConfirmedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Pseudonym of who ended it here; null: the other side did, or it was forgotten.</summary>
    public Guid? EndedBy { get; set; }

    public PeerState State => EndedAt is not null ? PeerState.Ended
        : ConfirmedAt is not null && TheyConfirmedAt is not null ? PeerState.Active
        : PeerState.Pending;

    /// <summary>Binds the sender of a signed request as a handler parameter.</summary>
    /// <exception cref="InvalidOperationException">The endpoint is open to anybody: a bug.</exception>
    public static async ValueTask<Peer?> BindAsync(HttpContext context, ParameterInfo parameter) => (await PeerRequest.BindAsync(context, parameter))!.Peer;
}

public static class PeerSets
{
    extension(AppDb db)
    {
        public DbSet<Peer> Peers => db.Set<Peer>();
    }
}

internal sealed class PeerConfiguration : IEntityTypeConfiguration<Peer>
{
    public void Configure(EntityTypeBuilder<Peer> builder)
    {
        builder.HasKey(peer => peer.Id);
        builder.Ignore(peer => peer.State);
        builder.Property(peer => peer.Keys).HasConversion(
            keys => JsonSerializer.Serialize(keys, FederationJson.Default.KeySet),
            text => JsonSerializer.Deserialize(text, FederationJson.Default.KeySet)!);
    }
}

/// <summary>The tables of this room.</summary>
internal sealed class FederationTables : ITables
{
    public void Configure(ModelBuilder model)
    {
        model.ApplyConfigurationsFromAssembly(typeof(FederationTables).Assembly);
        model.NameInSnakeCase(typeof(FederationTables).Assembly);
    }
}
