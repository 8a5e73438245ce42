using System.Text.Json;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Projects;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.Guidelines;

/// <summary>Reads published sections as they were written, with what is known of them in clear.</summary>
internal static class PublishedGuidelines
{
    /// <summary>Opens every section of some versions in one receipt.</summary>
    /// <returns>By version, in order; or the vault's refusal.</returns>
    public static async Task<(ILookup<int, Section>? Sections, OpenOutcome.Refused? Refused)> OpenAsync(
        this IVault vault, Actor actor, InProject at, AppDb db, IReadOnlyCollection<int> versions, CancellationToken cancellation)
    {
        var rows = await db.GuidelineSections.AsNoTracking().Where(section => section.Project == at.Id && versions.Contains(section.Version))
            .OrderBy(section => section.Version).ThenBy(section => section.Ordinal).ToListAsync(cancellation);
        if (rows.Count == 0)
            return (Array.Empty<Section>().ToLookup(_ => 0), null);
        var outcome = await vault.OpenAsync(
            actor, at.Facts.Id, Purpose.Manage, [.. rows.Select(row => new RecordRef(RecordKind.GuidelineSection, new RecordId(row.Record)))], cancellation);
        return outcome is OpenOutcome.Opened opened
            ? (rows.Zip(opened.Records).ToLookup(pair => pair.First.Version, pair => Read(pair.First, pair.Second)), null)
            : (null, (OpenOutcome.Refused)outcome);
    }

    private static Section Read(GuidelineSection row, OpenedRecord record)
    {
        var section = Read(record);
        return new Section(
            section.Key, section.Title, section.Body, section.Questions, row.Sensitivity,
            row.Tags.Length == 0 ? [] : row.Tags.Split(GuidelineSection.BetweenTags), row.Weight);
    }

    public static SealedSection Read(OpenedRecord record) => JsonSerializer.Deserialize(record.Plaintext.Span, SealedJson.Shapes.SealedSection)!;
}
