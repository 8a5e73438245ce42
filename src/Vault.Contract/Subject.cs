using System.Security.Cryptography;
using System.Text;

namespace Cofferdam.Vault.Contract;

/// <summary>The pseudonym of a vendor's person at a lab.</summary>
public static class Subject
{
    private static ReadOnlySpan<byte> Label => "cofferdam/subject@1\n"u8;

    /// <summary>
    /// UUID version 8 (RFC 9562) of SHA-256("cofferdam/subject@1\n" ‖ engagement 16 bytes ‖ subject): a vendor can name only
    /// persons of its own engagements, and the same subject is another person at another engagement.
    /// </summary>
    /// <param name="subject"><c>sub</c> of the statement, UTF-8.</param>
    public static Guid Pseudonym(Guid engagement, string subject)
    {
        var name = new byte[Label.Length + 16 + Encoding.UTF8.GetByteCount(subject)];
        Label.CopyTo(name);
        engagement.TryWriteBytes(name.AsSpan(Label.Length), bigEndian: true, out _);
        Encoding.UTF8.GetBytes(subject, name.AsSpan(Label.Length + 16));
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(name, hash);
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
