using System.Security.Cryptography;
using System.Text;
using Cofferdam.Sealing.Pkcs11;

namespace Cofferdam.Sealing;

/// <summary>Root keys in a PKCS#11 token (HSM): AES-256 keys that the token made and never gives out.</summary>
/// <remarks>
/// A wrapped key is <c>version u8 = 1 ‖ iv 12 ‖ AES-256-GCM of the committed key 64 ‖ tag 16</c>, with
/// <see cref="CommittedKey.Binding"/> as associated data. Keys are looked up for every use, so that one taken away in the
/// token takes effect at once. References are UUIDs; a key's label is <c>cofferdam LAB REFERENCE</c>.
/// </remarks>
/// <param name="library">Path of the token's library.</param>
/// <param name="token">Label of the token.</param>
/// <param name="pinFile">File of the user PIN.</param>
public sealed class Pkcs11Custodian(string library, string token, string pinFile, TimeProvider? time = null) : IKeyCustodian
{
    private const byte FormatVersion = 1;
    private const int IvBytes = 12;
    private const int WrappedBytes = 1 + IvBytes + CommittedKey.Bytes + ChunkCipher.TagBytes;

    private readonly TimeProvider time = time ?? TimeProvider.System;

    public string Name => "pkcs11";

    public bool Evaluation => false;

    internal TokenSessions Sessions { get; } = new(library, token, pinFile);

    /// <inheritdoc/>
    public ValueTask<string> CreateAsync(Guid lab, CancellationToken cancellation = default)
    {
        var root = Guid.CreateVersion7().ToString("D");
        return Run($"make a key for the lab {lab:D}", (module, session) =>
        {
            var template = Identity(lab, root)
                .With(ObjectAttribute.KeyType, Cryptoki.Aes)
                .With(ObjectAttribute.ValueLength, (nuint)ChunkedEncryption.KeyBytes)
                .With(ObjectAttribute.Id, lab.ToByteArray(bigEndian: true))
                .With(ObjectAttribute.Private, true)
                .With(ObjectAttribute.Sensitive, true)
                .With(ObjectAttribute.Extractable, false)
                .With(ObjectAttribute.Encrypt, true)
                .With(ObjectAttribute.Decrypt, true);
            RequireKept(module, session, module.GenerateAesKey(session, template));
            return root;
        });
    }

    /// <inheritdoc/>
    public ValueTask<byte[]> WrapAsync(
        Guid lab, string root, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> context, CancellationToken cancellation = default)
    {
        var binding = CommittedKey.Binding(Name, lab, root, context.Span);
        var packed = CommittedKey.Pack(binding, key.Span);
        try
        {
            return Run("wrap a key", (module, session) =>
            {
                var wrapped = new byte[WrappedBytes];
                wrapped[0] = FormatVersion;
                var iv = wrapped.AsSpan(1, IvBytes);
                RandomNumberGenerator.Fill(iv);
                var written = module.AesGcm(encrypt: true, session, Key(module, session, lab, root), iv, binding, packed, wrapped.AsSpan(1 + IvBytes));
                return written == WrappedBytes - 1 - IvBytes ? wrapped : throw Unusable($"wrote {written} bytes instead of what AES-GCM gives");
            });
        }
        finally
        {
            CryptographicOperations.ZeroMemory(packed);
        }
    }

