namespace Cofferdam.Sealing;

/// <summary>Holds the root keys of labs and wraps keys under them. A root key never leaves its custodian.</summary>
/// <remarks>All operations throw <see cref="KeyCustodyException"/> where the custodian cannot do what is asked.</remarks>
public interface IKeyCustodian
{
    /// <summary>Makes a lab's root key. Does nothing where there is one.</summary>
    ValueTask CreateAsync(Guid lab, CancellationToken cancellation = default);

    /// <summary>Wraps a key under the lab's root key.</summary>
    /// <param name="key">32 bytes.</param>
    /// <param name="context">What the key is for. Unwrapping needs the same bytes.</param>
    ValueTask<byte[]> WrapAsync(Guid lab, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> context, CancellationToken cancellation = default);

    /// <summary>Unwraps a key. The caller owns the bytes and clears them when done.</summary>
    ValueTask<byte[]> UnwrapAsync(Guid lab, ReadOnlyMemory<byte> wrapped, ReadOnlyMemory<byte> context, CancellationToken cancellation = default);
}

/// <summary>A custodian has no such key, refuses to use it, or was handed something it did not wrap.</summary>
/// <param name="message">What is wrong and what a person can do about it; never key material.</param>
public sealed class KeyCustodyException(string message, Exception? inner = null) : Exception(message, inner);
