using System.Text.Json;
using System.Text.Json.Serialization;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Wire;

internal sealed class LabIdConverter : JsonConverter<LabId>
{
    public override LabId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetGuid());

    public override void Write(Utf8JsonWriter writer, LabId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}

internal sealed class ProjectIdConverter : JsonConverter<ProjectId>
{
    public override ProjectId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetGuid());

    public override void Write(Utf8JsonWriter writer, ProjectId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}

internal sealed class RecordIdConverter : JsonConverter<RecordId>
{
    public override RecordId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetGuid());

    public override void Write(Utf8JsonWriter writer, RecordId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
