using System.Runtime.InteropServices;

namespace Cofferdam.Sealing.Pkcs11;

/// <summary>Attributes to look for or to make an object with.</summary>
internal sealed unsafe class Template
{
    private readonly List<(ObjectAttribute Type, byte[] Value)> attributes = [];

    public delegate void Call(AttributeEntry* entries, nuint count);

    public Template With(ObjectAttribute type, ReadOnlySpan<byte> value)
    {
        attributes.Add((type, value.ToArray()));
        return this;
    }

    public Template With(ObjectAttribute type, bool value) => With(type, [value ? (byte)1 : (byte)0]);

    public Template With(ObjectAttribute type, nuint value) => With(type, MemoryMarshal.AsBytes(new ReadOnlySpan<nuint>(in value)));

    /// <summary>Lays the attributes out in memory that does not move, for the time of one call.</summary>
    public void Use(Call call)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(attributes.Sum(attribute => attribute.Value.Length), pinned: true);
        var entries = GC.AllocateUninitializedArray<AttributeEntry>(attributes.Count, pinned: true);
        var at = 0;
        for (var i = 0; i < attributes.Count; i++)
        {
            var (type, value) = attributes[i];
            value.CopyTo(bytes, at);
            entries[i] = new AttributeEntry { Type = (nuint)type, Value = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(bytes, at), Length = (nuint)value.Length };
            at += value.Length;
        }

        call((AttributeEntry*)Marshal.UnsafeAddrOfPinnedArrayElement(entries, 0), (nuint)attributes.Count);
        GC.KeepAlive(bytes);
        GC.KeepAlive(entries);
    }
}
