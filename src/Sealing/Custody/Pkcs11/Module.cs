using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;

namespace Cofferdam.Sealing.Pkcs11;

/// <summary>A token's library, loaded and initialised once per process and path, and never unloaded.</summary>
/// <remarks>
/// PKCS #11 v2.40 §5. Functions are taken from the list that <c>C_GetFunctionList</c> returns: a version in one word,
/// then pointers in the order of the specification.
/// </remarks>
internal sealed unsafe class Module
{
    private const int LabelBytes = 32;
    private const int TokenInfoBytes = 256;

    private static readonly ConcurrentDictionary<string, Lazy<Module>> Loaded = new(StringComparer.Ordinal);

    private readonly nint* functions;

    private Module(nint* functions) => this.functions = functions;

    /// <exception cref="KeyCustodyException">There is no such library, or it is no token's.</exception>
    public static Module Load(string path)
    {
        if (OperatingSystem.IsWindows())
            throw new KeyCustodyException("Tokens are used on Linux and macOS alone. Run the vault there, or choose another custodian.");
        try
        {
            return Loaded.GetOrAdd(path, _ => new Lazy<Module>(() => LoadOnce(path))).Value;
        }
        catch
        {
            // A library that is put in place later is found without a restart.
            Loaded.TryRemove(path, out _);
            throw;
        }
    }

    public nuint[] SlotsWithToken()
    {
        nuint count = 0;
        var getSlotList = (delegate* unmanaged<byte, nuint*, nuint*, nuint>)functions[4];
        Require("C_GetSlotList", getSlotList(1, null, &count));
        var slots = new nuint[count];
        fixed (nuint* first = slots)
            Require("C_GetSlotList", getSlotList(1, first, &count));
        return slots[..(int)count];
    }

    /// <returns>Null where the token went away.</returns>
    public string? TokenLabel(nuint slot)
    {
        // CK_TOKEN_INFO starts with the label, padded with spaces; the rest is not looked at.
        var info = stackalloc byte[TokenInfoBytes];
        return (Result)((delegate* unmanaged<nuint, byte*, nuint>)functions[6])(slot, info) == Result.Ok
            ? Encoding.UTF8.GetString(info, LabelBytes).TrimEnd(' ', '\0')
            : null;
    }

    public nuint OpenSession(nuint slot)
    {
        nuint session;
        Require("C_OpenSession", ((delegate* unmanaged<nuint, nuint, void*, void*, nuint*, nuint>)functions[12])(slot, Cryptoki.SerialAndReadWrite, null, null, &session));
        return session;
    }

    public void CloseSession(nuint session) => _ = ((delegate* unmanaged<nuint, nuint>)functions[13])(session);

    /// <summary>Closes the sessions of the whole process with this token, as a token does that is pulled out.</summary>
    public void CloseAllSessions(nuint slot) => Require("C_CloseAllSessions", ((delegate* unmanaged<nuint, nuint>)functions[14])(slot));

    public void Login(nuint session, ReadOnlySpan<byte> pin)
    {
        fixed (byte* bytes = pin)
        {
            var result = (Result)((delegate* unmanaged<nuint, nuint, byte*, nuint, nuint>)functions[18])(session, Cryptoki.UserPin, bytes, (nuint)pin.Length);
            if (result is not (Result.Ok or Result.UserAlreadyLoggedIn))
                throw new Pkcs11Exception("C_Login", result);
        }
    }

    public void DestroyObject(nuint session, nuint handle) =>
        Require("C_DestroyObject", ((delegate* unmanaged<nuint, nuint, nuint>)functions[22])(session, handle));

    /// <summary>Reads an attribute of a known length.</summary>
    public Result Read(nuint session, nuint handle, ObjectAttribute attribute, Span<byte> value)
    {
        fixed (byte* bytes = value)
        {
            var entry = new AttributeEntry { Type = (nuint)attribute, Value = bytes, Length = (nuint)value.Length };
            return (Result)((delegate* unmanaged<nuint, nuint, AttributeEntry*, nuint, nuint>)functions[24])(session, handle, &entry, 1);
        }
    }

