using System.Text.Json;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Forms;
using Cofferdam.Work.Items;
using Cofferdam.Work.Projects;
using Cofferdam.Work.Slots;
using Cofferdam.Work.Tasks;

namespace Cofferdam.Work.Reviews;

/// <summary>A decision on an answer, as lab staff see it when they decide.</summary>
/// <param name="Reviewer">Pseudonym.</param>
public sealed record PastReview(Guid Reviewer, ReviewKind Kind, Decision Decision, DateTimeOffset DecidedAt, string? Reason, Evidence? Evidence);

/// <summary>An answer as its reviewer gets it.</summary>
/// <param name="form">Needed where the item has prelabels.</param>
/// <param name="opened">The item, the sections, the answer.</param>
/// <param name="reviews">What was decided of it before; null where that is not to be known.</param>
internal sealed class ReviewBody(
    ProjectFacts project, ReviewLease lease, ItemJson item, Form? form, OpenOutcome.Opened opened, int sections, IReadOnlyList<PastReview>? reviews = null) : JsonBody
{
    protected override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("slot"u8, lease.Slot);
        json.WriteString("item"u8, lease.Item);
        WriteItem(json, item, project.Arrange(lease.Slot, lease.Flipped), form);
        json.WritePropertyName("answers"u8);
        AnswerJson.WriteShown(json, opened.Records[1 + sections].Plaintext);
        json.WriteString("annotator"u8, lease.Holder);
        WriteSections(json, opened.Records, 1, sections);
        json.WriteNumber("guidelineVersion"u8, lease.GuidelineVersion);
        json.WriteNumber("formVersion"u8, lease.FormVersion);
        if (lease.LeaseUntil is { } until)
            json.WriteString("leaseUntil"u8, until);
        if (reviews is not null)
        {
            json.WriteStartArray("reviews"u8);
            foreach (var review in reviews)
                WriteReview(json, review);
            json.WriteEndArray();
        }

        json.WriteNumber("receipt"u8, opened.Receipt);
        json.WriteEndObject();
    }

    private static void WriteReview(Utf8JsonWriter json, PastReview review)
    {
        json.WriteStartObject();
        json.WriteString("reviewer"u8, review.Reviewer);
        json.WriteString("kind"u8, Names.Of(review.Kind));
        json.WriteString("decision"u8, Names.Of(review.Decision));
        json.WriteString("decidedAt"u8, review.DecidedAt);
        json.WriteString("reason"u8, review.Reason);
        if (review.Evidence is { } evidence)
            WriteEvidence(json, evidence);
        json.WriteEndObject();
    }

    /// <summary>Writes what a decision rests on, as the property <c>evidence</c>.</summary>
    public static void WriteEvidence(Utf8JsonWriter json, Evidence evidence)
    {
        json.WriteStartObject("evidence"u8);
        json.WriteString("section"u8, evidence.Section);
        json.WriteString("question"u8, evidence.Question);
        json.WriteString("quote"u8, evidence.Quote);
        json.WriteEndObject();
    }
}
