using System.Text.Json.Serialization;
using Cofferdam.Quality.Bias;

namespace Cofferdam.Quality;

/// <summary>The JSON of what this room seals. Every shape begins with its version, <c>"v":1</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SealedSides))]
internal sealed partial class QualityJson : JsonSerializerContext;
