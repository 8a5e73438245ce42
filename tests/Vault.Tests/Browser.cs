using System.Security.Cryptography;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Tests;

/// <summary>A browser with a key of its own, as WebCrypto would have it.</summary>
internal sealed class Browser : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public byte[] PublicKey
    {
        get
        {
            var q = key.ExportParameters(includePrivateParameters: false).Q;
            return [4, .. q.X!, .. q.Y!];
        }
    }

    /// <summary>The id that the key was enrolled under.</summary>
    public Guid Id { get; set; }

    public byte[] Sign(byte[] bytes) => key.SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    /// <summary>The same request, signed with a fresh nonce.</summary>
    public async Task<OpenRequest> SignAsync(IVault vault, OpenRequest request) => Sign(request, (await vault.NoncesAsync(request.Lab, Id, 1))[0]);

    /// <summary>The same request, signed with this nonce.</summary>
    public OpenRequest Sign(OpenRequest request, ReadOnlyMemory<byte> nonce) => request with
    {
        Proof = new Proof(
            Id, nonce,
            Sign(SignedBytes.Open(request.Lab, request.Project, request.Act, request.Purpose, request.Assignment, Id, nonce.Span, request.Records))),
    };

    public async Task<Proof> SignActAsync(IVault vault, LabId lab, string name, byte[] content)
    {
        var nonce = (await vault.NoncesAsync(lab, Id, 1))[0];
        return new Proof(Id, nonce, Sign(SignedBytes.Act(lab, name, content, Id, nonce.Span)));
    }

    public void Dispose() => key.Dispose();
}
