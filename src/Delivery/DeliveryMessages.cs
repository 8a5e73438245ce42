namespace Cofferdam.Delivery;

/// <param name="Shape"><c>trl-preference</c>.</param>
/// <param name="Recipient">Base64 of a P-256 public key (SubjectPublicKeyInfo) to encrypt the package to; null: to nobody.</param>
public sealed record DeliveryRequest(string Shape, string? Recipient = null);

/// <summary>A delivery and how far its making has got.</summary>
/// <param name="Encrypted">The package can be read with the recipient's private key alone.</param>
/// <param name="Items">Items with an accepted answer when the making began.</param>
/// <param name="Taken">How many of them have been looked at.</param>
/// <param name="Rows">Rows in the training file.</param>
/// <param name="Ties">Items listed as ties.</param>
/// <param name="Unfit">Items listed as not expressible in the shape.</param>
/// <param name="Bytes">Size of the package; 0 until it is done.</param>
/// <param name="Problem">Code of what went wrong, where it failed.</param>
public sealed record DeliveryView(
    Guid Id, string Shape, string State, bool Encrypted, long Items, long Taken, long Rows, long Ties, long Unfit, long Bytes,
    DateTimeOffset MadeAt, DateTimeOffset? DoneAt, string? Problem)
{
    internal static DeliveryView Of(DeliveryRow row) => new(
        row.Id, row.Shape, row.State switch { DeliveryState.Making => "making", DeliveryState.Done => "done", _ => "failed" },
        row.Recipient is not null, row.Items, row.Taken, row.Rows, row.Ties, row.Unfit, row.Bytes, row.RequestedAt, row.EndedAt, row.Problem);
}

/// <param name="Key">Base64 of the Ed25519 public key that signs this lab's deliveries.</param>
public sealed record DeliveryKeyView(string Key);
