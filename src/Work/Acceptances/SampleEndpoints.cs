using System.Text.Json;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Forms;
using Cofferdam.Work.Guidelines;
using Cofferdam.Work.Items;
using Cofferdam.Work.Leads;
using Cofferdam.Work.Projects;
using Cofferdam.Work.Slots;
using Cofferdam.Work.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.Acceptances;

/// <summary>The shape of an answer to judge, for readers of the API's description. Who gave it is not told: the sample judges the batch.</summary>
/// <param name="Answers">In shown terms.</param>
public sealed record SampleView(
    Guid Slot, Guid Item, JsonElement Answers,
    IReadOnlyList<Section> Sections, int GuidelineVersion, int FormVersion, DateTimeOffset LeaseUntil, long Receipt,
    JsonElement? Prompt = null, JsonElement? Left = null, JsonElement? Right = null, IReadOnlyList<JsonElement>? Responses = null,
    string? Text = null, TaskImage? Image = null, JsonElement? Prelabels = null);

/// <summary>Judging a sample, answer by answer. Nobody judges an answer that they decided on or wrote, nor one to an item that they have answered.</summary>
internal static class SampleEndpoints
{
    private const string Free = "verdict = 0 AND (judge IS NULL OR judge = @me OR judge_until < @now)";

    private const string Pick = $"""
        SELECT d.ordinal FROM (SELECT * FROM acceptance_sample WHERE acceptance = @acceptance AND {Free}) d JOIN slot s ON s.id = d.slot
        WHERE (s.reviewer IS NULL OR s.reviewer <> @me) AND NOT EXISTS (SELECT 1 FROM slot m WHERE m.holder = @me AND m.item = s.item)
          AND NOT EXISTS (SELECT 1 FROM review r WHERE r.slot = s.id AND r.answer = d.answer AND r.reviewer = @me)
          AND NOT EXISTS (SELECT 1 FROM answer a WHERE a.record = d.answer AND a.person = @me)
        ORDER BY CASE WHEN d.judge = @me THEN 0 ELSE 1 END, d.ordinal LIMIT 1
        """;

    // Conditions are said again outside: where two ask at once, the second looks at the row as the first has left it.
    private const string Take = $"""
        UPDATE acceptance_sample SET judge = @me, judge_until = @until
        WHERE acceptance = @acceptance AND {Free} AND ordinal = ({Pick}) RETURNING slot, answer
        """;

    public static void MapSampleEndpoints(this RouteGroupBuilder acceptances)
    {
        acceptances.MapPost("/{acceptance:guid}/next", Next).RequireAuthorization(Policies.Reviewer).RequireOwnPeople().RequireFreshPasskey()
            .Produces<SampleView>().Produces(StatusCodes.Status204NoContent);
        acceptances.MapPost("/{acceptance:guid}/slots/{slot:guid}", Judge).RequireAuthorization(Policies.Reviewer).RequireOwnPeople().RequireNotSuspended();
    }

    private static async Task<IResult> Next(
        Guid acceptance, InProject at, Actor actor, IVault vault, Store store, AppDb db, SlotLoop slots, ProjectCatalog catalog, FormCatalog forms, TimeProvider time, CancellationToken cancellation)
    {
        if (await StateAsync(db, at, acceptance, cancellation) is not { } state)
            return Problems.NotFound();
        if (state is not AcceptanceState.Drawn)
            return Decided();
        var until = time.GetUtcNow() + SlotLoop.ReviewLeaseLength;
        if (await TakeAsync(store, acceptance, actor.Pseudonym, time.GetUtcNow(), until, cancellation) is not { } taken)
        {
            // What is left may be in somebody's hand, or not for this person.
            return await OthersAreAtItAsync(db, acceptance, time.GetUtcNow(), cancellation)
                ? TypedResults.NoContent()
                : Problems.Of(StatusCodes.Status409Conflict, "not-yours-to-judge", "You have answered these items, or accepted these answers. Somebody else has to judge them.");
        }

        // The batch is done, but what is given back may go to others.
        await slots.SeenAsync(at.Id, taken.Slot, actor.Pseudonym);
        var slot = await db.Slots.AsNoTracking().SingleAsync(s => s.Id == taken.Slot, cancellation);
        var sections = await catalog.SectionsAsync(at.Facts, slot.GuidelineVersion, slot.FormVersion, slot.Item, Audience.Reviewer, cancellation);
        RecordRef[] records =
        [
            new(RecordKind.Item, new RecordId(slot.Item)), .. sections, new(RecordKind.Answer, new RecordId(taken.Answer)),
        ];
        var outcome = await vault.OpenAsync(actor, at.Facts.Id, Purpose.Acceptance, records, cancellation, slot.Id);
        if (outcome is not OpenOutcome.Opened opened)
            return Problems.Refused((OpenOutcome.Refused)outcome);
        var item = ItemJson.Read(opened.Records[0].Plaintext);
        var (form, refused) = await forms.OfPrelabelsAsync(at.Facts, slot.FormVersion, item.Shape, cancellation);
        return refused is null ? new SampleBody(at.Facts, slot, item, form, opened, sections.Length, until) : Problems.Refused(refused);
    }

