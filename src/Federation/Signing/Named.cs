using System.Text.Json.Serialization;

namespace Cofferdam.Federation.Signing;

/// <summary>An enumeration by its names in JSON, never by number.</summary>
public sealed class Named<T>() : JsonStringEnumConverter<T>(namingPolicy: null, allowIntegerValues: false)
    where T : struct, Enum;