    /// <inheritdoc/>
    public ValueTask<byte[]> UnwrapAsync(
        Guid lab, string root, ReadOnlyMemory<byte> wrapped, ReadOnlyMemory<byte> context, CancellationToken cancellation = default)
    {
        if (wrapped.Length != WrappedBytes || wrapped.Span[0] != FormatVersion)
            throw NotWrappedHere();
        var binding = CommittedKey.Binding(Name, lab, root, context.Span);
        return Run("unwrap a key", (module, session) =>
        {
            var handle = Key(module, session, lab, root);
            // Some libraries ask for room for the tag as well.
            var packed = new byte[CommittedKey.Bytes + ChunkCipher.TagBytes];
            int length;
            try
            {
                length = module.AesGcm(encrypt: false, session, handle, wrapped.Span[1..(1 + IvBytes)], binding, wrapped.Span[(1 + IvBytes)..], packed);
            }
            catch (Pkcs11Exception e) when (e.Result is Result.EncryptedDataInvalid or Result.EncryptedDataLenRange or Result.GeneralError)
            {
                throw NotWrappedHere(e);
            }

            return CommittedKey.TryUnpack(binding, packed.AsSpan(0, length), out var key) ? key : throw NotWrappedHere();
        });
    }

    /// <inheritdoc/>
    public ValueTask<DateTimeOffset> DestroyAsync(Guid lab, string root, CancellationToken cancellation = default) =>
        Run($"destroy the key {root}", (module, session) =>
        {
            foreach (var handle in module.Find(session, Identity(lab, root)))
                module.DestroyObject(session, handle);
            return time.GetUtcNow();
        });

    /// <inheritdoc/>
    /// <remarks>Encrypts under the key: that it is there says less.</remarks>
    public async ValueTask CheckAsync(Guid lab, string root, CancellationToken cancellation = default)
    {
        await Run("use the key", (module, session) =>
        {
            RequireKept(module, session, Key(module, session, lab, root));
            return true;
        });
        await WrapAsync(lab, root, new byte[ChunkedEncryption.KeyBytes], "check"u8.ToArray(), cancellation);
    }

    public void Dispose() => Sessions.Dispose();

    internal static Template Identity(Guid lab, string root) => new Template()
        .With(ObjectAttribute.Class, Cryptoki.SecretKey)
        .With(ObjectAttribute.Token, true)
        .With(ObjectAttribute.Label, Encoding.UTF8.GetBytes($"cofferdam {lab:D} {root}"));

    private nuint Key(Module module, nuint session, Guid lab, string root) => module.Find(session, Identity(lab, root)) switch
    {
        [var only] => only,
        [] => throw new KeyCustodyException(
            $"The token \"{token}\" has no key \"cofferdam {lab:D} {root}\". It was destroyed, or it lies in another token: what was sealed under it stays closed until it is back."),
        _ => throw new KeyCustodyException(
            $"The token \"{token}\" has more than one key \"cofferdam {lab:D} {root}\". Somebody put one there: find out who, and remove it."),
    };

    // A token may ignore what it was asked for.
    private void RequireKept(Module module, nuint session, nuint key)
    {
        Span<byte> flag = stackalloc byte[1];
        var kept = module.Read(session, key, ObjectAttribute.Sensitive, flag) == Result.Ok && flag[0] == 1
            && module.Read(session, key, ObjectAttribute.Extractable, flag) == Result.Ok && flag[0] == 0;
        if (!kept)
            throw Unusable("would give the key out: it is not sensitive and unextractable");
    }

    private ValueTask<T> Run<T>(string what, Func<Module, nuint, T> work)
    {
        try
        {
            return ValueTask.FromResult(Sessions.Use(work));
        }
        catch (Pkcs11Exception e) when (e.Result == Result.MechanismInvalid)
        {
            throw new KeyCustodyException($"The token \"{token}\" does not know AES-GCM with an IV of the caller's, which this release needs.", e);
        }
        catch (Pkcs11Exception e)
        {
            throw new KeyCustodyException($"The token \"{token}\" cannot {what} now: {e.Message} See that it is plugged in and works.", e);
        }
    }

    private KeyCustodyException NotWrappedHere(Exception? inner = null) =>
        new($"The token \"{token}\" does not open this lab's key. It was wrapped under another root key or for something else, or the store was edited.", inner);

    private KeyCustodyException Unusable(string what) => new($"The token \"{token}\" {what}. Use another token.");
}
