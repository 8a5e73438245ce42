using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Cofferdam.Storage;

/// <summary>UUIDs as 16 big-endian bytes, the order in which version 7 sorts by time.</summary>
public sealed class GuidBytes() : ValueConverter<Guid, byte[]>(id => id.ToByteArray(true), bytes => new Guid(bytes, true));

/// <summary>Times as UTC microseconds since 1970.</summary>
public sealed class UnixMicroseconds() : ValueConverter<DateTimeOffset, long>(
    time => time.ToMicroseconds(), micros => Commands.FromMicroseconds(micros));
