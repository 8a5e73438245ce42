using System.Globalization;
using System.Text.Json;

namespace Cofferdam.Ledger;

/// <summary>Reads canonical bytes back. What does not come out the same when written again is not canonical.</summary>
internal static class ReceiptReader
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    public static ReceiptFacts Read(ReadOnlySpan<byte> what, ReadOnlySpan<byte> who)
    {
        ReceiptFacts facts;
        try
        {
            using var whatJson = Document(what);
            using var whoJson = Document(who);
            facts = Read(whatJson.RootElement, whoJson.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException)
        {
            throw new FormatException("A part of this receipt is not in its canonical spelling.", e);
        }

        return what.SequenceEqual(Receipt.WriteWhat(facts)) && who.SequenceEqual(Receipt.WriteWho(facts))
            ? facts
            : throw new FormatException("A part of this receipt is not in its canonical spelling.");
    }

    public static bool TryReadLeaf(ReadOnlySpan<byte> leaf, out LeafFacts facts)
    {
        facts = default;
        try
        {
            using var json = Document(leaf);
            var root = json.RootElement;
            if (root.GetProperty("v"u8).GetInt32() != 1)
                return false;
            facts = new LeafFacts(
                root.GetProperty("seq"u8).GetInt64(),
                Time(root.GetProperty("time"u8)),
                root.GetProperty("act"u8).GetString() ?? throw new FormatException("A leaf names its act."));
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return false;
        }
    }

    private static JsonDocument Document(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var document = JsonDocument.ParseValue(ref reader);
        return reader.BytesConsumed == json.Length ? document : throw new JsonException("There is more after the end.");
    }

    private static ReceiptFacts Read(JsonElement what, JsonElement who) => new()
    {
        Lab = what.GetProperty("lab"u8).GetGuid(),
        Project = OptionalId(what, "project"u8) ?? Guid.Empty,
        Purpose = OptionalText(what, "purpose"u8),
        Records = what.TryGetProperty("records"u8, out var records) ? [.. records.EnumerateArray().Select(Line)] : [],
        SealRoot = OptionalBytes(what, "sealRoot"u8),
        SealCount = OptionalNumber(what, "sealCount"u8),
        Withdraws = OptionalNumber(what, "withdraws"u8),
        ActId = OptionalId(what, "actId"u8),
        Refusal = OptionalText(what, "refusal"u8),
        Asked = what.TryGetProperty("asked"u8, out var asked) ? [.. asked.EnumerateArray().Select(id => id.GetGuid())] : [],
        Suspension = what.TryGetProperty("suspension"u8, out var suspension) ? Suspension(suspension) : null,
        BudgetAfter = OptionalNumber(what, "budgetAfter"u8),
        Epoch = what.GetProperty("epoch"u8).GetInt64(),
        Process = what.GetProperty("process"u8).GetGuid(),
        Build = Text(what, "build"u8),
        WebBundle = OptionalText(what, "webBundle"u8),
        Evaluation = what.GetProperty("evaluation"u8).GetBoolean(),
        Destination = OptionalId(what, "destination"u8),
        Vault = OptionalId(what, "vault"u8),
        Policy = OptionalBytes(what, "policy"u8),
        Cost = OptionalNumber(what, "cost"u8),
        Particulars = what.TryGetProperty("particulars"u8, out var particulars)
            ? [.. particulars.EnumerateObject().Select(one => KeyValuePair.Create(one.Name, one.Value.GetString()!))]
            : [],
        PrincipalKind = Text(who, "kind"u8),
        Pseudonym = who.GetProperty("pseudonym"u8).GetGuid(),
        Proof = Text(who, "proof"u8),
        Assignment = OptionalId(who, "assignment"u8),
        Session = OptionalId(who, "session"u8),
        Engagement = OptionalId(who, "engagement"u8),
        Key = OptionalId(who, "key"u8),
        Nonce = OptionalBytes(who, "nonce"u8),
        Signature = OptionalBytes(who, "signature"u8),
    };

    private static ReceiptLine Line(JsonElement line) => new(
        line[0].GetString()!, line[1].GetGuid(), line[2].GetInt64(), line[3].GetBytesFromBase64(), line[4].GetInt64(), line[5].GetBoolean());

    private static SuspensionFacts Suspension(JsonElement suspension) => new(
        suspension.GetProperty("id"u8).GetGuid(),
        Text(suspension, "scope"u8),
        suspension.GetProperty("scopeId"u8).GetGuid(),
        Text(suspension, "reason"u8),
        suspension.TryGetProperty("until"u8, out var until) ? Time(until) : null,
        OptionalNumber(suspension, "lastDisclosure"u8),
        suspension.TryGetProperty("drill"u8, out var drill) && drill.GetBoolean());

    private static string Text(JsonElement of, ReadOnlySpan<byte> name) => of.GetProperty(name).GetString()!;

    private static string? OptionalText(JsonElement of, ReadOnlySpan<byte> name) => of.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static Guid? OptionalId(JsonElement of, ReadOnlySpan<byte> name) => of.TryGetProperty(name, out var value) ? value.GetGuid() : null;

    private static ReadOnlyMemory<byte> OptionalBytes(JsonElement of, ReadOnlySpan<byte> name) =>
        of.TryGetProperty(name, out var value) ? value.GetBytesFromBase64() : ReadOnlyMemory<byte>.Empty;

    private static long? OptionalNumber(JsonElement of, ReadOnlySpan<byte> name) => of.TryGetProperty(name, out var value) ? value.GetInt64() : null;

    private static DateTimeOffset Time(JsonElement value) => DateTimeOffset.ParseExact(
        value.GetString()!, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
