using System.Security.Cryptography;
using Cofferdam.Ledger;

namespace Cofferdam.Package;

/// <summary>The Ed25519 key that a lab node signs its deliveries with.</summary>
/// <remarks>Its public half goes to the lab by another way than the package; <c>cofferdam verify --key</c> takes it.</remarks>
public sealed class DeliveryKey : IDisposable
{
    private readonly byte[] seed;

    /// <param name="seed">32 bytes, copied. To be kept secret.</param>
    /// <exception cref="ArgumentException">The seed has another length.</exception>
    public DeliveryKey(ReadOnlySpan<byte> seed)
    {
        PublicKey = Ed25519.PublicKey(seed);
        this.seed = seed.ToArray();
    }

    /// <summary>32 bytes.</summary>
    public ReadOnlyMemory<byte> PublicKey { get; }

    /// <summary>A fresh seed, 32 bytes, to be kept secret.</summary>
    public static byte[] GenerateSeed() => Ed25519.GenerateKey();

    /// <summary>Signs a manifest.</summary>
    /// <returns>64 bytes.</returns>
    internal byte[] Sign(ReadOnlySpan<byte> manifest) => Ed25519.Sign(seed, manifest);

    public void Dispose() => CryptographicOperations.ZeroMemory(seed);
}
