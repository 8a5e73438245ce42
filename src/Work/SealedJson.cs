using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cofferdam.Work.Acceptances;
using Cofferdam.Work.Forms;
using Cofferdam.Work.Gold;
using Cofferdam.Work.Guidelines;
using Cofferdam.Work.Images;
using Cofferdam.Work.Imports;
using Cofferdam.Work.Searches;
using Cofferdam.Work.Reviews;
using Cofferdam.Work.Warnings;

namespace Cofferdam.Work;

/// <summary>The JSON of what is sealed. Every shape begins with its version, <c>"v":1</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(SealedName))]
[JsonSerializable(typeof(SealedText))]
[JsonSerializable(typeof(SealedGuidelines))]
[JsonSerializable(typeof(SealedSection))]
[JsonSerializable(typeof(SealedForm))]
[JsonSerializable(typeof(SealedImport))]
[JsonSerializable(typeof(SealedBadRows))]
[JsonSerializable(typeof(BadRow))]
[JsonSerializable(typeof(ImageRow))]
[JsonSerializable(typeof(SealedSearch))]
[JsonSerializable(typeof(SealedFinds))]
[JsonSerializable(typeof(SealedSample))]
[JsonSerializable(typeof(SealedGold))]
[JsonSerializable(typeof(SealedEvidence))]
[JsonSerializable(typeof(SealedWarnings))]
internal sealed partial class SealedJson : JsonSerializerContext
{
    // It is only ever sent as JSON, never inside a page, so text need not be escaped beyond what JSON asks.
    public static SealedJson Shapes { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    });

    /// <summary>What every shape of ours begins with.</summary>
    public static ReadOnlySpan<byte> Version => "{\"v\":1,"u8;
}

/// <summary>A project's or a batch's name.</summary>
internal sealed record SealedName(int V, string Name, string? Description = null);

/// <summary>Somebody's words: a reason, a report.</summary>
internal sealed record SealedText(int V, string Text);
