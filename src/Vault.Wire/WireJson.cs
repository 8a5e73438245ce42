using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Wire;

/// <summary>Headers as JSON: the contract's own messages, each outcome under the name of its case.</summary>
/// <remarks>
/// Strict on both sides. A fact that the other side does not know must not be passed over: it may be what narrows a
/// request, such as where an export goes.
/// </remarks>
internal static class WireJson
{
    private static readonly JsonSerializerOptions Options = new(WireJsonContext.Default.Options)
    {
        TypeInfoResolver = WireJsonContext.Default.WithAddedModifier(NameCases),
        MaxDepth = 16,
    };

    private static readonly Dictionary<Type, JsonDerivedType[]> Cases = new()
    {
        [typeof(SealOutcome)] =
        [
            new(typeof(SealOutcome.Sealed), "sealed"), new(typeof(SealOutcome.Conflict), "conflict"), new(typeof(SealOutcome.UnknownProject), "unknownProject"),
        ],
        [typeof(OpenOutcome)] = [new(typeof(OpenOutcome.Opened), "opened"), new(typeof(OpenOutcome.Refused), "refused")],
        [typeof(ResumeOutcome)] =
        [
            new(typeof(ResumeOutcome.Resumed), "resumed"), new(typeof(ResumeOutcome.SecondPersonNeeded), "secondPersonNeeded"),
            new(typeof(ResumeOutcome.SamePerson), "samePerson"), new(typeof(ResumeOutcome.NotInForce), "notInForce"),
            new(typeof(ResumeOutcome.NotSigned), "notSigned"),
        ],
        [typeof(KeyOutcome)] =
        [
            new(typeof(KeyOutcome.Done), "done"), new(typeof(KeyOutcome.UnknownCustodian), "unknownCustodian"), new(typeof(KeyOutcome.Unavailable), "unavailable"),
        ],
        [typeof(PolicyOutcome)] =
        [
            new(typeof(PolicyOutcome.Set), "set"), new(typeof(PolicyOutcome.Proposed), "proposed"), new(typeof(PolicyOutcome.Invalid), "invalid"),
            new(typeof(PolicyOutcome.NotSigned), "notSigned"),
        ],
        [typeof(ProposalOutcome)] =
        [
            new(typeof(ProposalOutcome.Accepted), "accepted"), new(typeof(ProposalOutcome.SamePerson), "samePerson"), new(typeof(ProposalOutcome.NotOpen), "notOpen"),
            new(typeof(ProposalOutcome.NotSigned), "notSigned"),
        ],
        [typeof(TermsOutcome)] =
        [
            new(typeof(TermsOutcome.Set), "set"), new(typeof(TermsOutcome.Invalid), "invalid"), new(typeof(TermsOutcome.NotSigned), "notSigned"),
        ],
        [typeof(VouchOutcome)] =
        [
            new(typeof(VouchOutcome.Vouched), "vouched"), new(typeof(VouchOutcome.Withdrawn), "withdrawn"), new(typeof(VouchOutcome.Refused), "refused"),
        ],
        [typeof(StaffKeyOutcome)] =
        [
            new(typeof(StaffKeyOutcome.Enrolled), "enrolled"), new(typeof(StaffKeyOutcome.NotSigned), "notSigned"), new(typeof(StaffKeyOutcome.Invalid), "invalid"),
        ],
    };

    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Of<T>.Type);

    /// <exception cref="WireException">It is not what was to come.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json.Span, Of<T>.Type)!;
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or NotSupportedException or ArgumentException)
        {
            throw new WireException("a header is not as agreed", e);
        }
    }

    private static void NameCases(JsonTypeInfo type)
    {
        if (!Cases.TryGetValue(type.Type, out var cases))
            return;
        type.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = "is" };
        foreach (var one in cases)
            type.PolymorphismOptions.DerivedTypes.Add(one);
    }

    private static class Of<T>
    {
        public static JsonTypeInfo<T> Type { get; } = (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));
    }
}

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    NumberHandling = JsonNumberHandling.Strict,
    PropertyNameCaseInsensitive = false,
    AllowDuplicateProperties = false,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(LabIdConverter), typeof(ProjectIdConverter), typeof(RecordIdConverter)])]
