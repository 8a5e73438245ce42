using System.Security.Cryptography;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Delivery;

/// <summary>Where packages go, as receipts and suspensions name it.</summary>
internal static class Destinations
{
    /// <param name="recipient">DER SubjectPublicKeyInfo of the recipient's key; null where the package is encrypted to nobody.</param>
    /// <returns>The first 16 bytes of SHA-256 of the key; empty where there is none.</returns>
    public static Guid Of(byte[]? recipient) =>
        recipient is null ? Guid.Empty : new Guid(SHA256.HashData(recipient).AsSpan(0, 16), bigEndian: true);

    /// <summary>Whether a suspension in force stops what goes to a destination.</summary>
    public static async ValueTask<bool> IsStoppedAsync(this IVault vault, LabId lab, Guid destination, CancellationToken cancellation) =>
        (await vault.SuspensionsAsync(lab, cancellation)).Any(one =>
            !one.Drill && one.Scope.Kind is ScopeKind.Export && (one.Scope.Id == Guid.Empty || one.Scope.Id == destination));
}
