using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Forms;
using Cofferdam.Work.Guidelines;
using Cofferdam.Work.Items;
using Cofferdam.Work.Projects;
using Cofferdam.Work.Slots;
using Cofferdam.Work.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.Reviews;

/// <summary>An answer that waits for lab staff; without its content.</summary>
/// <param name="Annotator">Pseudonym of who gave it.</param>
/// <param name="Rounds">Times that it was returned.</param>
public sealed record EscalationRow(Guid Slot, Guid Item, Guid Batch, Guid Annotator, int Rounds, DateTimeOffset? SubmittedAt);

/// <summary>Opens an escalated answer for whoever decides on it, with what was said of it before.</summary>
internal sealed class Escalations(AppDb db, IVault vault, ProjectCatalog catalog, FormCatalog forms)
{
    /// <summary>Most earlier decisions that are shown; the newest.</summary>
    private const int MostReviews = 20;

    public async Task<IResult> OpenAsync(Guid slot, InProject at, Actor actor, CancellationToken cancellation)
    {
        var found = await db.Slots.AsNoTracking().SingleOrDefaultAsync(
            s => s.Id == slot && s.Project == at.Id && s.State == SlotState.Escalated, cancellation);
        if (found is not { Answer: { } answer, Holder: { } holder })
            return Problems.NotFound();
        if (holder == actor.Pseudonym)
            return Problems.Of(StatusCodes.Status403Forbidden, "own-work", "Nobody decides on their own work.");
        var reviews = await db.Reviews.AsNoTracking().Where(review => review.Slot == slot)
            .OrderByDescending(review => review.DecidedAt).Take(MostReviews).ToListAsync(cancellation);
        var sections = await catalog.SectionsAsync(at.Facts, found.GuidelineVersion, found.FormVersion, found.Item, Audience.Reviewer, cancellation);
        RecordRef[] reasons = [.. reviews.SelectMany(review => (Guid?[])[review.Reason, review.Evidence]).OfType<Guid>()
            .Select(record => new RecordRef(RecordKind.Reason, new RecordId(record)))];
        var outcome = await vault.OpenAsync(
            actor, at.Facts.Id, Purpose.Review,
            [new(RecordKind.Item, new RecordId(found.Item)), .. sections, new(RecordKind.Answer, new RecordId(answer)), .. reasons], cancellation, slot);
        if (outcome is not OpenOutcome.Opened opened)
            return Problems.Refused((OpenOutcome.Refused)outcome);
        var item = ItemJson.Read(opened.Records[0].Plaintext);
        var (form, refused) = await forms.OfPrelabelsAsync(at.Facts, found.FormVersion, item.Shape, cancellation);
        if (refused is not null)
            return Problems.Refused(refused);

        var texts = opened.Records.Skip(2 + sections.Length).ToDictionary(record => record.Id.Value, record => record.Plaintext);
        var lease = new ReviewLease(slot, found.Item, found.Flipped, found.GuidelineVersion, found.FormVersion, holder, answer, LeaseUntil: null);
        return new ReviewBody(at.Facts, lease, item, form, opened, sections.Length, [.. reviews.Select(review => new PastReview(
            review.Reviewer, review.Kind, review.Decision, review.DecidedAt,
            review.Reason is { } reason ? Words.Read(texts[reason]) : null,
            review.Evidence is { } evidence ? Words.ReadEvidence(texts[evidence]) : null))]);
    }
}

internal static class EscalationEndpoints
{
    private const int MostRows = 1_000;

    public static void MapEscalationEndpoints(this RouteGroupBuilder lab)
    {
        var escalations = lab.InProject("/escalations");
        escalations.MapGet("", List).RequireAuthorization(Policies.Observer);
        escalations.MapPost("/{slot:guid}/open", Open).RequireAuthorization(Policies.Staff).RequireFreshPasskey().ForTokens(TokenScope.Read).Produces<ReviewView>();
        escalations.MapPost("/{slot:guid}", Decide).RequireAuthorization(Policies.Staff);
    }

    private static async Task<Ok<List<EscalationRow>>> List(InProject at, AppDb db, CancellationToken cancellation) =>
        TypedResults.Ok(await db.Slots.AsNoTracking().Where(s => s.Project == at.Id && s.State == SlotState.Escalated).OrderBy(s => s.Id).Take(MostRows)
            .Select(s => new EscalationRow(s.Id, s.Item, s.Batch, s.Holder!.Value, s.Rounds, s.SubmittedAt)).ToListAsync(cancellation));

    private static Task<IResult> Open(Guid slot, InProject at, Actor actor, Escalations escalations, CancellationToken cancellation) =>
        escalations.OpenAsync(slot, at, actor, cancellation);

    private static Task<Results<Ok<StateView>, ProblemHttpResult>> Decide(
        Guid slot, ReviewRequest body, InProject at, Actor actor, Deciding deciding, CancellationToken cancellation) =>
        deciding.DecideAsync(slot, body, staff: true, at, actor, cancellation);
}
