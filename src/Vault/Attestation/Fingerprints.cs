using System.Security.Cryptography;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Attestation;

/// <summary>What a vendor's key is told from others by, whatever it is called.</summary>
internal static class Fingerprints
{
    /// <returns>SHA-256 over algorithm and key, the first 16 bytes in hex.</returns>
    public static string Of(StatementKey key) => Convert.ToHexStringLower(SHA256.HashData([(byte)key.Algorithm, .. key.PublicKey.Span]).AsSpan(0, 16));
}
