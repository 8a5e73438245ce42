using System.Text.Json;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Projects;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.Guidelines;

/// <summary>The guidelines of a project while they are edited.</summary>
internal sealed class DraftedGuidelines(IVault vault, AppDb db)
{
    /// <param name="Version">What a change must name; 0 where nothing has been drafted yet.</param>
    internal readonly record struct Draft(IReadOnlyList<Section> Sections, long Version);

    /// <returns>The draft, or the vault's refusal.</returns>
    public async Task<(Draft Draft, OpenOutcome.Refused? Refused)> OpenAsync(InProject at, Actor actor, CancellationToken cancellation)
    {
        if (await RowAsync(at, cancellation) is not { } row)
            return (new Draft([], 0), null);
        var outcome = await vault.OpenAsync(actor, at.Facts.Id, Purpose.Manage, [Ref(row.Record)], cancellation);
        if (outcome is not OpenOutcome.Opened { Records: [var record] })
            return (default, (OpenOutcome.Refused)outcome);
        return (new Draft(JsonSerializer.Deserialize(record.Plaintext.Span, SealedJson.Shapes.SealedGuidelines)!.Sections, record.Version), null);
    }

    /// <param name="version">The version that was changed.</param>
    /// <returns>The new version; null where somebody else was first.</returns>
    public async Task<long?> SaveAsync(InProject at, Actor actor, IReadOnlyList<Section> sections, long version, CancellationToken cancellation)
    {
        var row = await RowAsync(at, cancellation);
        if ((row is null) != (version == 0))
            return null;
        var record = row?.Record ?? RecordId.New().Value;
        var plaintext = JsonSerializer.SerializeToUtf8Bytes(new SealedGuidelines(1, sections), SealedJson.Shapes.SealedGuidelines);
        var outcome = await vault.SealAsync(actor, at.Facts.Id, RecordKind.GuidelineDraft, new RecordId(record), plaintext, version);
        if (outcome is SealOutcome.Conflict)
            return null;
        if (row is null && !await KeepAsync(at.Id, record, cancellation))
        {
            await vault.RemoveAsync(actor.Lab, at.Facts.Id, actor.Principal, [Ref(record)], CancellationToken.None);
            return null;
        }

        return outcome.Expect().Versions[0];
    }

    private static RecordRef Ref(Guid record) => new(RecordKind.GuidelineDraft, new RecordId(record));

    private Task<GuidelineDraft?> RowAsync(InProject at, CancellationToken cancellation) =>
        db.GuidelineDrafts.AsNoTracking().SingleOrDefaultAsync(draft => draft.Project == at.Id, cancellation);

    private async Task<bool> KeepAsync(Guid project, Guid record, CancellationToken cancellation)
    {
        db.GuidelineDrafts.Add(new GuidelineDraft { Project = project, Record = record });
        try
        {
            await db.SaveChangesAsync(CancellationToken.None);
            return true;
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            if (await db.GuidelineDrafts.AnyAsync(draft => draft.Project == project, cancellation))
                return false;
            throw;
        }
    }
}
