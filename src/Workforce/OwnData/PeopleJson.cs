using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cofferdam.Workforce.Agreements;
using Cofferdam.Workforce.Experts;
using Cofferdam.Workforce.Vetting;

namespace Cofferdam.Workforce.OwnData;

/// <summary>The JSON of what is sealed about people, and of tests.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(OwnWords))]
[JsonSerializable(typeof(SignedName))]
[JsonSerializable(typeof(SealedInterview))]
[JsonSerializable(typeof(SealedCheck))]
[JsonSerializable(typeof(IReadOnlyList<TestQuestion>))]
[JsonSerializable(typeof(IReadOnlyList<TestKey>))]
[JsonSerializable(typeof(SealedSitting))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class PeopleJson : JsonSerializerContext
{
    // It is only ever sent as JSON, never inside a page, so text need not be escaped beyond what JSON asks.
    public static PeopleJson Sealed { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    });
}
