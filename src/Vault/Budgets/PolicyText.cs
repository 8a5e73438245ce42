using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Budgets;

/// <summary>A policy's one spelling (docs/formats/policy.md). Receipts name it by the SHA-256 of these bytes.</summary>
internal static class PolicyText
{
    /// <summary>Canonical bytes: fields in a fixed order, and the weight of every kind there is, so that a new default changes nothing that was set.</summary>
    public static byte[] Write(Policy policy)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteNumber("v", 1);
        json.WriteStartObject("weights");
        foreach (var (name, kind) in Enum.GetValues<RecordKind>().Select(kind => (ReceiptText.Name(kind), kind)).OrderBy(one => one.Item1, StringComparer.Ordinal))
            json.WriteNumber(name, policy.WeightOf(kind));
        json.WriteEndObject();
        json.WriteNumber("personPerHour", policy.PersonPerHour);
        json.WriteNumber("engagementPerHour", policy.EngagementPerHour);
        json.WriteNumber("processPerHour", policy.ProcessPerHour);
        json.WriteNumber("hostPerHour", policy.HostPerHour);
        if (policy.PersonTotal is { } person)
            json.WriteNumber("personTotal", person);
        if (policy.EngagementTotal is { } engagement)
            json.WriteNumber("engagementTotal", engagement);
        json.WriteNumber("rereadsPerMinute", policy.RereadsPerMinute);
        json.WriteNumber("shredDelaySeconds", (long)policy.ShredDelay.TotalSeconds);
        json.WriteBoolean("twoToResume", policy.TwoToResume);
        // Left out where nothing is said: as policies were before people signed.
        if (!policy.UnsignedStaff)
            json.WriteBoolean("unsignedStaff", false);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

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
