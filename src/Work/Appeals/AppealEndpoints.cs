using System.Linq.Expressions;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Labs;
using Cofferdam.Work.Notices;
using Cofferdam.Work.Leads;
using Cofferdam.Work.Projects;
using Cofferdam.Work.Slots;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.Appeals;

/// <summary>Appeals against returned work: made by whose answer it is, decided by somebody who neither gave nor judged it.</summary>
internal static class AppealEndpoints
{
    private const int MostRows = 256;

    private static readonly Role[] Deciders = [.. Policies.Roles[Policies.Reviewer]];

    public static void MapAppealEndpoints(this RouteGroupBuilder lab)
    {
        lab.InProject("/tasks").MapPost("/{slot:guid}/appeal", Make).RequireAuthorization(Policies.Member).RequireNotSuspended();
        var appeals = lab.InProject("/appeals");
        appeals.MapGet("", List).RequireAuthorization(Policies.Member);
        appeals.MapGet("/{appeal:guid}", AppealOpening.Open).RequireAuthorization(Policies.Member).RequireFreshPasskey().Produces<AppealContent>();
        appeals.MapPost("/{appeal:guid}/decision", Decide).RequireAuthorization(Policies.Reviewer).RequireOwnPeople().RequireNotSuspended();
    }

    /// <summary>Whether a person may decide appeals at all: the lab's own people, by their role.</summary>
    public static bool Decides(Actor actor) => actor.Engagement is null && Policies.Roles[Policies.Reviewer].Contains(actor.Role);

    /// <summary>Whether the answer in question is still the one that is returned.</summary>
    public static Expression<Func<Appeal, bool>> Stands(AppDb db)
    {
        var slots = db.Slots;
        return appeal => slots.Any(s => s.Id == appeal.Slot && s.State == SlotState.Returned && s.Answer == appeal.Answer);
    }

    /// <param name="judged">The caller has decided on the answer before.</param>
    public static AppealView View(Appeal appeal, bool stands, bool judged, Actor actor)
    {
        var state = appeal.State is AppealState.Open && !stands ? AppealState.Overtaken : appeal.State;
        var may = state is AppealState.Open && Decides(actor) && appeal.Person != actor.Pseudonym && !judged;
        return new AppealView(appeal.Id, appeal.Slot, state, appeal.MadeAt, appeal.Person, may, appeal.DecidedAt);
    }

    private static async Task<Results<Created<AppealView>, ProblemHttpResult>> Make(
        Guid slot, AppealRequest request, InProject at, Actor actor, IVault vault, AppDb db, NoticeBoard notices, TimeProvider time, CancellationToken cancellation)
    {
        var found = await db.Slots.AsNoTracking().SingleOrDefaultAsync(s => s.Id == slot && s.Project == at.Id && s.Holder == actor.Pseudonym, cancellation);
        if (found is null)
            return Problems.NotFound();
        if (!Words.Are(request.Words))
            return Problems.Invalid($"An appeal has 1 to {Words.Most} characters.", "words");
        if (found is not { State: SlotState.Returned, Answer: { } answer })
            return Problems.Of(StatusCodes.Status409Conflict, "not-returned", "An appeal is made against the return of an answer. This task is not returned.");
        var review = await db.Reviews.AsNoTracking().Where(r => r.Project == at.Id && r.Answer == answer).OrderByDescending(r => r.DecidedAt).FirstAsync(cancellation);
        if (await db.Appeals.AnyAsync(a => a.Review == review.Id, cancellation))
            return Made();

        var id = (await Words.SealAsync(vault, actor, at.Facts.Id, request.Words))!.Value;
        var appeal = new Appeal
        {
            Id = id.Value,
            Project = at.Id,
            Slot = slot,
            Answer = answer,
            Review = review.Id,
            Person = actor.Pseudonym,
            Reviewer = review.Reviewer,
            State = AppealState.Open,
            MadeAt = time.GetUtcNow(),
        };
        db.Appeals.Add(appeal);
        try
        {
            await db.SaveChangesAsync(CancellationToken.None);
        }
        catch (DbUpdateException)
        {
            // Made in two windows at once.
            db.ChangeTracker.Clear();
            if (!await db.Appeals.AnyAsync(a => a.Review == review.Id, CancellationToken.None))
                throw;
            await Words.DropAsync(vault, actor, at.Facts.Id, id);
            return Made();
        }

        var deciders = await db.Members
            .Where(m => m.Lab == actor.Lab.Value && m.LeftAt == null && Deciders.Contains(m.Role) && m.Pseudonym != appeal.Person && m.Pseudonym != appeal.Reviewer)
            .Select(m => m.Pseudonym).ToListAsync(CancellationToken.None);
        await notices.TellAsync(new NewNotice(actor.Lab, NoticeKind.Appealed, at.Id, appeal.Id), deciders);
        return TypedResults.Created($"/api/labs/{actor.LabSlug}/projects/{at.Id}/appeals/{appeal.Id}", View(appeal, stands: true, judged: false, actor));

        static ProblemHttpResult Made() => Problems.Of(StatusCodes.Status409Conflict, "appealed", "You have appealed against this decision already.");
    }

