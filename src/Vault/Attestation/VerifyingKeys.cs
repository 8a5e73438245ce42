using System.Collections.Concurrent;
using System.Security.Cryptography;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Keys;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault.Attestation;

/// <summary>What became of a proof before the sequencer saw it.</summary>
/// <param name="Holds">The nonce is this lab's for this key, and the signature is the key's. Not: that either counts now.</param>
internal sealed record ShownProof(Proof Proof, bool Holds)
{
    public byte[] Nonce { get; } = Proof.Nonce.ToArray();
}

/// <summary>Checks signatures, on the threads of those who ask: one takes about 90 µs, which the sequencer has not.</summary>
/// <remarks>A key's public half never changes, so it is kept without asking whether the key still counts: that the sequencer decides.</remarks>
internal sealed class VerifyingKeys(VaultStore store, AttestationSeals seals)
{
    private const int MostKept = 20_000;

    private readonly ConcurrentDictionary<(long Lab, Guid Key), Verifier> kept = new();

    /// <param name="signed">What it is to be over, see <see cref="SignedBytes"/>.</param>
    /// <returns>Null where none was shown.</returns>
    public ShownProof? Check(LabKeys lab, Proof? proof, Func<Proof, byte[]> signed) => proof is null ? null : new ShownProof(
        proof,
        proof.Signature.Length == SignedBytes.SignatureBytes
        && Nonces.IsOurs(seals.NonceKey(lab), proof.Key, proof.Nonce.Span)
        && Find(lab, proof.Key) is { } key
        && key.Verify(signed(proof), proof.Signature.Span));

    private Verifier? Find(LabKeys lab, Guid key)
    {
        if (kept.TryGetValue((lab.Number, key), out var known))
            return known;
        if (store.AttestationRow(lab.Number, AttestationKind.Key, key) is not { } row
            || BrowserKey.Import(RowText.Key(seals.Checked(lab, row)).PublicKey) is not { } imported)
        {
            return null;
        }

        if (kept.Count >= MostKept)
            kept.Clear();
        return kept.GetOrAdd((lab.Number, key), new Verifier(imported));
    }

    // Handles are left to the finalizer: another thread may be verifying with one that is dropped.
    private sealed class Verifier(ECDsa key)
    {
        private readonly Lock one = new();

        public bool Verify(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
        {
            lock (one)
                return key.VerifyData(signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
    }
}