    /// <summary>Objects that have these attributes, two at most: more than one is one too many.</summary>
    public nuint[] Find(nuint session, Template template)
    {
        var found = stackalloc nuint[2];
        nuint count;
        template.Use((entries, length) =>
            Require("C_FindObjectsInit", ((delegate* unmanaged<nuint, AttributeEntry*, nuint, nuint>)functions[26])(session, entries, length)));
        Require("C_FindObjects", ((delegate* unmanaged<nuint, nuint*, nuint, nuint*, nuint>)functions[27])(session, found, 2, &count));
        Require("C_FindObjectsFinal", ((delegate* unmanaged<nuint, nuint>)functions[28])(session));
        return new ReadOnlySpan<nuint>(found, (int)count).ToArray();
    }

    public nuint GenerateAesKey(nuint session, Template template)
    {
        nuint handle = 0;
        var mechanism = new Mechanism { Type = Cryptoki.AesKeyGen };
        template.Use((entries, length) =>
        {
            var byAddress = mechanism;
            nuint made;
            Require("C_GenerateKey", ((delegate* unmanaged<nuint, Mechanism*, AttributeEntry*, nuint, nuint*, nuint>)functions[58])(session, &byAddress, entries, length, &made));
            handle = made;
        });
        return handle;
    }

    /// <summary>AES-GCM with a tag of 16 bytes (v2.40 current mechanisms §2.11), in one call.</summary>
    /// <param name="output">Room for what comes out: the input's length, 16 more or 16 less.</param>
    /// <returns>Bytes written.</returns>
    public int AesGcm(bool encrypt, nuint session, nuint key, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> associated, ReadOnlySpan<byte> input, Span<byte> output)
    {
        fixed (byte* ivBytes = iv, associatedBytes = associated, inputBytes = input, outputBytes = output)
        {
            var parameters = new GcmParameters
            {
                Iv = ivBytes,
                IvLength = (nuint)iv.Length,
                IvBits = (nuint)iv.Length * 8,
                Associated = associatedBytes,
                AssociatedLength = (nuint)associated.Length,
                TagBits = ChunkCipher.TagBytes * 8,
            };
            var mechanism = new Mechanism { Type = Cryptoki.AesGcm, Parameter = &parameters, ParameterLength = (nuint)sizeof(GcmParameters) };
            Require(encrypt ? "C_EncryptInit" : "C_DecryptInit", ((delegate* unmanaged<nuint, Mechanism*, nuint, nuint>)functions[encrypt ? 29 : 33])(session, &mechanism, key));
            var length = (nuint)output.Length;
            Require(
                encrypt ? "C_Encrypt" : "C_Decrypt",
                ((delegate* unmanaged<nuint, byte*, nuint, byte*, nuint*, nuint>)functions[encrypt ? 30 : 34])(session, inputBytes, (nuint)input.Length, outputBytes, &length));
            return (int)length;
        }
    }

    private static Module LoadOnce(string path)
    {
        if (!File.Exists(path))
            throw new KeyCustodyException($"There is no library {path}. Install the token's PKCS#11 library and name it: pkcs11:library=PATH");
        if (!NativeLibrary.TryLoad(path, out var library) || !NativeLibrary.TryGetExport(library, "C_GetFunctionList", out var export))
            throw new KeyCustodyException($"The library {path} cannot be loaded, or is no PKCS#11 library for this machine.");

        nint* list;
        Require("C_GetFunctionList", ((delegate* unmanaged<nint**, nuint>)export)(&list));
        var module = new Module(list + 1);
        var arguments = new InitializeArguments { Flags = Cryptoki.OsLocking };
        var result = (Result)((delegate* unmanaged<InitializeArguments*, nuint>)module.functions[0])(&arguments);
        return result is Result.Ok or Result.CryptokiAlreadyInitialized
            ? module
            : throw new KeyCustodyException($"The library {path} does not start: C_Initialize answered {result}. Look at its configuration.");
    }

    private static void Require(string call, nuint result)
    {
        if (result != (nuint)Result.Ok)
            throw new Pkcs11Exception(call, (Result)result);
    }
}
