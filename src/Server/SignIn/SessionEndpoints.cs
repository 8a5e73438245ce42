using Cofferdam.Storage;
using Cofferdam.Work;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Server.SignIn;

/// <param name="LastSeenAt">To within some minutes.</param>
/// <param name="EndsAt">Whatever happens in it.</param>
/// <param name="Current">The one that asks.</param>
public sealed record OwnSession(Guid Id, SessionKind Kind, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, DateTimeOffset EndsAt, bool Current);

/// <summary>Where a person is signed in, for the person alone.</summary>
internal static class SessionEndpoints
{
    public static void MapSessions(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/sessions").RequireAuthorization().WithTags("Sign-in");
        group.MapGet("", List).WithSummary("One's own sessions, newest first");
        group.MapDelete("/{session:guid}", End).WithSummary("End a session of one's own at once");
    }

    private static async Task<Ok<List<OwnSession>>> List(
        HttpContext context, AppDb db, Sessions sessions, SignInOptions options, CancellationToken cancellation)
    {
        var signedIn = SessionAuthentication.Of(context)!;
        var rows = await sessions.Of(signedIn.Account, db).OrderByDescending(row => row.Id).ToListAsync(cancellation);
        return TypedResults.Ok(rows.ConvertAll(row => new OwnSession(
            row.Id, row.Kind, row.CreatedAt, row.LastSeenAt, row.CreatedAt + options.SessionLifetime, row.Id == signedIn.Session)));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> End(
        Guid session, HttpContext context, AppDb db, Sessions sessions, CancellationToken cancellation)
    {
        var signedIn = SessionAuthentication.Of(context)!;
        if (!await sessions.Of(signedIn.Account, db).AnyAsync(row => row.Id == session, cancellation))
            return Problems.NotFound();
        await sessions.EndAsync(session, db, CancellationToken.None);
        if (session == signedIn.Session)
            SessionAuthentication.ClearCookie(context);
        return TypedResults.NoContent();
    }
}
