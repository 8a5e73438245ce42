using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Cofferdam.Sealing;

/// <summary>Keys from a passphrase that a file or an environment variable holds; never an argument, which others can list.</summary>
/// <remarks>PBKDF2 with HMAC-SHA-512 (RFC 8018 §5.2). What was derived is kept, for a second of work each would be felt at every use.</remarks>
public sealed class Passphrase : IDisposable
{
    /// <summary>Iterations for new files; the least that a file may ask for.</summary>
    public const int LeastIterations = 600_000;

    // Bounds what an edited file can make this program do.
    internal const int MostIterations = 10_000_000;
    internal const int SaltBytes = 32;

    private readonly Func<string?> read;
    private readonly string where;
    private readonly Lock gate = new();
    private readonly Dictionary<string, byte[]> derived = new(StringComparer.Ordinal);

    private Passphrase(Func<string?> read, string where)
    {
        this.read = read;
        this.where = where;
    }

    /// <summary>The first line of a file.</summary>
    public static Passphrase FromFile(string path) => new(() => SecretFile.Line(path), $"the file {path}");

    /// <summary>The value of an environment variable.</summary>
    public static Passphrase FromEnvironment(string variable) => new(() => Environment.GetEnvironmentVariable(variable)?.Trim(), $"the environment variable {variable}");

    public void Dispose()
    {
        lock (gate)
        {
            foreach (var key in derived.Values)
                CryptographicOperations.ZeroMemory(key);
            derived.Clear();
        }
    }

    /// <returns>32 bytes, which stay this object's: not to be changed.</returns>
    /// <exception cref="KeyCustodyException">There is no passphrase where it should be.</exception>
    internal ReadOnlySpan<byte> Derive(ReadOnlySpan<byte> salt, int iterations)
    {
        Span<byte> parameters = stackalloc byte[SaltBytes + sizeof(int)];
        salt.CopyTo(parameters);
        BinaryPrimitives.WriteInt32BigEndian(parameters[SaltBytes..], iterations);
        var name = Convert.ToHexString(parameters);
        lock (gate)
        {
            if (derived.TryGetValue(name, out var known))
                return known;

            var text = read();
            if (string.IsNullOrEmpty(text))
                throw new KeyCustodyException($"There is no passphrase of the key files in {where}. Put it there and start again.");
            var bytes = Encoding.UTF8.GetBytes(text);
            var key = GC.AllocateUninitializedArray<byte>(ChunkedEncryption.KeyBytes, pinned: true);
            Rfc2898DeriveBytes.Pbkdf2(bytes, salt, key, iterations, HashAlgorithmName.SHA512);
            CryptographicOperations.ZeroMemory(bytes);
            return derived[name] = key;
        }
    }
}
