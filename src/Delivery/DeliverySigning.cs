using System.Security.Cryptography;
using System.Text.Json;
using Cofferdam.Package;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Delivery;

/// <summary>A lab's delivery key: made on first use, a secret of the lab in the vault, opened each time it is needed.</summary>
internal sealed class DeliverySigning(IVault vault)
{
    /// <summary>The caller disposes of the key.</summary>
    /// <exception cref="ExportRefusedException">The lab is suspended.</exception>
    public async Task<DeliveryKey> OpenAsync(LabId lab, CancellationToken cancellation)
    {
        var id = IdOf(lab);
        var opened = await TryOpenAsync(lab, id, cancellation);
        if (opened is null)
        {
            // A conflict means that somebody else was first; theirs is the key.
            await vault.SealAsync(
                new SealRequest(lab, ProjectId.None, Principal.Service, [new SealItem(RecordKind.Secret, id, DeliveryKey.GenerateSeed(), ExpectedVersion: 0)]), cancellation);
            opened = await TryOpenAsync(lab, id, cancellation) ?? throw new InvalidOperationException("The delivery key was sealed and is not there.");
        }

        return new DeliveryKey(opened.Value.Span);
    }

    /// <summary>Always the same for a lab, so that two first uses meet; another for each, since ids are one space for all labs of a node.</summary>
    private static RecordId IdOf(LabId lab)
    {
        var hash = SHA256.HashData([.. "cofferdam/delivery-key@1"u8, .. lab.Value.ToByteArray(bigEndian: true)]);
        // UUID version 8 (RFC 9562 §5.8).
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new RecordId(new Guid(hash.AsSpan(0, 16), bigEndian: true));
    }

    private async Task<ReadOnlyMemory<byte>?> TryOpenAsync(LabId lab, RecordId id, CancellationToken cancellation)
    {
        var outcome = await vault.OpenAsync(
            new OpenRequest(lab, ProjectId.None, Principal.Service, Act.Open, Purpose.Deliver, [new RecordRef(RecordKind.Secret, id)]), cancellation);
        return outcome switch
        {
            OpenOutcome.Opened opened => opened.Records[0].Plaintext,
            // Without its type, null would become empty memory: an array converts to that.
            OpenOutcome.Refused { Reason: RefusalReason.NotFound } => (ReadOnlyMemory<byte>?)null,
            OpenOutcome.Refused refused => throw new ExportRefusedException(refused.Reason),
            _ => throw new InvalidOperationException("The vault's answer is of no known kind."),
        };
    }
}

/// <summary>What the record of a delivery holds.</summary>
/// <param name="Key">Key of the package's file, base64; null where the package is encrypted to a recipient and lies as it is.</param>
internal sealed record SealedDelivery(int V, string? Key)
{
    public byte[] ToPlaintext() => JsonSerializer.SerializeToUtf8Bytes(this, DeliveryJson.Default.SealedDelivery);

    public static SealedDelivery Parse(ReadOnlySpan<byte> plaintext) => JsonSerializer.Deserialize(plaintext, DeliveryJson.Default.SealedDelivery)!;
}
