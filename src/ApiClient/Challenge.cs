using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cofferdam.ApiClient;

/// <summary>What a node wants signed before it does what was asked: the answer 428 with the code <c>sign</c>.</summary>
/// <param name="Lab">The lab's id, which is signed too.</param>
/// <param name="Key">The key that the nonces are for.</param>
/// <param name="Keys">All keys of the person, where the session is not bound to one yet.</param>
public sealed record Challenge(
    string Code, Guid Lab, Guid Key, IReadOnlyList<Guid>? Keys = null, IReadOnlyList<WantedOpen>? Opens = null, IReadOnlyList<WantedAct>? Acts = null)
{
    /// <summary>Carries proofs.</summary>
    public const string ProofsHeader = "Cofferdam-Proof";

    /// <summary>Says which key there is, where the nonces are another one's.</summary>
    public const string KeyHeader = "Cofferdam-Key";

    /// <summary>Reads the answer 428.</summary>
    /// <returns>Null where it asks for something else.</returns>
    public static Challenge? Read(string json) => JsonSerializer.Deserialize(json, ApiJson.Default.Challenge) is { Code: "sign" } challenge ? challenge : null;
}

/// <summary>One open to be signed. Act, purpose and kinds are numbers, as receipts have them.</summary>
/// <param name="Assignment">The task that it is opened for; null where there is none.</param>
/// <param name="Nonce">32 bytes, base64url.</param>
public sealed record WantedOpen(Guid Project, int Act, int Purpose, Guid? Assignment, IReadOnlyList<WantedRecord> Records, string Nonce);

/// <summary>One act that decides over access.</summary>
/// <param name="Content">SHA-256 of what is done, base64url.</param>
/// <param name="Nonce">32 bytes, base64url.</param>
public sealed record WantedAct(string Name, string Content, string Nonce);

/// <summary>A record to be opened; on the wire <c>[kind, id]</c>.</summary>
[JsonConverter(typeof(WantedRecordConverter))]
public readonly record struct WantedRecord(int Kind, Guid Id);

/// <summary>The task that comes next, ready to be signed and opened in one request.</summary>
public sealed record NextTask(Guid Slot, Guid Lab, Guid Key, WantedOpen Open);

internal sealed class WantedRecordConverter : JsonConverter<WantedRecord>
{
    public override WantedRecord Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not JsonTokenType.StartArray || !reader.Read())
            throw new JsonException("A record is [kind, id].");
        var kind = reader.GetInt32();
        reader.Read();
        var id = reader.GetGuid();
        reader.Read();
        return reader.TokenType is JsonTokenType.EndArray ? new WantedRecord(kind, id) : throw new JsonException("A record is [kind, id].");
    }

    public override void Write(Utf8JsonWriter writer, WantedRecord value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(value.Kind);
        writer.WriteStringValue(value.Id);
        writer.WriteEndArray();
    }
}