[JsonSerializable(typeof(Hello))]
[JsonSerializable(typeof(NoCall))]
[JsonSerializable(typeof(LabCall))]
[JsonSerializable(typeof(ActCall))]
[JsonSerializable(typeof(CreateLabCall))]
[JsonSerializable(typeof(ProjectCall))]
[JsonSerializable(typeof(ProjectActCall))]
[JsonSerializable(typeof(RemoveCall))]
[JsonSerializable(typeof(ListCall))]
[JsonSerializable(typeof(SuspensionCall))]
[JsonSerializable(typeof(ResumeCall))]
[JsonSerializable(typeof(ReceiptCall))]
[JsonSerializable(typeof(LogFileCall))]
[JsonSerializable(typeof(ConsistencyCall))]
[JsonSerializable(typeof(CustodianCall))]
[JsonSerializable(typeof(RecoveryCall))]
[JsonSerializable(typeof(PolicyCall))]
[JsonSerializable(typeof(ProposeCall))]
[JsonSerializable(typeof(ApproveCall))]
[JsonSerializable(typeof(ProposalCall))]
[JsonSerializable(typeof(NoncesCall))]
[JsonSerializable(typeof(TermsCall))]
[JsonSerializable(typeof(VouchCall))]
[JsonSerializable(typeof(WithdrawPersonCall))]
[JsonSerializable(typeof(RevokeKeyCall))]
[JsonSerializable(typeof(EnrolledKeysCall))]
[JsonSerializable(typeof(StaffKeyCall))]
[JsonSerializable(typeof(SealRequest))]
[JsonSerializable(typeof(OpenRequest))]
[JsonSerializable(typeof(RefusalNote))]
[JsonSerializable(typeof(SuspendRequest))]
[JsonSerializable(typeof(ReceiptQuery))]
[JsonSerializable(typeof(Nothing))]
[JsonSerializable(typeof(Unavailable))]
[JsonSerializable(typeof(VaultIdentity))]
[JsonSerializable(typeof(VaultFigures))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(SealOutcome))]
[JsonSerializable(typeof(SealOutcome.Sealed))]
[JsonSerializable(typeof(SealOutcome.Conflict))]
[JsonSerializable(typeof(SealOutcome.UnknownProject))]
[JsonSerializable(typeof(OpenOutcome))]
[JsonSerializable(typeof(OpenOutcome.Opened))]
[JsonSerializable(typeof(OpenOutcome.Refused))]
[JsonSerializable(typeof(RecordPage))]
[JsonSerializable(typeof(SuspendOutcome))]
[JsonSerializable(typeof(ResumeOutcome))]
[JsonSerializable(typeof(ResumeOutcome.Resumed))]
[JsonSerializable(typeof(ResumeOutcome.SecondPersonNeeded))]
[JsonSerializable(typeof(ResumeOutcome.SamePerson), TypeInfoPropertyName = "ResumeSamePerson")]
[JsonSerializable(typeof(ResumeOutcome.NotInForce))]
[JsonSerializable(typeof(ResumeOutcome.NotSigned), TypeInfoPropertyName = "ResumeNotSigned")]
[JsonSerializable(typeof(IReadOnlyList<Suspension>))]
[JsonSerializable(typeof(SuspensionProof))]
[JsonSerializable(typeof(ReceiptPage))]
[JsonSerializable(typeof(ReceiptEntry))]
[JsonSerializable(typeof(LedgerHead))]
[JsonSerializable(typeof(LogState))]
[JsonSerializable(typeof(IReadOnlyList<ReadOnlyMemory<byte>>))]
[JsonSerializable(typeof(KeyState))]
[JsonSerializable(typeof(KeyOutcome))]
[JsonSerializable(typeof(KeyOutcome.Done))]
[JsonSerializable(typeof(KeyOutcome.UnknownCustodian))]
[JsonSerializable(typeof(KeyOutcome.Unavailable), TypeInfoPropertyName = "KeyUnavailable")]
[JsonSerializable(typeof(ResealStep))]
[JsonSerializable(typeof(RecoveryShareSet))]
[JsonSerializable(typeof(Policy))]
[JsonSerializable(typeof(PolicyOutcome))]
[JsonSerializable(typeof(PolicyOutcome.Set))]
[JsonSerializable(typeof(PolicyOutcome.Proposed))]
[JsonSerializable(typeof(PolicyOutcome.Invalid))]
[JsonSerializable(typeof(PolicyOutcome.NotSigned), TypeInfoPropertyName = "PolicyNotSigned")]
[JsonSerializable(typeof(IReadOnlyList<BudgetUse>))]
[JsonSerializable(typeof(ShareFigures))]
[JsonSerializable(typeof(Proposal))]
[JsonSerializable(typeof(ProposalOutcome))]
[JsonSerializable(typeof(ProposalOutcome.Accepted))]
[JsonSerializable(typeof(ProposalOutcome.SamePerson), TypeInfoPropertyName = "ProposalSamePerson")]
[JsonSerializable(typeof(ProposalOutcome.NotOpen))]
[JsonSerializable(typeof(ProposalOutcome.NotSigned), TypeInfoPropertyName = "ProposalNotSigned")]
[JsonSerializable(typeof(IReadOnlyList<Proposal>))]
[JsonSerializable(typeof(TermsOutcome))]
[JsonSerializable(typeof(TermsOutcome.Set), TypeInfoPropertyName = "TermsSet")]
[JsonSerializable(typeof(TermsOutcome.Invalid), TypeInfoPropertyName = "TermsInvalid")]
[JsonSerializable(typeof(TermsOutcome.NotSigned), TypeInfoPropertyName = "TermsNotSigned")]
[JsonSerializable(typeof(VouchOutcome))]
[JsonSerializable(typeof(VouchOutcome.Vouched))]
[JsonSerializable(typeof(VouchOutcome.Withdrawn))]
[JsonSerializable(typeof(VouchOutcome.Refused), TypeInfoPropertyName = "VouchRefused")]
[JsonSerializable(typeof(long?))]
[JsonSerializable(typeof(IReadOnlyList<EnrolledKey>))]
[JsonSerializable(typeof(StaffKeyOutcome))]
[JsonSerializable(typeof(StaffKeyOutcome.Enrolled))]
[JsonSerializable(typeof(StaffKeyOutcome.NotSigned), TypeInfoPropertyName = "StaffKeyNotSigned")]
[JsonSerializable(typeof(StaffKeyOutcome.Invalid), TypeInfoPropertyName = "StaffKeyInvalid")]
internal sealed partial class WireJsonContext : JsonSerializerContext;
