using System.Text.Json;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Forms;

namespace Cofferdam.Work.Warnings;

/// <summary>Something that people are warned of before they see a project's content.</summary>
/// <param name="Key">Unique in the project: <c>[a-z0-9][a-z0-9_-]{0,63}</c>.</param>
/// <param name="Label">What people read; 1 to 500 characters.</param>
public sealed record ContentWarning(string Key, string Label)
{
    /// <returns>What is wrong with a project's warnings, as a sentence; null where nothing is.</returns>
    internal static string? Fault(IReadOnlyList<ContentWarning> warnings)
    {
        if (warnings.Count > 10 || warnings.Any(warning => warning?.Key is null || !Form.Key().IsMatch(warning.Key) || warning.Label is not { Length: >= 1 and <= 500 }))
            return "A project has at most 10 warnings, each with a key and a text of 1 to 500 characters.";
        return warnings.DistinctBy(warning => warning.Key, StringComparer.Ordinal).Count() < warnings.Count ? "Two warnings have the same key." : null;
    }

    internal static SealItem Seal(RecordId record, IReadOnlyList<ContentWarning> warnings) => new(
        RecordKind.Project, record, JsonSerializer.SerializeToUtf8Bytes(new SealedWarnings(1, warnings), SealedJson.Shapes.SealedWarnings));

    internal static IReadOnlyList<ContentWarning> Read(OpenedRecord record) =>
        JsonSerializer.Deserialize(record.Plaintext.Span, SealedJson.Shapes.SealedWarnings)!.Warnings;
}

/// <summary>A project's warnings: a record of their own, because people at work open them and not the project's name.</summary>
internal sealed record SealedWarnings(int V, IReadOnlyList<ContentWarning> Warnings);
