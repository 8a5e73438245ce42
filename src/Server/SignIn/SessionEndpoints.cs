using System.Text.Json;
using Cofferdam.Server.Hardening;
using Cofferdam.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
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
        group.MapPost("/step-up/options", StepUpOptions).RequireRateLimiting(RateLimits.SignIn).WithSummary("Options for using a passkey again in this session")
            .Produces<JsonElement>(contentType: "application/json");
        group.MapPost("/step-up", StepUp).RequireRateLimiting(RateLimits.SignIn).WithSummary("Use a passkey again in this session");
    }

    private static async Task<Ok<List<OwnSession>>> List(
        HttpContext context, AppDb db, Sessions sessions, SignInOptions options, CancellationToken cancellation)
    {
        var signedIn = SessionAuthentication.Of(context)!;
        var rows = await sessions.Of(signedIn.Account, db).OrderByDescending(row => row.Id).ToListAsync(cancellation);
        return TypedResults.Ok(rows.ConvertAll(row => new OwnSession(
            row.Id, row.Kind, row.CreatedAt, row.LastSeenAt, row.CreatedAt + options.SessionLifetime, row.Id == signedIn.Session)));
    }

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> StepUpOptions(
        HttpContext context, SignInManager<Account> signIn, UserManager<Account> accounts)
    {
        var account = (await accounts.FindByIdAsync(SessionAuthentication.Of(context)!.Account.ToString()))!;
        if ((await accounts.GetPasskeysAsync(account)).Count == 0)
        {
            return Problems.Of(StatusCodes.Status409Conflict, "no-passkey",
                "You have no passkey here: you sign in with a password. Ask the lab's staff for a new link, and enrol with a passkey.");
        }

        return TypedResults.Text(await signIn.MakePasskeyRequestOptionsAsync(account), "application/json");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> StepUp(
        PasskeySignInRequest body, HttpContext context, AppDb db, SignInManager<Account> signIn, UserManager<Account> accounts, Sessions sessions)
    {
        var signedIn = SessionAuthentication.Of(context)!;
        if (await Passkeys.AssertAsync(signIn, body.Credential) is not { Succeeded: true } assertion)
            return Passkeys.NotVerified();
        // The authenticator's new counter, by which a copied key shows.
        await accounts.AddOrUpdatePasskeyAsync(assertion.User, assertion.Passkey);
        if (assertion.User.Id != signedIn.Account)
            return Problems.Of(StatusCodes.Status403Forbidden, "other-account", "That passkey is another account's. Use one of yours.");
        await sessions.NotePasskeyAsync(signedIn.Session, db);
        return TypedResults.NoContent();
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
