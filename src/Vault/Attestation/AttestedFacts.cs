using Cofferdam.Ledger;

namespace Cofferdam.Vault.Attestation;

/// <summary>What a receipt says of a signature.</summary>
internal static class AttestedFacts
{
    private const string Proof = "attested";

    extension(ReceiptFacts facts)
    {
        /// <param name="proof">Null: the facts stay asserted.</param>
        public ReceiptFacts Attested(ShownProof? proof) => proof is null
            ? facts
            : facts with { Proof = Proof, Key = proof.Proof.Key, Nonce = proof.Nonce, Signature = proof.Proof.Signature };
    }
}
