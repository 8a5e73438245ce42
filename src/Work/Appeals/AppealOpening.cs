using System.Text.Json;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Forms;
using Cofferdam.Work.Guidelines;
using Cofferdam.Work.Items;
using Cofferdam.Work.Projects;
using Cofferdam.Work.Reviews;
using Cofferdam.Work.Slots;
using Cofferdam.Work.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.Appeals;

/// <summary>Opens an appeal in one receipt: for its maker the words on both sides, for who decides the task and the answer as well.</summary>
internal static class AppealOpening
{
    public static async Task<IResult> Open(
        Guid appeal, InProject at, Actor actor, IVault vault, SlotLoop slots, AppDb db, ProjectCatalog catalog, FormCatalog forms, CancellationToken cancellation)
    {
        if (await db.Appeals.AsNoTracking().SingleOrDefaultAsync(a => a.Id == appeal && a.Project == at.Id, cancellation) is not { } found)
            return Problems.NotFound();
        var own = found.Person == actor.Pseudonym;
        if (!own && !AppealEndpoints.Decides(actor))
            return Problems.NotFound();
        var review = await db.Reviews.AsNoTracking().SingleAsync(r => r.Id == found.Review, cancellation);
        var stands = await db.Appeals.Where(a => a.Id == appeal).AnyAsync(AppealEndpoints.Stands(db), cancellation);
        var judged = await db.Reviews.AnyAsync(r => r.Project == at.Id && r.Answer == found.Answer && r.Reviewer == actor.Pseudonym, cancellation);
        var view = AppealEndpoints.View(found, stands, judged, actor);

        // Words first: the appeal's, then the others' as far as there are any.
        Guid[] words = [found.Id, .. new[] { review.Reason, review.Evidence, found.Reason }.OfType<Guid>()];
        List<RecordRef> records = [.. words.Select(id => new RecordRef(RecordKind.Reason, new RecordId(id)))];
        Slot? slot = null;
        if (!own)
        {
            slot = await db.Slots.AsNoTracking().SingleAsync(s => s.Id == found.Slot, cancellation);
            if (await slots.SeenAsync(at.Id, slot.Id, actor.Pseudonym))
                return OwnItem();
            records.Add(new RecordRef(RecordKind.Item, new RecordId(slot.Item)));
            records.Add(new RecordRef(RecordKind.Answer, new RecordId(found.Answer)));
            records.AddRange(await catalog.SectionsAsync(at.Facts, slot.GuidelineVersion, slot.FormVersion, slot.Item, Audience.Reviewer, cancellation));
        }

        var outcome = await vault.OpenAsync(actor, at.Facts.Id, Purpose.Appeal, records, cancellation, found.Slot);
        if (outcome is not OpenOutcome.Opened opened)
            return Problems.Refused((OpenOutcome.Refused)outcome);
        if (slot is null)
            return new AppealBody(at.Facts, view, review, found.Reason, null, words.Length, opened);
        var item = ItemJson.Read(opened.Records[words.Length].Plaintext);
        var (form, refused) = await forms.OfPrelabelsAsync(at.Facts, slot.FormVersion, item.Shape, cancellation);
        return refused is null
            ? new AppealBody(at.Facts, view, review, found.Reason, new AppealedTask(slot, item, form), words.Length, opened)
            : Problems.Refused(refused);
    }

    public static ProblemHttpResult OwnItem() => Problems.Of(
        StatusCodes.Status403Forbidden, "own-item", "You have answered this item yourself, or are about to. Somebody else has to decide this appeal.");
}

/// <param name="Form">Needed where the item has prelabels.</param>
file sealed record AppealedTask(Slot Slot, ItemJson Item, Form? Form);

/// <param name="opened">The words; with a task then the item, the answer, the sections.</param>
file sealed class AppealBody(
    ProjectFacts project, AppealView view, Review review, Guid? decision, AppealedTask? task, int words, OpenOutcome.Opened opened) : JsonBody
{
    protected override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, view.Id);
        json.WriteString("slot"u8, view.Slot);
        json.WriteString("state"u8, Names.Of(view.State));
        json.WriteString("person"u8, view.Person);
        json.WriteBoolean("mayDecide"u8, view.MayDecide);
        json.WriteString("words"u8, Words.Read(opened.Records[0]));
        json.WriteString("returned"u8, Find(review.Reason) is { } returned ? Words.Read(returned) : null);
        if (Find(review.Evidence) is { } evidence)
            ReviewBody.WriteEvidence(json, Words.ReadEvidence(evidence));
        json.WriteString("decision"u8, Find(decision) is { } decided ? Words.Read(decided) : null);
        if (task is not null)
            WriteTask(json, task);
        json.WriteNumber("receipt"u8, opened.Receipt);
        json.WriteEndObject();
    }

    private OpenedRecord? Find(Guid? id) => id is { } wanted ? opened.Records.First(record => record.Id.Value == wanted) : null;

    private void WriteTask(Utf8JsonWriter json, AppealedTask appealed)
    {
        var (slot, item, form) = appealed;
        json.WriteString("item"u8, slot.Item);
        WriteItem(json, item, project.Arrange(slot.Id, slot.Flipped), form);
        json.WritePropertyName("answers"u8);
        AnswerJson.WriteShown(json, opened.Records[words + 1].Plaintext);
        WriteSections(json, opened.Records, words + 2, opened.Records.Count - words - 2);
        json.WriteNumber("guidelineVersion"u8, slot.GuidelineVersion);
        json.WriteNumber("formVersion"u8, slot.FormVersion);
    }
}
