namespace Cofferdam.Sealing;

/// <summary>Holds the root keys of labs, in versions, and wraps keys under them. A root key never leaves its custodian.</summary>
/// <remarks>
/// All operations throw <see cref="KeyCustodyException"/> where the custodian cannot do what is asked; none keeps an answer
/// for later. May be called from many threads at once.
/// </remarks>
public interface IKeyCustodian : IDisposable
{
    /// <summary>As shown to people: <c>file</c>, <c>file+passphrase</c>, <c>pkcs11</c>, <c>transit</c> or <c>aws-kms</c>.</summary>
    string Name { get; }

    /// <summary>The root key lies in a file, for all that is known on the disk of the data.</summary>
    bool Evaluation { get; }

    /// <summary>Makes a new version of the lab's root key. Older versions stay usable.</summary>
    /// <returns>
    /// The reference by which the other operations name this version: opaque, never given twice to different keys, at most
    /// 200 characters, not confidential.
    /// </returns>
    ValueTask<string> CreateAsync(Guid lab, CancellationToken cancellation = default);

    /// <summary>Wraps a key under a version of the lab's root key.</summary>
    /// <param name="root">As <see cref="CreateAsync"/> returned it.</param>
    /// <param name="key">32 bytes.</param>
    /// <param name="context">What the key is for. Unwrapping needs the same bytes.</param>
    /// <returns>At most 1,024 bytes, which open under this root key, lab and context alone.</returns>
    ValueTask<byte[]> WrapAsync(Guid lab, string root, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> context, CancellationToken cancellation = default);

    /// <summary>Unwraps a key. The caller owns the bytes and clears them when done.</summary>
    ValueTask<byte[]> UnwrapAsync(Guid lab, string root, ReadOnlyMemory<byte> wrapped, ReadOnlyMemory<byte> context, CancellationToken cancellation = default);

    /// <summary>Destroys one version for good. What is wrapped under it can never be unwrapped again.</summary>
    /// <returns>From when on it is gone for good: now, also where it was gone before, or the end of a waiting period.</returns>
    ValueTask<DateTimeOffset> DestroyAsync(Guid lab, string root, CancellationToken cancellation = default);

    /// <summary>Asks the custodian whether it can use the key at this moment.</summary>
    /// <exception cref="KeyCustodyException">It cannot: unreachable, disabled, revoked, destroyed.</exception>
    ValueTask CheckAsync(Guid lab, string root, CancellationToken cancellation = default);
}

/// <summary>A custodian has no such key, refuses to use it, or was handed something it did not wrap.</summary>
/// <param name="message">What is wrong and what a person can do about it; never key material.</param>
public sealed class KeyCustodyException(string message, Exception? inner = null) : Exception(message, inner);
