using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Cofferdam.ApiClient;

/// <summary>
/// What a browser signs opens with, for programs and tests: an ECDSA key on P-256 that signs the bytes of
/// <c>docs/formats/signed-requests.md</c>. A person's own never leaves their browser; this one lives in memory.
/// </summary>
public sealed class BrowserKey : IDisposable
{
    private readonly ECDsa key;

    public BrowserKey()
        : this(ECDsa.Create(ECCurve.NamedCurves.nistP256))
    {
    }

    private BrowserKey(ECDsa key) => this.key = key;

    /// <summary>The id under which it was enrolled at a lab; empty before.</summary>
    public Guid Id { get; set; }

    /// <summary>The public key: a point of P-256, uncompressed (SEC 1 §2.3.3), 65 bytes.</summary>
    public byte[] PublicKey
    {
        get
        {
            var point = key.ExportParameters(includePrivateParameters: false).Q;
            return [0x04, .. point.X!, .. point.Y!];
        }
    }

    /// <param name="parameters">A private key on P-256.</param>
    public static BrowserKey Import(ECParameters parameters) => new(ECDsa.Create(parameters));

    /// <summary>One proof as the header <c>Cofferdam-Proof</c> has it: <c>key.nonce.signature</c>.</summary>
    public string Prove(Guid lab, WantedOpen open)
    {
        ArgumentNullException.ThrowIfNull(open);
        return Proof(open.Nonce, BytesOf(lab, open));
    }

    /// <inheritdoc cref="Prove(Guid, WantedOpen)"/>
    public string Prove(Guid lab, WantedAct act)
    {
        ArgumentNullException.ThrowIfNull(act);
        return Proof(act.Nonce, BytesOf(lab, act));
    }

    /// <summary>The header with which what was refused is asked for again; null where the challenge is not for this key's person.</summary>
    public (string Header, string Value)? Answer(Challenge challenge)
    {
        ArgumentNullException.ThrowIfNull(challenge);
        if (challenge.Key != Id)
            return challenge.Keys?.Contains(Id) is true ? (Challenge.KeyHeader, Id.ToString()) : null;
        return (Challenge.ProofsHeader, string.Join(
            ", ", (challenge.Opens ?? []).Select(open => Prove(challenge.Lab, open)).Concat((challenge.Acts ?? []).Select(act => Prove(challenge.Lab, act)))));
    }

    /// <summary>What is signed of an open: <c>cofferdam/open@1</c>.</summary>
    public byte[] BytesOf(Guid lab, WantedOpen open)
    {
        ArgumentNullException.ThrowIfNull(open);
        var bytes = new Bytes("cofferdam/open@1\n"u8);
        bytes.Add(lab);
        bytes.Add(open.Project);
        bytes.Add((byte)open.Act);
        bytes.Add((byte)open.Purpose);
        bytes.Add(open.Assignment ?? Guid.Empty);
        bytes.Add(Id);
        bytes.Add(Base64Url.DecodeFromChars(open.Nonce));
        bytes.Add((ushort)open.Records.Count);
        foreach (var record in open.Records)
        {
            bytes.Add((byte)record.Kind);
            bytes.Add(record.Id);
        }

        return bytes.ToArray();
    }

    /// <summary>What is signed of an act that decides over access: <c>cofferdam/act@1</c>.</summary>
    public byte[] BytesOf(Guid lab, WantedAct act)
    {
        ArgumentNullException.ThrowIfNull(act);
        var bytes = new Bytes("cofferdam/act@1\n"u8);
        bytes.Add(lab);
        bytes.Add((byte)act.Name.Length);
        bytes.Add(Encoding.ASCII.GetBytes(act.Name));
        bytes.Add(Base64Url.DecodeFromChars(act.Content));
        bytes.Add(Id);
        bytes.Add(Base64Url.DecodeFromChars(act.Nonce));
        return bytes.ToArray();
    }

    public void Dispose() => key.Dispose();

    private string Proof(string nonce, byte[] signed) =>
        $"{Id}.{nonce}.{Base64Url.EncodeToString(key.SignData(signed, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation))}";

    private readonly ref struct Bytes
    {
        private readonly List<byte> all = [];

        public Bytes(ReadOnlySpan<byte> begin) => all.AddRange(begin);

        public void Add(byte one) => all.Add(one);

        public void Add(byte[] some) => all.AddRange(some);

        public void Add(ushort number)
        {
            Span<byte> two = stackalloc byte[2];
            BinaryPrimitives.WriteUInt16BigEndian(two, number);
            all.AddRange(two);
        }

        public void Add(Guid id)
        {
            Span<byte> sixteen = stackalloc byte[16];
            id.TryWriteBytes(sixteen, bigEndian: true, out _);
            all.AddRange(sixteen);
        }

        public byte[] ToArray() => [.. all];
    }
}
