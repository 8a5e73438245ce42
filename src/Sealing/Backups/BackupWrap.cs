namespace Cofferdam.Sealing;

/// <summary>One way to open a backup: its key, wrapped.</summary>
/// <param name="Kind">Who unwraps it.</param>
/// <param name="Lab">Whose root key or recovery key it is.</param>
/// <param name="Holder">Name of the custodian; of a recovery key its fingerprint in hex.</param>
/// <param name="Root">The custodian's reference to the root key; empty for a recovery key.</param>
/// <param name="Wrapped">At most 1,024 bytes.</param>
public sealed record BackupWrap(BackupWrapKind Kind, Guid Lab, string Holder, string Root, ReadOnlyMemory<byte> Wrapped);

/// <summary>Who unwraps a backup's key. The numbers stand in files.</summary>
public enum BackupWrapKind : byte
{
    /// <summary>A custodian.</summary>
    Custodian = 1,

    /// <summary>The holders of shares of a recovery key.</summary>
    Recovery = 2,
}
