namespace Cofferdam.Vault.Contract;

/// <summary>Checks what a receipt calls attested, with nothing but the receipt and the enrolled key.</summary>
public static class SignedReceipt
{
    /// <summary>True where the person of this key signed the open that the receipt is of: these records, this purpose and assignment.</summary>
    /// <param name="receipt">Of an open, export or send; one that does not fit its leaf is signed by nobody.</param>
    /// <param name="key">As enrolled: its receipt (act <c>enrol</c>) names it and the person.</param>
    public static bool IsSignedBy(LabId lab, ReceiptEntry receipt, EnrolledKey key) =>
        IsOf(receipt, key) && receipt.Act is (Act.Open or Act.Export or Act.Send)
        && BrowserKey.Verify(
            key.PublicKey.Span,
            SignedBytes.Open(
                lab, receipt.Project, receipt.Act, receipt.Purpose, receipt.Assignment, key.Id, receipt.Proof!.Nonce.Span,
                [.. receipt.Records.Select(record => new RecordRef(record.Kind, record.Id))]),
            receipt.Proof.Signature.Span);

    /// <summary>True where the person of this key signed the act that the receipt is of.</summary>
    /// <param name="name">See <see cref="SignedBytes.Act"/>.</param>
    /// <param name="content">The same: what the receipt says of it, or names the SHA-256 of.</param>
    public static bool IsSignedBy(LabId lab, ReceiptEntry receipt, EnrolledKey key, string name, ReadOnlySpan<byte> content) =>
        IsOf(receipt, key) && BrowserKey.Verify(
            key.PublicKey.Span, SignedBytes.Act(lab, name, content, key.Id, receipt.Proof!.Nonce.Span), receipt.Proof.Signature.Span);

    private static bool IsOf(ReceiptEntry receipt, EnrolledKey key) =>
        receipt is { Fits: true, Refusal: null, Proof.Nonce.Length: SignedBytes.NonceBytes } && receipt.Proof.Key == key.Id && receipt.Principal.Pseudonym == key.Pseudonym;
}
