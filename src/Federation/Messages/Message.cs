using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Cofferdam.Federation.Signing;

namespace Cofferdam.Federation.Messages;

/// <summary>The JSON bodies that two nodes send each other, beside terms, briefs, statements and work events. Written and read here alone, by the same shapes.</summary>
public static class Message
{
    public const string ContentType = "application/json";

    private static readonly Dictionary<Type, JsonTypeInfo> Shapes = new JsonTypeInfo[]
    {
        MessageJson.Default.TermsAnswerMessage,
        MessageJson.Default.EngagementEndMessage,
        MessageJson.Default.CursorMessage,
    }.ToDictionary(shape => shape.Type);

    /// <summary>Writes a body.</summary>
    /// <exception cref="ArgumentException">It says what none of its kind may say.</exception>
    public static byte[] Write<T>(T message)
        where T : class => IsSound(message)
        ? JsonSerializer.SerializeToUtf8Bytes(message, (JsonTypeInfo<T>)Shapes[typeof(T)])
        : throw new ArgumentException("A message must keep to docs/formats/federation.md.", nameof(message));

    /// <summary>Reads a body of another node.</summary>
    /// <returns>Null where it is not what <see cref="Write"/> writes: a member that nobody knows, or is missing, or is out of its range.</returns>
    public static T? Read<T>(ReadOnlySpan<byte> body)
        where T : class => StrictJson.Read(body, (JsonTypeInfo<T>)Shapes[typeof(T)]) is { } message && IsSound(message) ? message : null;

    private static bool IsSound(object message) => message switch
    {
        TermsAnswerMessage answer => answer.Revision > 0,
        EngagementEndMessage end => Enum.IsDefined(end.Reason) && end.EndsAt >= end.NoticeAt,
        CursorMessage at => at.Cursor >= 0,
        _ => false,
    };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TermsAnswerMessage))]
[JsonSerializable(typeof(EngagementEndMessage))]
[JsonSerializable(typeof(CursorMessage))]
internal sealed partial class MessageJson : JsonSerializerContext;
