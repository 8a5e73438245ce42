using System.Text.Json;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Forms;
using Cofferdam.Work.Guidelines;
using Cofferdam.Work.Items;
using Cofferdam.Work.Notices;
using Cofferdam.Work.Projects;
using Cofferdam.Work.Slots;
using Cofferdam.Work.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.Reviews;

public enum Decision : byte
{
    Accept = 1,
    Return = 2,
}

/// <param name="Reason">Needed for a return: 1 to 4,000 characters that its holder will read.</param>
public sealed record ReviewRequest(Decision Decision, string? Reason = null);

/// <summary>The shape of an answer to review, for readers of the API's description.</summary>
/// <param name="Answers">In shown terms; each with <c>"prelabel":"kept"</c> or <c>"changed"</c> where an answer had been suggested.</param>
/// <param name="Annotator">Pseudonym.</param>
public sealed record ReviewView(
    Guid Slot, Guid Item, JsonElement Answers, Guid Annotator,
    IReadOnlyList<Section> Sections, int GuidelineVersion, int FormVersion, DateTimeOffset LeaseUntil, long Receipt,
    JsonElement? Prompt = null, JsonElement? Left = null, JsonElement? Right = null, IReadOnlyList<JsonElement>? Responses = null,
    string? Text = null, TaskImage? Image = null);

internal static class ReviewEndpoints
{
    public static void MapReviewEndpoints(this RouteGroupBuilder lab)
    {
        var reviews = lab.InProject("/reviews");
        reviews.MapPost("/next", Next).RequireAuthorization(Policies.Reviewer).Produces<ReviewView>().Produces(StatusCodes.Status204NoContent);
        reviews.MapPost("/{slot:guid}", Decide).RequireAuthorization(Policies.Reviewer);
    }

    private static async Task<IResult> Next(
        InProject at, Actor actor, IVault vault, SlotLoop slots, ProjectCatalog catalog, CancellationToken cancellation)
    {
        if (await slots.LeaseReviewAsync(at.Id, actor.Pseudonym) is not { } lease)
            return TypedResults.NoContent();

        OpenOutcome outcome;
        RecordRef[] sections;
        try
        {
            sections = await catalog.SectionsAsync(at.Facts, lease.GuidelineVersion, lease.FormVersion, lease.Item, Audience.Reviewer, cancellation);
            RecordRef[] records =
            [
                new(RecordKind.Item, new RecordId(lease.Item)), .. sections, new(RecordKind.Answer, new RecordId(lease.Answer)),
            ];
            outcome = await vault.OpenAsync(actor, at.Facts.Id, Purpose.Review, records, cancellation, lease.Slot);
        }
        catch
        {
            await slots.ReleaseReviewAsync(at.Id, lease.Slot, actor.Pseudonym);
            throw;
        }

        if (outcome is OpenOutcome.Opened opened)
            return new ReviewBody(at.Facts, lease, opened, sections.Length);
        await slots.ReleaseReviewAsync(at.Id, lease.Slot, actor.Pseudonym);
        return Problems.Refused((OpenOutcome.Refused)outcome);
    }

    private static async Task<Results<Ok<StateView>, ProblemHttpResult>> Decide(
        Guid slot, ReviewRequest body, InProject at, Actor actor, IVault vault, SlotLoop slots, AppDb db, NoticeBoard notices, CancellationToken cancellation)
    {
        if (!Enum.IsDefined(body.Decision))
            return Problems.Invalid("A decision is accept or return.", "decision");
        var accept = body.Decision is Decision.Accept;
        if (body.Reason is { Length: > 4_000 } || (!accept && string.IsNullOrWhiteSpace(body.Reason)))
            return Problems.Invalid("Work is returned with a reason of 1 to 4,000 characters.", "reason");
        var found = await db.Slots.AsNoTracking().SingleOrDefaultAsync(s => s.Id == slot && s.Project == at.Id, cancellation);
        if (found is null)
            return Problems.NotFound();
        if (found.Holder == actor.Pseudonym)
            return Problems.Of(StatusCodes.Status403Forbidden, "own-work", "Nobody reviews their own work.");
        var state = accept ? SlotState.Accepted : SlotState.Returned;
        // Sent again.
        if (found.Reviewer == actor.Pseudonym && found.State == state)
            return TypedResults.Ok(new StateView(state));
        if (await vault.StoppingAsync(actor, at.Facts.Id, cancellation) is { } suspension)
            return Problems.Suspended(suspension.Reason);

        RecordId? reason = null;
        if (!string.IsNullOrWhiteSpace(body.Reason))
        {
            reason = RecordId.New();
            var plaintext = JsonSerializer.SerializeToUtf8Bytes(new SealedText(1, body.Reason), SealedJson.Shapes.SealedText);
            (await vault.SealAsync(actor, at.Facts.Id, RecordKind.Reason, reason.Value, plaintext, expected: 0)).Expect();
        }

        if (await slots.DecideAsync(at.Id, slot, actor.Pseudonym, accept, reason?.Value) is DecisionResult.Decided)
        {
            if (!accept)
                await notices.TellAsync(new NewNotice(actor.Lab, NoticeKind.Returned, at.Id, slot), [found.Holder!.Value]);
            return TypedResults.Ok(new StateView(state));
        }

        if (reason is { } record)
            await vault.RemoveAsync(actor.Lab, at.Facts.Id, actor.Principal, [new(RecordKind.Reason, record)], CancellationToken.None);
        return Problems.Of(StatusCodes.Status409Conflict, "review-lost", "This answer is no longer in your hand. Take the next one.");
    }
}

/// <param name="opened">The item, the sections, the answer.</param>
file sealed class ReviewBody(ProjectFacts project, ReviewLease lease, OpenOutcome.Opened opened, int sections) : JsonBody
{
    protected override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("slot"u8, lease.Slot);
        json.WriteString("item"u8, lease.Item);
        ItemJson.Read(opened.Records[0].Plaintext).Write(json, project.Arrange(lease.Slot, lease.Flipped));
        json.WritePropertyName("answers"u8);
        AnswerJson.WriteShown(json, opened.Records[1 + sections].Plaintext);
        json.WriteString("annotator"u8, lease.Holder);
        WriteSections(json, opened.Records, 1, sections);
        json.WriteNumber("guidelineVersion"u8, lease.GuidelineVersion);
        json.WriteNumber("formVersion"u8, lease.FormVersion);
        json.WriteString("leaseUntil"u8, lease.LeaseUntil);
        json.WriteNumber("receipt"u8, opened.Receipt);
        json.WriteEndObject();
    }
}
