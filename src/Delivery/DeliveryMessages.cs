namespace Cofferdam.Delivery;

/// <param name="Shape">Name of a shape, such as <c>trl-preference</c>.</param>
/// <param name="Votes">What several answers to one item become; the raw answers are in every package.</param>
/// <param name="Since">An earlier delivery of the same shape and votes: only items whose accepted answers have changed since.</param>
/// <param name="Batches">Only items of these batches, 1 to 1,000; null: all.</param>
/// <param name="Recipient">Base64 of a P-256 public key (SubjectPublicKeyInfo) to encrypt the package to; null: to nobody.</param>
public sealed record DeliveryRequest(
    string Shape, DeliveryVotes Votes = DeliveryVotes.Majority, Guid? Since = null, IReadOnlyList<Guid>? Batches = null, string? Recipient = null);

/// <summary>A delivery and how far its making has got.</summary>
/// <param name="Since">The delivery whose changes this one holds; null: it is whole.</param>
/// <param name="Batches">The batches it is restricted to; null: none.</param>
/// <param name="Encrypted">The package can be read with the recipient's private key alone.</param>
/// <param name="Items">Items with an accepted answer when the making began.</param>
/// <param name="Taken">How many of them have been looked at.</param>
/// <param name="Rows">Rows in the training file.</param>
/// <param name="Ties">Listed as ties.</param>
/// <param name="Unfit">Listed as not expressible in the shape.</param>
/// <param name="Withdrawn">Listed as items of <paramref name="Since"/> that have no accepted answer any more.</param>
/// <param name="Bytes">Size of the package; 0 until it is done.</param>
/// <param name="Problem">Code of what went wrong, where it failed.</param>
public sealed record DeliveryView(
    Guid Id, string Shape, DeliveryVotes Votes, Guid? Since, IReadOnlyList<Guid>? Batches, DeliveryState State, bool Encrypted,
    long Items, long Taken, long Rows, long Ties, long Unfit, long Withdrawn, long Bytes,
    DateTimeOffset MadeAt, DateTimeOffset? DoneAt, string? Problem)
{
    internal static DeliveryView Of(DeliveryRow row, IEnumerable<Guid> batches)
    {
        Guid[] restricted = [.. batches];
        return new(
            row.Id, row.Shape, row.Votes, row.Since, restricted.Length == 0 ? null : restricted, row.State, row.Recipient is not null,
            row.Items, row.Taken, row.Rows, row.Ties, row.Unfit, row.Withdrawn, row.Bytes, row.RequestedAt, row.EndedAt, row.Problem);
    }
}

/// <param name="Key">Base64 of the Ed25519 public key that signs this lab's deliveries.</param>
public sealed record DeliveryKeyView(string Key);
