using System.Buffers.Binary;
using System.Text;

namespace Cofferdam.Ledger;

/// <summary>
/// A witness's word that at a time a checkpoint was the largest consistent tree of its log that it had seen
/// (C2SP tlog-cosignature, Ed25519, type 0x04).
/// </summary>
public static class Cosignature
{
    private const int Bytes = sizeof(ulong) + Ed25519.SignatureBytes;

    // 9999-12-31T23:59:59Z: later than what a DateTimeOffset holds is nobody's clock.
    private const ulong LatestSecond = 253_402_300_799;

    /// <summary>Cosigns a checkpoint.</summary>
    /// <param name="checkpointText">The note's text, as the log signed it.</param>
    /// <param name="time">Kept to the second; not before 1970.</param>
    public static NoteSignature Sign(LogSigner witness, string checkpointText, DateTimeOffset time)
    {
        var second = (ulong)time.ToUnixTimeSeconds();
        var signature = new byte[Bytes];
        BinaryPrimitives.WriteUInt64BigEndian(signature, second);
        witness.SignBytes(Message(second, checkpointText)).CopyTo(signature, sizeof(ulong));
        return new NoteSignature(witness.Cosigner.Name, witness.Cosigner.Id, signature);
    }

    /// <summary>Checks a cosignature.</summary>
    /// <returns>When it was made; null where it is not by this key or not over this text.</returns>
    public static DateTimeOffset? Verify(VerifierKey witness, string checkpointText, NoteSignature signature)
    {
        if (witness.Algorithm != VerifierKey.Ed25519Cosignature || !witness.IsNamedBy(signature) || signature.Signature.Length != Bytes)
            return null;
        var second = BinaryPrimitives.ReadUInt64BigEndian(signature.Signature.Span);
        return second <= LatestSecond
            && Ed25519.Verify(witness.PublicKey.Span, Message(second, checkpointText), signature.Signature.Span[sizeof(ulong)..])
                ? DateTimeOffset.FromUnixTimeSeconds((long)second)
                : null;
    }

    private static byte[] Message(ulong second, string text) => Encoding.UTF8.GetBytes($"cosignature/v1\ntime {second}\n{text}");
}
