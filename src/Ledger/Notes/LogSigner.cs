using System.Text;

namespace Cofferdam.Ledger;

/// <summary>An Ed25519 key with a name: a log's, that signs checkpoints, or a witness's, that cosigns them.</summary>
public sealed class LogSigner
{
    private readonly byte[] seed;

    /// <param name="name">The log's origin, or the witness's name; see <see cref="VerifierKey"/> on names.</param>
    /// <param name="seed">32 secret bytes, of this log or witness alone.</param>
    public LogSigner(string name, ReadOnlySpan<byte> seed)
    {
        var publicKey = Ed25519.PublicKey(seed);
        this.seed = seed.ToArray();
        Verifier = new VerifierKey(name, VerifierKey.Ed25519Note, publicKey);
        Cosigner = new VerifierKey(name, VerifierKey.Ed25519Cosignature, publicKey);
    }

    /// <summary>What checks <see cref="Sign"/>.</summary>
    public VerifierKey Verifier { get; }

    /// <summary>What checks <see cref="Cosignature.Sign"/> with this key.</summary>
    public VerifierKey Cosigner { get; }

    /// <summary>Signs a note's text.</summary>
    /// <param name="text">Ends with a newline.</param>
    public NoteSignature Sign(string text) => new(Verifier.Name, Verifier.Id, SignBytes(Encoding.UTF8.GetBytes(text)));

    internal byte[] SignBytes(ReadOnlySpan<byte> message) => Ed25519.Sign(seed, message);
}