    /// <summary>A verdict may be changed by who gave it, until the batch is decided on.</summary>
    private static async Task<Results<NoContent, ProblemHttpResult>> Judge(
        Guid acceptance, Guid slot, VerdictRequest body, InProject at, Actor actor, IVault vault, AppDb db, CancellationToken cancellation)
    {
        if (await StateAsync(db, at, acceptance, cancellation) is not { } state)
            return Problems.NotFound();
        if (body.Verdict is not (Verdict.Fit or Verdict.Defect))
            return Problems.Invalid("A verdict is fit or defect.", "verdict");
        if (body.Verdict is Verdict.Defect ? !Words.Are(body.Reason) : !Words.Fits(body.Reason))
            return Problems.Invalid($"A defect is named in 1 to {Words.Most} characters.", "reason");
        if (!Words.Fits(body.Evidence))
            return Problems.Invalid(Words.Unfit, "evidence");
        if (state is not AcceptanceState.Drawn)
            return Decided();
        var (acceptances, mine) = (db.Acceptances, db.AcceptanceSamples.Where(s => s.Acceptance == acceptance && s.Slot == slot && s.Judge == actor.Pseudonym));
        if (await mine.AsNoTracking().SingleOrDefaultAsync(cancellation) is not { } before)
            return await db.AcceptanceSamples.AnyAsync(s => s.Acceptance == acceptance && s.Slot == slot, cancellation) ? Lost() : Problems.NotFound();
        if (await vault.StoppingAsync(actor, at.Facts.Id, cancellation) is { } suspension)
            return Problems.Suspended(suspension.Reason);

        var reason = await Words.SealAsync(vault, actor, at.Facts.Id, body.Reason);
        var evidence = await Words.SealAsync(vault, actor, at.Facts.Id, body.Evidence);
        var (words, rests) = (reason?.Value, evidence?.Value);
        var written = await mine.Where(s => acceptances.Any(a => a.Id == s.Acceptance && a.State == AcceptanceState.Drawn)).ExecuteUpdateAsync(
            set => set.SetProperty(s => s.Verdict, body.Verdict).SetProperty(s => s.Reason, words).SetProperty(s => s.Evidence, rests)
                .SetProperty(s => s.JudgeUntil, (DateTimeOffset?)null),
            CancellationToken.None);
        foreach (var unused in (written == 1 ? new[] { before.Reason, before.Evidence } : [words, rests]).OfType<Guid>())
            await Words.DropAsync(vault, actor, at.Facts.Id, new RecordId(unused));
        return written == 1 ? TypedResults.NoContent() : Lost();

        static ProblemHttpResult Lost() => Problems.Of(StatusCodes.Status409Conflict, "sample-lost", "This answer is not in your hand. Take the next one.");
    }

    private static ProblemHttpResult Decided() => Problems.Of(StatusCodes.Status409Conflict, "decided", "This round has been decided, and nothing is judged any more.");

    private static async Task<AcceptanceState?> StateAsync(AppDb db, InProject at, Guid acceptance, CancellationToken cancellation) =>
        await db.Acceptances.Where(a => a.Id == acceptance && a.Project == at.Id).Select(a => (AcceptanceState?)a.State).SingleOrDefaultAsync(cancellation);

    private static async Task<(Guid Slot, Guid Answer)?> TakeAsync(
        Store store, Guid acceptance, Guid me, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellation)
    {
        await using var connection = await store.OpenAsync(cancellation);
        (string, object?)[] values = [("@acceptance", acceptance), ("@me", me), ("@now", now)];
        while (true)
        {
            await using var take = connection.Command(Take, [.. values, ("@until", until)]);
            await using (var reader = await take.ExecuteReaderAsync(cancellation))
            {
                if (await reader.ReadAsync(cancellation))
                    return (reader.Id(0), reader.Id(1));
            }

            // Somebody else may have been quicker at the row that was picked.
            await using var any = connection.Command(Pick, values);
            if (await any.ExecuteScalarAsync(cancellation) is null)
                return null;
        }
    }

    private static async Task<bool> OthersAreAtItAsync(AppDb db, Guid acceptance, DateTimeOffset now, CancellationToken cancellation)
    {
        var left = db.AcceptanceSamples.Where(s => s.Acceptance == acceptance && s.Verdict == Verdict.None);
        return await left.AnyAsync(s => s.JudgeUntil >= now, cancellation) || !await left.AnyAsync(cancellation);
    }
}

/// <param name="opened">The item, the sections, the answer.</param>
file sealed class SampleBody(
    ProjectFacts project, Slot slot, ItemJson item, Form? form, OpenOutcome.Opened opened, int sections, DateTimeOffset until) : JsonBody
{
    protected override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("slot"u8, slot.Id);
        json.WriteString("item"u8, slot.Item);
        WriteItem(json, item, project.Arrange(slot.Id, slot.Flipped), form);
        json.WritePropertyName("answers"u8);
        AnswerJson.WriteShown(json, opened.Records[1 + sections].Plaintext);
        WriteSections(json, opened.Records, 1, sections);
        json.WriteNumber("guidelineVersion"u8, slot.GuidelineVersion);
        json.WriteNumber("formVersion"u8, slot.FormVersion);
        json.WriteString("leaseUntil"u8, until);
        json.WriteNumber("receipt"u8, opened.Receipt);
        json.WriteEndObject();
    }
}
