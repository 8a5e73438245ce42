using System.Text.Json;
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

namespace Cofferdam.Work.Reviews;

/// <summary>The shape of an answer to review, for readers of the API's description.</summary>
/// <param name="Answers">In shown terms; each with <c>"prelabel":"kept"</c> or <c>"changed"</c> where an answer had been suggested.</param>
/// <param name="Annotator">Pseudonym.</param>
/// <param name="LeaseUntil">Absent for what was escalated.</param>
/// <param name="Prelabels">Suggested answers in shown terms, by question.</param>
/// <param name="Reviews">Earlier decisions, newest first; for what was escalated alone.</param>
public sealed record ReviewView(
    Guid Slot, Guid Item, JsonElement Answers, Guid Annotator,
    IReadOnlyList<Section> Sections, int GuidelineVersion, int FormVersion, DateTimeOffset? LeaseUntil, long Receipt,
    JsonElement? Prompt = null, JsonElement? Left = null, JsonElement? Right = null, IReadOnlyList<JsonElement>? Responses = null,
    string? Text = null, TaskImage? Image = null, IReadOnlyList<PastReview>? Reviews = null, JsonElement? Prelabels = null);

internal static class ReviewEndpoints
{
    public static void MapReviewEndpoints(this RouteGroupBuilder lab)
    {
        var reviews = lab.InProject("/reviews").RequireGrant();
        reviews.MapPost("/next", Next).RequireAuthorization(Policies.Reviewer).RequireFreshPasskey().Produces<ReviewView>().Produces(StatusCodes.Status204NoContent);
        reviews.MapPost("/{slot:guid}", Decide).RequireAuthorization(Policies.Reviewer);
    }

    private static async Task<IResult> Next(
        InProject at, Actor actor, IVault vault, SlotLoop slots, ProjectCatalog catalog, FormCatalog forms, CancellationToken cancellation)
    {
        if (await slots.LeaseReviewAsync(at.Id, actor.Pseudonym) is not { } lease)
            return TypedResults.NoContent();

        OpenOutcome outcome;
        OpenOutcome.Refused? refused = null;
        RecordRef[] sections;
        try
        {
            sections = await catalog.SectionsAsync(at.Facts, lease.GuidelineVersion, lease.FormVersion, lease.Item, Audience.Reviewer, cancellation);
            RecordRef[] records =
            [
                new(RecordKind.Item, new RecordId(lease.Item)), .. sections, new(RecordKind.Answer, new RecordId(lease.Answer)),
            ];
            outcome = await vault.OpenAsync(actor, at.Facts.Id, Purpose.Review, records, cancellation, lease.Slot);
            if (outcome is OpenOutcome.Opened opened)
            {
                var item = ItemJson.Read(opened.Records[0].Plaintext);
                (var form, refused) = await forms.OfPrelabelsAsync(at.Facts, lease.FormVersion, item.Shape, cancellation);
                if (refused is null)
                    return new ReviewBody(at.Facts, lease, item, form, opened, sections.Length);
            }
        }
        catch
        {
            await slots.ReleaseReviewAsync(at.Id, lease.Slot, actor.Pseudonym);
            throw;
        }

        refused ??= (OpenOutcome.Refused)outcome;
        // Whoever signs asks again at once, and for the same answer.
        if (refused.Reason is not RefusalReason.NotAttested)
            await slots.ReleaseReviewAsync(at.Id, lease.Slot, actor.Pseudonym);
        return Problems.Refused(refused);
    }

    private static Task<Results<Ok<StateView>, ProblemHttpResult>> Decide(
        Guid slot, ReviewRequest body, InProject at, Actor actor, Deciding deciding, CancellationToken cancellation) =>
        deciding.DecideAsync(slot, body, staff: false, at, actor, cancellation);
}
