namespace Cofferdam.Work.Items;

/// <summary>Ids of items begin with the time at which their import began.</summary>
internal static class ItemIds
{
    /// <summary>The lowest id of a time.</summary>
    public static Guid From(DateTimeOffset time)
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.CreateVersion7(time).TryWriteBytes(bytes, bigEndian: true, out _);
        bytes[6..].Clear();
        return new Guid(bytes, bigEndian: true);
    }
}
