using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cofferdam.Federation.Statements;

/// <summary>A time as whole seconds since 1970 (NumericDate, RFC 7519 §2); fractions are refused.</summary>
internal sealed class NumericDate : JsonConverter<DateTimeOffset>
{
    private static readonly long Last = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.Number && reader.TryGetInt64(out var seconds) && seconds >= 0 && seconds <= Last
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : throw new JsonException("A time is a whole number of seconds since 1970.");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNumberValue(value.ToUnixTimeSeconds());
    }
}
