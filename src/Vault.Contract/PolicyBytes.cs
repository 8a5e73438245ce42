using System.Buffers;
using System.Text.Json;

namespace Cofferdam.Vault.Contract;

/// <summary>A policy's one spelling (docs/formats/policy.md): what receipts name it by the SHA-256 of, and what is signed to propose it.</summary>
public static class PolicyBytes
{
    /// <summary>Canonical bytes: fields in a fixed order, and the weight of every kind there is, so that a new default changes nothing that was set.</summary>
    public static byte[] Write(Policy policy)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteNumber("v", 1);
        json.WriteStartObject("weights");
        foreach (var (name, kind) in Enum.GetValues<RecordKind>().Select(kind => (Name(kind), kind)).OrderBy(one => one.Item1, StringComparer.Ordinal))
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
        // Left out where it says what policies meant before people signed.
        if (!policy.UnsignedStaff)
            json.WriteBoolean("unsignedStaff", false);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static string Name(RecordKind kind)
    {
        var name = kind.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
