using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Cofferdam.Ledger;

/// <summary>A public key that checks signatures under notes (C2SP signed-note, "verifier keys").</summary>
public sealed record VerifierKey
{
    /// <summary>Signature type of a log: Ed25519 over the note's text.</summary>
    public const byte Ed25519Note = 0x01;

    /// <summary>Signature type of a witness: Ed25519 over a time and the note's text (C2SP tlog-cosignature).</summary>
    public const byte Ed25519Cosignature = 0x04;

    /// <param name="name">Not empty, without white space and plus signs.</param>
    /// <param name="algorithm"><see cref="Ed25519Note"/> or <see cref="Ed25519Cosignature"/>.</param>
    /// <param name="publicKey">32 bytes.</param>
    /// <exception cref="ArgumentException">Something else.</exception>
    public VerifierKey(string name, byte algorithm, ReadOnlySpan<byte> publicKey)
    {
        if (!IsName(name))
            throw new ArgumentException("The name of a key has no white space, no plus and no control characters.", nameof(name));
        if (algorithm is not (Ed25519Note or Ed25519Cosignature))
            throw new ArgumentException($"Keys of type {algorithm} are not known.", nameof(algorithm));
        if (publicKey.Length != Ed25519.PublicKeyBytes)
            throw new ArgumentException($"An Ed25519 key is {Ed25519.PublicKeyBytes} bytes, not {publicKey.Length}.", nameof(publicKey));

        Name = name;
        Algorithm = algorithm;
        PublicKey = publicKey.ToArray();
        byte[] hashed = [.. Encoding.UTF8.GetBytes(name), (byte)'\n', algorithm, .. publicKey];
        Id = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(hashed));
    }

    public string Name { get; }

    public byte Algorithm { get; }

    /// <summary>32 bytes.</summary>
    public ReadOnlyMemory<byte> PublicKey { get; }

    /// <summary>First four bytes of SHA-256(name ‖ newline ‖ type ‖ public key).</summary>
    public uint Id { get; }

    /// <summary>Reads <c>name+id+base64(type ‖ public key)</c>.</summary>
    /// <returns>False where the id is not that of the key, or the type is not known.</returns>
    public static bool TryParse(string? vkey, [NotNullWhen(true)] out VerifierKey? key)
    {
        key = null;
        if (vkey is null)
            return false;

        // The name has no plus, base64 may.
        var parts = vkey.Split('+', 3);
        if (parts.Length != 3
            || !IsName(parts[0])
            || !StrictText.TryBase64(parts[2], out var material)
            || material is not [Ed25519Note or Ed25519Cosignature, .. { Length: Ed25519.PublicKeyBytes }])
        {
            return false;
        }

        var parsed = new VerifierKey(parts[0], material[0], material.AsSpan(1));
        if (parts[1] != Hex(parsed.Id))
            return false;
        key = parsed;
        return true;
    }

    /// <summary>True where a line says that it is by this key.</summary>
    public bool IsNamedBy(NoteSignature signature) => signature.KeyId == Id && signature.Name == Name;

    /// <summary>Checks a signature under a text.</summary>
    public bool Verify(string text, NoteSignature signature) => IsNamedBy(signature) && Algorithm switch
    {
        Ed25519Note => Ed25519.Verify(PublicKey.Span, Encoding.UTF8.GetBytes(text), signature.Signature.Span),
        _ => Cosignature.Verify(this, text, signature) is not null,
    };

    public bool Equals(VerifierKey? other) => other is not null && ToString() == other.ToString();

    public override int GetHashCode() => (int)Id;

    /// <summary>The key as others configure it.</summary>
    public override string ToString() => $"{Name}+{Hex(Id)}+{Convert.ToBase64String([Algorithm, .. PublicKey.Span])}";

    internal static bool IsName(string name)
    {
        foreach (var one in name)
        {
            if (one == '+' || char.IsWhiteSpace(one) || char.IsControl(one))
                return false;
        }

        return name.Length > 0;
    }

    private static string Hex(uint id) => id.ToString("x8", CultureInfo.InvariantCulture);
}
