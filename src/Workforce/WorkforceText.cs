using System.Text.Json;
using System.Text.Json.Serialization;
using Cofferdam.Federation.Engagements;
using Cofferdam.Federation.Events;
using Cofferdam.Workforce.Matching;
using Cofferdam.Workforce.Needs;

namespace Cofferdam.Workforce;

/// <summary>The JSON of columns: codes and numbers.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<RequiredAgreement>))]
[JsonSerializable(typeof(IReadOnlyList<WorkRate>))]
[JsonSerializable(typeof(IReadOnlyList<DayCount>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(EarlierListing))]
[JsonSerializable(typeof(NeedTerms))]
internal sealed partial class WorkforceText : JsonSerializerContext
{
    public static string Of(IReadOnlyList<RequiredAgreement> agreements) => JsonSerializer.Serialize(agreements, Default.IReadOnlyListRequiredAgreement);

    public static string Of(IReadOnlyList<WorkRate> rates) => JsonSerializer.Serialize(rates, Default.IReadOnlyListWorkRate);
}
