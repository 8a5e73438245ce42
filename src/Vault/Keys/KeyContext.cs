namespace Cofferdam.Vault.Keys;

/// <summary>What each wrapped key is for, as bytes that are bound into its wrapping (docs/formats/sealed-record.md).</summary>
internal static class KeyContext
{
    public static byte[] Lab(Guid lab, Guid key) => Write("cofferdam/lab-key@1"u8, lab, key);

    public static byte[] Project(Guid lab, Guid project, Guid key) => Write("cofferdam/project-key@1"u8, lab, project, key);

    public static byte[] Fingerprint(Guid lab, Guid project, Guid key) => Write("cofferdam/fingerprint-key@1"u8, lab, project, key);

    public static byte[] Salt(Guid lab, Guid principal) => Write("cofferdam/salt-key@1"u8, lab, principal);

    public static byte[] Recovery(Guid lab, Guid key) => Write("cofferdam/recovery-of-lab-key@1"u8, lab, key);

    public static byte[] Log(Guid lab) => Write("cofferdam/log-key@1"u8, lab);

    private static byte[] Write(ReadOnlySpan<byte> label, params ReadOnlySpan<Guid> ids)
    {
        var context = new byte[label.Length + (ids.Length * 16)];
        label.CopyTo(context);
        for (var i = 0; i < ids.Length; i++)
            ids[i].TryWriteBytes(context.AsSpan(label.Length + (i * 16)), bigEndian: true, out _);
        return context;
    }
}