    /// <summary>One's own appeals; for those who may decide, everybody's.</summary>
    private static async Task<Results<Ok<AppealPage>, ProblemHttpResult>> List(
        InProject at, Actor actor, AppDb db, CancellationToken cancellation, Guid? before = null, int limit = 100)
    {
        if (limit is < 1 or > MostRows)
            return Problems.Invalid($"A page has 1 to {MostRows} rows.", "limit");
        var last = before ?? Guid.AllBitsSet;
        var appeals = db.Appeals.AsNoTracking().Where(a => a.Project == at.Id && a.Id < last);
        if (!Decides(actor))
            appeals = appeals.Where(a => a.Person == actor.Pseudonym);
        var rows = await appeals.OrderByDescending(a => a.Id).Take(limit).ToListAsync(cancellation);
        var ids = rows.ConvertAll(appeal => appeal.Id);
        var standing = await db.Appeals.Where(a => ids.Contains(a.Id)).Where(Stands(db)).Select(a => a.Id).ToHashSetAsync(cancellation);
        var answers = rows.ConvertAll(appeal => appeal.Answer);
        var judged = await db.Reviews.Where(r => r.Project == at.Id && answers.Contains(r.Answer) && r.Reviewer == actor.Pseudonym).Select(r => r.Answer).ToHashSetAsync(cancellation);
        return TypedResults.Ok(new AppealPage(
            rows.ConvertAll(appeal => View(appeal, standing.Contains(appeal.Id), judged.Contains(appeal.Answer), actor)), rows.Count == limit ? rows[^1].Id : null));
    }

    private static async Task<Results<Ok<AppealView>, ProblemHttpResult>> Decide(
        Guid appeal, AppealDecisionRequest request, InProject at, Actor actor, IVault vault, SlotLoop slots, AppDb db, NoticeBoard notices, TimeProvider time,
        CancellationToken cancellation)
    {
        if (await db.Appeals.AsNoTracking().SingleOrDefaultAsync(a => a.Id == appeal && a.Project == at.Id, cancellation) is not { } found)
            return Problems.NotFound();
        if (!Words.Are(request.Reason))
            return Problems.Invalid($"A decision is explained in 1 to {Words.Most} characters.", "reason");
        var wanted = request.Uphold ? AppealState.Upheld : AppealState.Dismissed;
        // Sent again.
        if (found.DecidedBy == actor.Pseudonym && found.State == wanted)
            return TypedResults.Ok(View(found, stands: false, judged: true, actor));
        if (found.Person == actor.Pseudonym || await db.Reviews.AnyAsync(r => r.Project == at.Id && r.Answer == found.Answer && r.Reviewer == actor.Pseudonym, cancellation))
            return Problems.Of(StatusCodes.Status403Forbidden, "own-work", "An appeal is decided by somebody who neither gave the answer nor judged it.");
        var slotRows = db.Slots;
        if (await slotRows.AnyAsync(m => m.Holder == actor.Pseudonym && slotRows.Any(s => s.Id == found.Slot && s.Item == m.Item), cancellation))
            return AppealOpening.OwnItem();
        if (await vault.StoppingAsync(actor, at.Facts.Id, cancellation) is { } suspension)
            return Problems.Suspended(suspension.Reason);

        var reason = (await Words.SealAsync(vault, actor, at.Facts.Id, request.Reason))!.Value;
        var decided = request.Uphold
            ? await slots.UpholdAsync(at.Id, appeal, actor.Pseudonym, reason.Value)
            : await DismissAsync(db, appeal, actor.Pseudonym, reason.Value, time.GetUtcNow());
        found = await db.Appeals.AsNoTracking().SingleAsync(a => a.Id == appeal, CancellationToken.None);
        if (decided)
        {
            await notices.TellAsync(new NewNotice(actor.Lab, NoticeKind.AppealDecided, at.Id, appeal), [found.Person]);
            return TypedResults.Ok(View(found, stands: false, judged: true, actor));
        }

        await Words.DropAsync(vault, actor, at.Facts.Id, reason);
        return found.State is AppealState.Open
            ? Problems.Of(StatusCodes.Status409Conflict, "appeal-overtaken", "The task has been answered anew, so the old answer cannot be accepted any more. Dismiss the appeal, and review the new answer.")
            : Problems.Of(StatusCodes.Status409Conflict, "decided", "Somebody else has decided this appeal. Reload to see how.");
    }

    private static async Task<bool> DismissAsync(AppDb db, Guid appeal, Guid by, Guid reason, DateTimeOffset now) =>
        await db.Appeals.Where(a => a.Id == appeal && a.State == AppealState.Open).ExecuteUpdateAsync(set => set
            .SetProperty(a => a.State, AppealState.Dismissed)
            .SetProperty(a => a.DecidedBy, by)
            .SetProperty(a => a.Reason, reason)
            .SetProperty(a => a.DecidedAt, now)) == 1;
}
