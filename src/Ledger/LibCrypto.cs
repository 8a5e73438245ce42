using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]

namespace Cofferdam.Ledger;

/// <summary>
/// The few functions of OpenSSL's libcrypto that Ed25519 (EVP_PKEY, EVP_DigestSign; OpenSSL 1.1.1 or newer) and the hashes of the
/// tree need.
/// </summary>
internal static partial class LibCrypto
{
    private const string Library = "libcrypto";

    // NID_ED25519, the same in every release of OpenSSL.
    private const int Ed25519Type = 1087;

    private static readonly string[] Names =
    [
        "libcrypto.so.3",
        "libcrypto.so",
        "libcrypto.so.1.1",
        "/opt/homebrew/opt/openssl@3/lib/libcrypto.3.dylib",
        "/usr/local/opt/openssl@3/lib/libcrypto.3.dylib",
        "libcrypto.3.dylib",
        "libcrypto-3-x64.dll",
    ];

    static LibCrypto() => NativeLibrary.SetDllImportResolver(typeof(LibCrypto).Assembly, Resolve);

    public static KeyHandle PrivateKey(ReadOnlySpan<byte> seed) => Checked(NewRawPrivateKey(Ed25519Type, 0, seed, (nuint)seed.Length));

    public static KeyHandle PublicKey(ReadOnlySpan<byte> publicKey) => Checked(NewRawPublicKey(Ed25519Type, 0, publicKey, (nuint)publicKey.Length));

    public static byte[] PublicKey(KeyHandle key)
    {
        var publicKey = new byte[Ed25519.PublicKeyBytes];
        var length = (nuint)publicKey.Length;
        Check(GetRawPublicKey(key, publicKey, ref length));
        return publicKey;
    }

    public static byte[] Sign(KeyHandle key, ReadOnlySpan<byte> message)
    {
        using var context = Context();
        Check(DigestSignInit(context, 0, 0, 0, key));
        var signature = new byte[Ed25519.SignatureBytes];
        var length = (nuint)signature.Length;
        Check(DigestSign(context, signature, ref length, message, (nuint)message.Length));
        return signature;
    }

    public static bool Verify(KeyHandle key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        using var context = Context();
        Check(DigestVerifyInit(context, 0, 0, 0, key));

        // 1 is valid; 0 and less is not, and leaves entries in the thread's error queue that others must not meet.
        var valid = DigestVerify(context, signature, (nuint)signature.Length, message, (nuint)message.Length) == 1;
        if (!valid)
            ClearErrors();
        return valid;
    }

    /// <summary>SHA-256 without asking for a provider; see <see cref="TreeHash"/>.</summary>
    /// <param name="message">Short: the garbage collector waits for it.</param>
    /// <param name="hash">Takes 32 bytes.</param>
    public static unsafe void Sha256(ReadOnlySpan<byte> message, Span<byte> hash)
    {
        // SHA256_CTX is 112 bytes.
        var context = stackalloc byte[128];
        fixed (byte* input = message, output = hash)
        {
            _ = Sha256Init(context);
            _ = Sha256Update(context, input, (nuint)message.Length);
            _ = Sha256Final(output, context);
        }
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? paths)
    {
        if (!string.Equals(name, Library, StringComparison.Ordinal))
            return 0;
        foreach (var candidate in Names)
        {
            if (NativeLibrary.TryLoad(candidate, out var handle))
                return handle;
        }

        throw new PlatformNotSupportedException(
            "Ed25519 signatures need OpenSSL's libcrypto, which was not found. Install OpenSSL 3: "
            + "apt-get install libssl3 (Debian, Ubuntu), dnf install openssl-libs (Fedora), brew install openssl@3 (macOS).");
    }

    private static ContextHandle Context() => Checked(NewContext());

    private static T Checked<T>(T handle)
        where T : SafeHandle
    {
        if (!handle.IsInvalid)
            return handle;
        handle.Dispose();
        throw Failed();
    }

    private static void Check(int result)
    {
        if (result != 1)
            throw Failed();
    }

    private static CryptographicException Failed()
    {
        ClearErrors();
        return new CryptographicException("OpenSSL's libcrypto refused an Ed25519 operation.");
    }

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_new_raw_private_key")]
    private static partial KeyHandle NewRawPrivateKey(int type, nint engine, ReadOnlySpan<byte> key, nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_new_raw_public_key")]
    private static partial KeyHandle NewRawPublicKey(int type, nint engine, ReadOnlySpan<byte> key, nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_get_raw_public_key")]
    private static partial int GetRawPublicKey(KeyHandle key, Span<byte> publicKey, ref nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_free")]
    private static partial void FreeKey(nint key);

    [LibraryImport(Library, EntryPoint = "EVP_MD_CTX_new")]
    private static partial ContextHandle NewContext();

    [LibraryImport(Library, EntryPoint = "EVP_MD_CTX_free")]
    private static partial void FreeContext(nint context);

    [LibraryImport(Library, EntryPoint = "EVP_DigestSignInit")]
    private static partial int DigestSignInit(ContextHandle context, nint keyContext, nint digest, nint engine, KeyHandle key);

    [LibraryImport(Library, EntryPoint = "EVP_DigestSign")]
    private static partial int DigestSign(ContextHandle context, Span<byte> signature, ref nuint signatureLength, ReadOnlySpan<byte> message, nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_DigestVerifyInit")]
    private static partial int DigestVerifyInit(ContextHandle context, nint keyContext, nint digest, nint engine, KeyHandle key);

    [LibraryImport(Library, EntryPoint = "EVP_DigestVerify")]
    private static partial int DigestVerify(ContextHandle context, ReadOnlySpan<byte> signature, nuint signatureLength, ReadOnlySpan<byte> message, nuint length);

    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "SHA256_Init")]
    private static unsafe partial int Sha256Init(byte* context);

    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "SHA256_Update")]
    private static unsafe partial int Sha256Update(byte* context, byte* data, nuint length);

    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "SHA256_Final")]
    private static unsafe partial int Sha256Final(byte* hash, byte* context);

    [LibraryImport(Library, EntryPoint = "ERR_clear_error")]
    private static partial void ClearErrors();

    internal sealed class KeyHandle() : SafeHandle(0, ownsHandle: true)
    {
        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle()
        {
            FreeKey(handle);
            return true;
        }
    }

    internal sealed class ContextHandle() : SafeHandle(0, ownsHandle: true)
    {
        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle()
        {
            FreeContext(handle);
            return true;
        }
    }
}
