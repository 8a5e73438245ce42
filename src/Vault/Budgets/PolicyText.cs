using System.Security.Cryptography;
using System.Text.Json;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Budgets;

/// <summary>A policy's one spelling (docs/formats/policy.md). Receipts name it by the SHA-256 of these bytes.</summary>
internal static class PolicyText
{
    public static byte[] Write(Policy policy) => PolicyBytes.Write(policy);

    /// <summary>Reads canonical bytes. They are looked up by their hash, so that they are ours or not read at all.</summary>
    public static Policy Read(ReadOnlyMemory<byte> bytes)
    {
        using var document = JsonDocument.Parse(bytes);
        var json = document.RootElement;
        long? Total(string name) => json.TryGetProperty(name, out var total) ? total.GetInt64() : null;
        return new Policy(
            // A kind that a later release has named is passed over.
            json.GetProperty("weights").EnumerateObject().Select(one => (Kind: ReceiptText.Kind(one.Name), Weight: one.Value.GetInt32()))
                .Where(one => Enum.IsDefined(one.Kind)).ToDictionary(one => one.Kind, one => one.Weight),
            json.GetProperty("personPerHour").GetInt64(),
            json.GetProperty("engagementPerHour").GetInt64(),
            json.GetProperty("processPerHour").GetInt64(),
            json.GetProperty("hostPerHour").GetInt64(),
            Total("personTotal"),
            Total("engagementTotal"),
            json.GetProperty("rereadsPerMinute").GetInt32(),
            TimeSpan.FromSeconds(json.GetProperty("shredDelaySeconds").GetInt64()),
            json.GetProperty("twoToResume").GetBoolean(),
            !json.TryGetProperty("unsignedStaff", out var unsigned) || unsigned.GetBoolean());
    }

    /// <returns>32 bytes.</returns>
    public static byte[] Hash(ReadOnlySpan<byte> bytes) => SHA256.HashData(bytes);
}
