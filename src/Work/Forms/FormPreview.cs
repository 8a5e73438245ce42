using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Guidelines;
using Cofferdam.Work.Imports;
using Cofferdam.Work.Items;
using Cofferdam.Work.Projects;
using Cofferdam.Work.Slots;
using Cofferdam.Work.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.Forms;

/// <param name="Item">The first of the project if not given.</param>
/// <param name="Role">Whose guideline sections come with it.</param>
public sealed record FormPreviewRequest(IReadOnlyList<Question> Questions, Guid? Item = null, Audience Role = Audience.Expert);

/// <summary>A real item under a form that is still being edited, as somebody would get it.</summary>
internal static class FormPreview
{
    public static void MapFormPreview(this RouteGroupBuilder lab) =>
        lab.InProject().MapPost("/form/preview", Preview).RequireAuthorization(Policies.Staff).ForTokens(TokenScope.Read).Produces<TaskView>();

    private static async Task<IResult> Preview(
        FormPreviewRequest body, InProject at, Actor actor, IVault vault, AppDb db, ItemFacets facets, CancellationToken cancellation)
    {
        if (Form.Fault(body.Questions) is { } fault)
            return Problems.Invalid(fault);
        if (!Enum.IsDefined(body.Role))
            return Problems.Invalid("A task is seen as expert, vendor or reviewer.", "role");
        var imports = db.Imports;
        var item = await db.Items
            .Where(i => i.Project == at.Id && (body.Item == null || i.Id == body.Item) && imports.Any(f => f.Id == i.Import && f.State == ImportState.Done))
            .OrderBy(i => i.Id).Select(i => (Guid?)i.Id).FirstOrDefaultAsync(cancellation);
        if (item is null)
            return body.Item is null
                ? Problems.Of(StatusCodes.Status409Conflict, "no-items", "There is no item to show yet. Import some first.")
                : Problems.NotFound();

        var guidelines = await db.GuidelineVersions.Where(v => v.Project == at.Id).MaxAsync(v => (int?)v.Number, cancellation) ?? 0;
        var marks = await QuestionMarks.OfAsync(vault, actor.Lab, at.Facts.Id, [.. body.Questions.Select(q => q.Key)], cancellation);
        var slice = await GuidelineSlice.LoadAsync(db, at.Facts.Id, guidelines, marks, cancellation);
        var sections = slice.IsTagged ? slice.For(body.Role, await facets.OfAsync(item.Value, cancellation)) : slice.For(body.Role);
        var outcome = await vault.OpenAsync(
            actor, at.Facts.Id, Purpose.Manage, [new RecordRef(RecordKind.Item, new RecordId(item.Value)), .. sections], cancellation);
        if (outcome is not OpenOutcome.Opened opened)
            return Problems.Refused((OpenOutcome.Refused)outcome);

        // Nobody holds it: no slot, no batch, no lease that runs out, and no version of the form yet.
        var lease = new SlotLease(
            Guid.Empty, item.Value, Guid.Empty, Flipped: false, guidelines, FormVersion: 0, SlotState.Open, LeaseUntil: null, Drafted: false, Answer: null, Reason: null);
        var content = ItemJson.Read(opened.Records[0].Plaintext);
        return new TaskBody(at.Facts, batch: null, lease, content, content.Prelabels.IsEmpty ? null : new Form(body.Questions), opened, sections.Length, typed: null);
    }
}
