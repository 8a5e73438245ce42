using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Cofferdam.Vault.Contract;

/// <summary>What a browser key signs (docs/formats/attestation.md). UUIDs and numbers big-endian.</summary>
public static class SignedBytes
{
    /// <summary>Length of a nonce.</summary>
    public const int NonceBytes = 32;

    /// <summary>Length of a signature, r ‖ s.</summary>
    public const int SignatureBytes = 64;

    /// <summary>Length of a public key: 0x04 ‖ x ‖ y.</summary>
    public const int PublicKeyBytes = 65;

    /// <summary>Name of the act of <see cref="IVault.SetTermsAsync"/>; content <see cref="TermsAct"/>.</summary>
    public const string Terms = "terms";

    /// <summary>Name of the act of <see cref="IVault.EnrolStaffKeyAsync"/>.</summary>
    public const string StaffKey = "staff-key";

    /// <summary>Name of the act of <see cref="IVault.SetPolicyAsync"/>; content: the canonical bytes of docs/formats/policy.md.</summary>
    public const string Policy = "policy";

    /// <summary>Name of the act of <see cref="IVault.ProposeAsync"/>.</summary>
    public const string Propose = "propose";

    /// <summary>Name of the act of <see cref="IVault.ApproveAsync"/>; content: the proposal's id.</summary>
    public const string Approve = "approve";

    /// <summary>Name of the act of <see cref="IVault.ResumeAsync"/>; content: the suspension's id.</summary>
    public const string Resume = "resume";

    private const int OpenFixedBytes = 17 + 16 + 16 + 1 + 1 + 16 + 16 + NonceBytes + sizeof(ushort);

    private static ReadOnlySpan<byte> OpenLabel => "cofferdam/open@1\n"u8;

    private static ReadOnlySpan<byte> ActLabel => "cofferdam/act@1\n"u8;

    /// <summary>
    /// <c>"cofferdam/open@1\n" ‖ lab 16 ‖ project 16 ‖ act u8 ‖ purpose u8 ‖ assignment 16 (zeros: none) ‖ key 16 ‖ nonce 32 ‖
    /// count u16 ‖ (kind u8 ‖ id 16)*</c>, records in the order asked.
    /// </summary>
    /// <exception cref="ArgumentException">The nonce is not 32 bytes, or there are too many records.</exception>
    public static byte[] Open(
        LabId lab, ProjectId project, Act act, Purpose purpose, Guid? assignment, Guid key, ReadOnlySpan<byte> nonce, IReadOnlyList<RecordRef> records)
    {
        CheckNonce(nonce);
        var bytes = new byte[OpenFixedBytes + (records.Count * 17)];
        var at = Put(bytes, 0, OpenLabel);
        at = Put(bytes, at, lab.Value);
        at = Put(bytes, at, project.Value);
        bytes[at++] = (byte)act;
        bytes[at++] = (byte)purpose;
        at = Put(bytes, at, assignment ?? Guid.Empty);
        at = Put(bytes, at, key);
        at = Put(bytes, at, nonce);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(at), checked((ushort)records.Count));
        at += sizeof(ushort);
        for (var i = 0; i < records.Count; i++)
        {
            bytes[at++] = (byte)records[i].Kind;
            at = Put(bytes, at, records[i].Id.Value);
        }

        return bytes;
    }

    /// <summary><c>"cofferdam/act@1\n" ‖ lab 16 ‖ name length u8 ‖ name ASCII ‖ SHA-256 of the content 32 ‖ key 16 ‖ nonce 32</c>.</summary>
    /// <param name="name">1 to 100 ASCII characters.</param>
    /// <exception cref="ArgumentException">The nonce is not 32 bytes.</exception>
    public static byte[] Act(LabId lab, string name, ReadOnlySpan<byte> content, Guid key, ReadOnlySpan<byte> nonce)
    {
        CheckNonce(nonce);
        var bytes = new byte[ActLabel.Length + 16 + 1 + name.Length + SHA256.HashSizeInBytes + 16 + NonceBytes];
        var at = Put(bytes, 0, ActLabel);
        at = Put(bytes, at, lab.Value);
        bytes[at++] = checked((byte)name.Length);
        at += Encoding.ASCII.GetBytes(name, bytes.AsSpan(at));
        at += SHA256.HashData(content, bytes.AsSpan(at));
        at = Put(bytes, at, key);
        Put(bytes, at, nonce);
        return bytes;
    }

    /// <summary>Content of the act <see cref="Terms"/>: lines of text, in UTF-8.</summary>
    public static byte[] TermsAct(EngagementTerms terms)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{terms.Engagement}\n{terms.Vendor}\n{terms.Node}\n{terms.Lab}\n{terms.Headcount}\n{Time(terms.Ends)}\n");
        foreach (var key in terms.Keys.OrderBy(key => key.Kid, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"{key.Kid} {Convert.ToHexStringLower(key.PublicKey.Span)} {(int)key.Algorithm} {Time(key.From)} {Time(key.Until)}\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Content of the act <see cref="StaffKey"/>: pseudonym 16 ‖ public key 65.</summary>
    public static byte[] StaffKeyAct(Guid pseudonym, ReadOnlySpan<byte> browserKey) => [.. Id(pseudonym), .. browserKey];

    /// <summary>Content of the act <see cref="Propose"/>: kind u8 ‖ subject 16 (zeros: none).</summary>
    public static byte[] ProposeAct(ProposalKind kind, Guid? subject) => [(byte)kind, .. Id(subject ?? Guid.Empty)];

    /// <summary>Content of the acts <see cref="Approve"/> and <see cref="Resume"/>.</summary>
    /// <returns>16 bytes.</returns>
    public static byte[] Id(Guid id) => id.ToByteArray(bigEndian: true);

    // Microseconds, as precise as receipts are.
    private static string Time(DateTimeOffset? time) => time is { } at
        ? ((at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond).ToString(CultureInfo.InvariantCulture)
        : "-";

    private static void CheckNonce(ReadOnlySpan<byte> nonce)
    {
        if (nonce.Length != NonceBytes)
            throw new ArgumentException($"A nonce is {NonceBytes} bytes, not {nonce.Length}.", nameof(nonce));
    }

    private static int Put(byte[] to, int at, Guid id)
    {
        id.TryWriteBytes(to.AsSpan(at), bigEndian: true, out _);
        return at + 16;
    }

    private static int Put(byte[] to, int at, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(to.AsSpan(at));
        return at + bytes.Length;
    }
}
