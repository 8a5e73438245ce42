using System.Runtime.InteropServices;

namespace Cofferdam.Sealing.Pkcs11;

/// <summary>The numbers and structures of PKCS #11 that are used here.</summary>
/// <remarks>
/// PKCS #11 v2.40, as on Unix: CK_ULONG is as wide as a pointer and structures are aligned naturally. (Windows packs them
/// and has 32 bits; it is refused in <see cref="Module"/>.)
/// </remarks>
internal static class Cryptoki
{
    public const nuint UserPin = 1;                 // CKU_USER
    public const nuint SerialAndReadWrite = 4 | 2;  // CKF_SERIAL_SESSION | CKF_RW_SESSION
    public const nuint OsLocking = 2;               // CKF_OS_LOCKING_OK

    public const nuint SecretKey = 4;               // CKO_SECRET_KEY
    public const nuint Aes = 0x1F;                  // CKK_AES
    public const nuint AesKeyGen = 0x1080;          // CKM_AES_KEY_GEN
    public const nuint AesGcm = 0x1087;             // CKM_AES_GCM
}

/// <summary>CKA_*</summary>
internal enum ObjectAttribute
{
    Class = 0x000,
    Token = 0x001,
    Private = 0x002,
    Label = 0x003,
    Value = 0x011,
    KeyType = 0x100,
    Id = 0x102,
    Sensitive = 0x103,
    Encrypt = 0x104,
    Decrypt = 0x105,
    ValueLength = 0x161,
    Extractable = 0x162,
}

/// <summary>CKR_*: those that something is made of.</summary>
internal enum Result
{
    Ok = 0,
    SlotIdInvalid = 0x03,
    GeneralError = 0x05,
    AttributeSensitive = 0x11,
    DeviceError = 0x30,
    DeviceMemory = 0x31,
    DeviceRemoved = 0x32,
    EncryptedDataInvalid = 0x40,
    EncryptedDataLenRange = 0x41,
    KeyHandleInvalid = 0x60,
    MechanismInvalid = 0x70,
    ObjectHandleInvalid = 0x82,
    PinIncorrect = 0xA0,
    PinInvalid = 0xA1,
    PinLenRange = 0xA2,
    PinExpired = 0xA3,
    PinLocked = 0xA4,
    SessionClosed = 0xB0,
    SessionHandleInvalid = 0xB3,
    TokenNotPresent = 0xE0,
    TokenNotRecognized = 0xE1,
    UserAlreadyLoggedIn = 0x100,
    UserNotLoggedIn = 0x101,
    CryptokiNotInitialized = 0x190,
    CryptokiAlreadyInitialized = 0x191,
}

/// <summary>CK_ATTRIBUTE</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct AttributeEntry
{
    public nuint Type;
    public void* Value;
    public nuint Length;
}

/// <summary>CK_MECHANISM</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Mechanism
{
    public nuint Type;
    public void* Parameter;
    public nuint ParameterLength;
}

/// <summary>CK_GCM_PARAMS</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct GcmParameters
{
    public byte* Iv;
    public nuint IvLength;
    public nuint IvBits;
    public byte* Associated;
    public nuint AssociatedLength;
    public nuint TagBits;
}

/// <summary>CK_C_INITIALIZE_ARGS</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct InitializeArguments
{
    public void* CreateMutex;
    public void* DestroyMutex;
    public void* LockMutex;
    public void* UnlockMutex;
    public nuint Flags;
    public void* Reserved;
}

/// <summary>A call into the token's library failed.</summary>
internal sealed class Pkcs11Exception(string call, Result result) : Exception($"{call} answered {result} (0x{(uint)result:X}).")
{
    public Result Result { get; } = result;

    /// <summary>The session or its token is gone: worth connecting anew, once.</summary>
    public bool Disconnected => Result is Result.SessionHandleInvalid or Result.SessionClosed or Result.DeviceRemoved or Result.DeviceError
        or Result.TokenNotPresent or Result.TokenNotRecognized or Result.SlotIdInvalid or Result.UserNotLoggedIn or Result.CryptokiNotInitialized;
}
