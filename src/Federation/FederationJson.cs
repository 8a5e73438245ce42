using System.Text.Json.Serialization;
using Cofferdam.Federation.Engagements;
using Cofferdam.Federation.Events;
using Cofferdam.Federation.Keys;
using Cofferdam.Federation.Pairing;
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
[JsonSerializable(typeof(Jwk))]
[JsonSerializable(typeof(EngagementStatement))]
[JsonSerializable(typeof(Withdrawal))]
[JsonSerializable(typeof(WorkEvent[]))]
[JsonSerializable(typeof(IReadOnlyList<WorkEvent>))]
[JsonSerializable(typeof(OfferedTerms))]
[JsonSerializable(typeof(Brief))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(StatementReply[]))]
[JsonSerializable(typeof(KeySet))]
[JsonSerializable(typeof(PairRequest))]
[JsonSerializable(typeof(PairReply))]
[JsonSerializable(typeof(Revealed))]
[JsonSerializable(typeof(Confirmed))]
[JsonSerializable(typeof(SealedIdentity))]
internal sealed partial class FederationJson : JsonSerializerContext;
