using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Acceptances;
using Cofferdam.Work.Access;
using Cofferdam.Work.Appeals;
using Cofferdam.Work.Leads;
using Cofferdam.Work.Projects;
using Cofferdam.Work.Slots;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.Images;

/// <summary>The image of an item for those who judge its answer: to whoever may open the answer there, and to nobody else.</summary>
internal static class JudgedImageEndpoints
{
    public static void MapJudgedImageEndpoints(this RouteGroupBuilder lab)
    {
        var project = lab.InProject();
        project.MapGet("/appeals/{appeal:guid}/image", OfAppeal).RequireAuthorization(Policies.Reviewer).RequireOwnPeople().RequireFreshPasskey().ProducesImage();
        project.MapGet("/acceptances/{acceptance:guid}/slots/{slot:guid}/image", OfSample).RequireAuthorization(Policies.Reviewer).RequireOwnPeople().RequireFreshPasskey().ProducesImage();
        project.MapGet("/escalations/{slot:guid}/image", OfEscalation).RequireAuthorization(Policies.Staff).RequireFreshPasskey().ProducesImage();
    }

    private static async Task<IResult> OfAppeal(
        Guid appeal, InProject at, Actor actor, AppDb db, IVault vault, SlotLoop slots, HttpContext context, CancellationToken cancellation)
    {
        // Whose answer it is gets the words of an appeal alone.
        var slot = await db.Appeals.Where(a => a.Id == appeal && a.Project == at.Id && a.Person != actor.Pseudonym)
            .Select(a => (Guid?)a.Slot).SingleOrDefaultAsync(cancellation);
        if (slot is not { } found)
            return Problems.NotFound();
        return await slots.SeenAsync(at.Id, found, actor.Pseudonym)
            ? AppealOpening.OwnItem()
            : await SendAsync(found, db.Slots.Where(s => s.Id == found), Purpose.Appeal, at, actor, db, vault, context, cancellation);
    }

    private static async Task<IResult> OfSample(
        Guid acceptance, Guid slot, InProject at, Actor actor, AppDb db, IVault vault, HttpContext context, TimeProvider time, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var (acceptances, samples) = (db.Acceptances, db.AcceptanceSamples);
        return await SendAsync(
            slot,
            db.Slots.Where(s => s.Id == slot && s.Project == at.Id
                && acceptances.Any(a => a.Id == acceptance && a.Project == at.Id && a.State == AcceptanceState.Drawn)
                && samples.Any(d => d.Acceptance == acceptance && d.Slot == slot && d.Judge == actor.Pseudonym && (d.Verdict != Verdict.None || d.JudgeUntil >= now))),
            Purpose.Acceptance, at, actor, db, vault, context, cancellation);
    }

    private static Task<IResult> OfEscalation(
        Guid slot, InProject at, Actor actor, AppDb db, IVault vault, HttpContext context, CancellationToken cancellation) =>
        SendAsync(
            slot, db.Slots.Where(s => s.Id == slot && s.Project == at.Id && s.State == SlotState.Escalated && s.Holder != actor.Pseudonym),
            Purpose.Review, at, actor, db, vault, context, cancellation);

    private static async Task<IResult> SendAsync(
        Guid slot, IQueryable<Slot> which, Purpose purpose, InProject at, Actor actor, AppDb db, IVault vault, HttpContext context, CancellationToken cancellation) =>
        await ImageEndpoints.SendAsync(await ImageEndpoints.ImageOfAsync(db, which, cancellation), purpose, slot, at, actor, db, vault, context, cancellation);
}
