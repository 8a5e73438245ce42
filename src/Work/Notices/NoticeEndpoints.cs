using Cofferdam.Storage;
using Cofferdam.Work.Access;
using Cofferdam.Work.Projects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.Notices;

/// <param name="Code">The project's code name; null where the notice is of no one project.</param>
/// <param name="Subject">What it is about; the kind says what that is.</param>
public sealed record NoticeView(Guid Id, NoticeKind Kind, Guid? Project, string? Code, Guid? Subject, DateTimeOffset At, DateTimeOffset? ReadAt);

/// <param name="Rows">Newest first.</param>
/// <param name="Unread">In all, not on this page alone.</param>
/// <param name="Next">What to pass as <c>before</c> for the rows that follow; null at the end.</param>
public sealed record NoticePage(IReadOnlyList<NoticeView> Rows, int Unread, Guid? Next);

internal static class NoticeEndpoints
{
    public static void MapNoticeEndpoints(this RouteGroupBuilder lab)
    {
        var notices = lab.MapGroup("/notices").RequireAuthorization(Policies.AnyRole);
        notices.MapGet("", List);
        notices.MapPost("/{notice:guid}/read", Read);
        notices.MapPost("/read", ReadAll);
    }

    private static async Task<Results<Ok<NoticePage>, ProblemHttpResult>> List(
        Actor actor, AppDb db, CancellationToken cancellation, bool unread = false, Guid? before = null, int limit = 50)
    {
        if (limit is < 1 or > 500)
            return Problems.Invalid("A page has 1 to 500 rows.", "limit");
        var mine = Mine(db, actor);
        var asked = unread ? mine.Where(notice => notice.ReadAt == null) : mine;
        if (before is { } last)
            asked = asked.Where(notice => notice.Id < last);
        var projects = db.Projects;
        var rows = await asked.AsNoTracking().OrderByDescending(notice => notice.Id).Take(limit)
            .Select(notice => new NoticeView(
                notice.Id, notice.Kind, notice.Project, projects.Where(project => project.Id == notice.Project).Select(project => project.Code).FirstOrDefault(),
                notice.Subject, notice.At, notice.ReadAt))
            .ToListAsync(cancellation);
        return TypedResults.Ok(new NoticePage(
            rows, await mine.CountAsync(notice => notice.ReadAt == null, cancellation), rows.Count == limit ? rows[^1].Id : null));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Read(Guid notice, Actor actor, AppDb db, TimeProvider time, CancellationToken cancellation)
    {
        if (!await Mine(db, actor).AnyAsync(row => row.Id == notice, cancellation))
            return Problems.NotFound();
        await MarkAsync(Mine(db, actor).Where(row => row.Id == notice), time, cancellation);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> ReadAll(Actor actor, AppDb db, TimeProvider time, CancellationToken cancellation)
    {
        await MarkAsync(Mine(db, actor), time, cancellation);
        return TypedResults.NoContent();
    }

    private static IQueryable<Notice> Mine(AppDb db, Actor actor) =>
        db.Notices.Where(notice => notice.Lab == actor.Lab.Value && notice.Person == actor.Pseudonym);

    private static Task<int> MarkAsync(IQueryable<Notice> notices, TimeProvider time, CancellationToken cancellation)
    {
        DateTimeOffset? now = time.GetUtcNow();
        return notices.Where(notice => notice.ReadAt == null).ExecuteUpdateAsync(set => set.SetProperty(notice => notice.ReadAt, now), cancellation);
    }
}
