using System.Text.Json.Serialization;
using Cofferdam.Federation.Engagements;
using Cofferdam.Federation.Events;
using Cofferdam.Federation.Keys;
using Cofferdam.Federation.Signing;
using Cofferdam.Federation.Statements;

namespace Cofferdam.Federation;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JwsHeader))]
[JsonSerializable(typeof(EngagementStatement))]
[JsonSerializable(typeof(Withdrawal))]
[JsonSerializable(typeof(WorkEvent[]))]
[JsonSerializable(typeof(IReadOnlyList<WorkEvent>))]
[JsonSerializable(typeof(OfferedTerms))]
[JsonSerializable(typeof(Brief))]
[JsonSerializable(typeof(KeySet))]
[JsonSerializable(typeof(SealedIdentity))]
internal sealed partial class FederationJson : JsonSerializerContext;
