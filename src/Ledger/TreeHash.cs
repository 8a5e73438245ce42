using System.Security.Cryptography;

namespace Cofferdam.Ledger;

/// <summary>SHA-256 of the short messages that a Merkle tree is made of.</summary>
/// <remarks>
/// .NET asks OpenSSL for the algorithm anew at each call, which for messages of two to four blocks costs several times the
/// hash itself. Where libcrypto still has its plain SHA-256 functions they are used; elsewhere .NET's.
/// </remarks>
internal static class TreeHash
{
    // Longer messages gain nothing, and would hold up the garbage collector.
    private const int Short = 1024;

    private static readonly bool Plain = HasPlain();

    /// <param name="hash">Takes 32 bytes.</param>
    public static void Compute(ReadOnlySpan<byte> message, Span<byte> hash)
    {
        if (!Plain || message.Length > Short || hash.Length < SHA256.HashSizeInBytes)
            SHA256.HashData(message, hash);
        else
            LibCrypto.Sha256(message, hash);
    }

    private static bool HasPlain()
    {
        try
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            LibCrypto.Sha256("cofferdam"u8, hash);
            return hash.SequenceEqual(SHA256.HashData("cofferdam"u8));
        }
        catch (Exception e) when (e is PlatformNotSupportedException or EntryPointNotFoundException or DllNotFoundException)
        {
            return false;
        }
    }
}
