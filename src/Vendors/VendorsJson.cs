using System.Text.Json.Serialization;
using Cofferdam.Federation.Engagements;
using Cofferdam.Vendors.Admissions;

namespace Cofferdam.Vendors;

/// <summary>The JSON of columns, and of what nodes answer each other here.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(IReadOnlyList<RequiredAgreement>))]
[JsonSerializable(typeof(AdmissionFacts))]
[JsonSerializable(typeof(Telling.CursorAnswer))]
internal sealed partial class VendorsJson : JsonSerializerContext;
