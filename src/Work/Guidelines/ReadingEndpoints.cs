using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Events;
using Cofferdam.Work.Forms;
using Cofferdam.Work.Projects;
using Cofferdam.Work.Slots;
using Cofferdam.Work.Warnings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.Guidelines;

/// <summary>A section to be read, and what became of it since the reader last acknowledged guidelines.</summary>
/// <param name="Body">Null where it was removed.</param>
/// <param name="Before">What it said, where it was changed.</param>
public sealed record SectionToRead(string Key, string Title, string? Body, Change Change, string? Before);

/// <param name="From">The last version before this one that the reader acknowledged; 0 for none.</param>
public sealed record GuidelinesToRead(int Version, int From, IReadOnlyList<SectionToRead> Sections, IReadOnlyList<ContentWarning> Warnings);

/// <param name="Seconds">Time counted on the reading, 0 to 86,400.</param>
public sealed record AcknowledgementRequest(double? Seconds = null);

/// <summary>Guidelines are read as a whole, and acknowledged, before the first task under them.</summary>
internal static class ReadingEndpoints
{
    public static void MapReadingEndpoints(this RouteGroupBuilder lab)
    {
        var guidelines = lab.InProject("/guidelines/{number:int}");
        guidelines.MapPost("/read", Read).RequireAuthorization(Policies.Member);
        guidelines.MapPut("/acknowledgement", Acknowledge).RequireAuthorization(Policies.Member);
    }

    // Sections that come with some items only are not among these: they come with the task.
    private static async Task<Results<Ok<GuidelinesToRead>, ProblemHttpResult>> Read(
        int number, InProject at, Actor actor, IVault vault, AppDb db, Offers offers, CancellationToken cancellation)
    {
        if (await FormsUnderAsync(number, at, actor, db, offers, cancellation) is not { Count: > 0 } forms)
            return Problems.NotFound();
        var asked = string.Join(',', await db.FormVersions.Where(form => form.Project == at.Id && forms.Contains(form.Number)).Select(form => form.Questions).ToListAsync(cancellation));
        var from = await db.Acknowledgements.Where(a => a.Project == at.Id && a.Person == actor.Pseudonym && a.Version < number)
            .MaxAsync(a => (int?)a.Version, cancellation) ?? 0;
        var audience = actor.Role is Role.Annotator ? Audience.Expert : Audience.Reviewer;
        var after = (await GuidelineSlice.LoadAsync(db, at.Facts.Id, number, asked, cancellation)).For(audience);
        var before = from == 0 ? [] : (await GuidelineSlice.LoadAsync(db, at.Facts.Id, from, asked, cancellation)).For(audience);
        var warnings = await db.WarningsOfAsync(at.Id, cancellation);

        RecordRef[] records = [.. after, .. before, .. warnings is { } one ? [one] : Array.Empty<RecordRef>()];
        if (records.Length == 0)
            return TypedResults.Ok(new GuidelinesToRead(number, from, [], []));
        var outcome = await vault.OpenAsync(actor, at.Facts.Id, Purpose.Task, records, cancellation);
        if (outcome is not OpenOutcome.Opened opened)
            return Problems.Refused((OpenOutcome.Refused)outcome);
        var changes = GuidelineChanges.Between(
            Sections(opened.Records.Skip(after.Length).Take(before.Length)), Sections(opened.Records.Take(after.Length)));
        return TypedResults.Ok(new GuidelinesToRead(
            number, from,
            [.. changes.Select(change => new SectionToRead(
                change.Key, (change.After ?? change.Before)!.Title, change.After?.Body, change.Change, change.Change is Change.Changed ? change.Before!.Body : null))],
            warnings is null ? [] : ContentWarning.Read(opened.Records[^1])));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Acknowledge(
        int number, AcknowledgementRequest? body, InProject at, Actor actor, AppDb db, Store store, Offers offers, TimeProvider time, CancellationToken cancellation)
    {
        if (body?.Seconds is not (null or (>= 0 and <= 86_400)))
            return Problems.Invalid("The time counted is 0 to 86,400 seconds.", "seconds");
        if ((await FormsUnderAsync(number, at, actor, db, offers, cancellation)).Count == 0)
            return Problems.NotFound();
        await using var connection = await store.OpenAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var command = connection.Command(
            "INSERT INTO acknowledgement (project, version, person, at) VALUES (@project, @version, @person, @at) ON CONFLICT DO NOTHING",
            ("@project", at.Id), ("@version", number), ("@person", actor.Pseudonym), ("@at", time.GetUtcNow()));
        if (await command.ExecuteNonQueryAsync(CancellationToken.None) == 1 && actor.Engagement is { } engagement)
        {
            await using var told = connection.Command(
                """
                INSERT INTO work_event (engagement, type, kind, person, project, seconds, held, at)
                VALUES (@engagement, @type, @kind, @person, @project, @seconds, FALSE, @at)
                """,
                ("@engagement", engagement), ("@type", (short)WorkEventType.ReadingDone), ("@kind", (short)WorkKind.Reading), ("@person", actor.Pseudonym),
                ("@project", at.Id), ("@seconds", body?.Seconds), ("@at", time.GetUtcNow()));
            await told.ExecuteNonQueryAsync(CancellationToken.None);
        }

        await transaction.CommitAsync(CancellationToken.None);
        return TypedResults.NoContent();
    }

    /// <summary>Forms of the batches under a version that the reader may work in, or has worked in: the method of other work is not theirs to read.</summary>
    private static async Task<HashSet<int>> FormsUnderAsync(
        int number, InProject at, Actor actor, AppDb db, Offers offers, CancellationToken cancellation)
    {
        var forms = new HashSet<int>();
        foreach (var batch in at.Facts.Batches.Values.Where(batch => number > 0 && batch.GuidelineVersion == number && !forms.Contains(batch.FormVersion)))
        {
            if (actor.Role is not Role.Annotator || await offers.IsQualifiedAsync(batch, actor, cancellation)
                || await db.Slots.AnyAsync(slot => slot.Project == at.Id && slot.Holder == actor.Pseudonym && slot.Batch == batch.Id, cancellation))
                forms.Add(batch.FormVersion);
        }

        return forms;
    }

    private static List<Section> Sections(IEnumerable<OpenedRecord> records) =>
        [.. records.Select(PublishedGuidelines.Read).Select(section => new Section(section.Key, section.Title, section.Body, section.Questions))];
}
