using System.Text.Json;
using System.Text.Json.Serialization;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Proposals;

/// <summary>A policy that waits for a second person, as bytes that the receipts of proposal and approval name by their hash.</summary>
internal static class ProposedPolicy
{
    public static byte[] Write(Policy policy) => JsonSerializer.SerializeToUtf8Bytes(
        policy with { Weights = new SortedDictionary<RecordKind, int>(policy.Weights.ToDictionary()) }, ProposedPolicyJson.Default.Policy);

    public static Policy Read(byte[] policy) =>
        JsonSerializer.Deserialize(policy, ProposedPolicyJson.Default.Policy) ?? throw new JsonException("There is no policy.");
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Policy))]
internal sealed partial class ProposedPolicyJson : JsonSerializerContext;
