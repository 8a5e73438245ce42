using System.Text.Json;
using Cofferdam.Server.Hardening;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Workforce.Access;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Server.SignIn;

/// <param name="Credential">What <c>navigator.credentials.get()</c> gave, as JSON text: AuthenticationResponseJSON (WebAuthn §5.1.8).</param>
public sealed record PasskeySignInRequest(string Credential);

/// <param name="Code">Six digits that the authenticator app shows now; each works once.</param>
public sealed record PasswordSignInRequest(string Name, string Password, string Code);

/// <param name="Evaluation">The root keys lie in files, for all that is known on the disk of the data.</param>
/// <param name="Process">Id of the vault process, as named in receipts.</param>
/// <param name="Labs">On a lab node, the labs that the account belongs to.</param>
/// <param name="Vendor">On a vendor node, what the account is there.</param>
public sealed record SessionView(SessionAccount Account, IReadOnlyList<SessionLab> Labs, bool Evaluation, Guid Process, SessionVendor? Vendor);

public sealed record SessionAccount(string Name);

/// <param name="Pseudonym">The person's name in this lab's receipts.</param>
public sealed record SessionLab(string Slug, Role Role, Guid Pseudonym);

/// <param name="Slug">The vendor.</param>
/// <param name="Person">The person's name in the vendor's receipts.</param>
public sealed record SessionVendor(string Slug, VendorRole Role, Guid Person);

/// <summary>Where an account belongs.</summary>
internal sealed record Belonging(IReadOnlyList<SessionLab> Labs, SessionVendor? Vendor);

internal static class SignInEndpoints
{
    public static void MapSignIn(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/sign-in").AllowAnonymous().RequireRateLimiting(RateLimits.SignIn).WithTags("Sign-in");
        group.MapPost("/passkey/options", PasskeyOptions).WithSummary("Options for signing in with a passkey")
            .Produces<JsonElement>(contentType: "application/json");
        group.MapPost("/passkey", Passkey).WithSummary("Sign in with a passkey");
        group.MapPost("/password", Password).WithSummary("Sign in with password and one-time code");
        api.MapPost("/sign-out", SignOut).AllowAnonymous().WithTags("Sign-in").WithSummary("End this session at once");
        api.MapGet("/session", Session).RequireAuthorization().WithTags("Sign-in").WithSummary("Who is signed in, and where");
    }

    private static async Task<ContentHttpResult> PasskeyOptions(SignInManager<Account> signIn) =>
        TypedResults.Text(await signIn.MakePasskeyRequestOptionsAsync(user: null), "application/json");

    private static async Task<Results<NoContent, ProblemHttpResult>> Passkey(
        PasskeySignInRequest body, HttpContext context, AppDb db, SignInManager<Account> signIn, UserManager<Account> accounts, Sessions sessions,
        CancellationToken cancellation)
    {
        var assertion = await Passkeys.AssertAsync(signIn, body.Credential);
        if (assertion is not { Succeeded: true })
            return Passkeys.NotVerified();
        // The authenticator's new counter, by which a copied key shows.
        await accounts.AddOrUpdatePasskeyAsync(assertion.User, assertion.Passkey);
        return await StartAsync(context, db, sessions, assertion.User.Id, SessionKind.Passkey, cancellation);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Password(
        PasswordSignInRequest body, HttpContext context, AppDb db, PasswordSignIn signIn, Sessions sessions, SignInOptions options, CancellationToken cancellation)
    {
        var account = await signIn.CheckAsync(body.Name, body.Password, body.Code, cancellation);
        return account is null
            ? Problems.Of(StatusCodes.Status401Unauthorized, "sign-in-refused",
                $"Name, password and code do not fit together, or the code was used before: wait for the next one. After {options.MaxFailures} wrong tries an account rests for {options.RestAfterFailures.TotalMinutes:0} minutes.")
            : await StartAsync(context, db, sessions, account.Id, SessionKind.Password, cancellation);
    }

    private static async Task<NoContent> SignOut(HttpContext context, AppDb db, Sessions sessions, CancellationToken cancellation)
    {
        if (SessionAuthentication.Of(context) is { Token: null } signedIn)
            await sessions.EndAsync(signedIn.Session, db, cancellation);
        SessionAuthentication.ClearCookie(context);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<SessionView>> Session(HttpContext context, AppDb db, IAdmission admission, IVault vault, CancellationToken cancellation)
    {
        var signedIn = SessionAuthentication.Of(context)!;
        var (labs, vendor) = await admission.BelongingAsync(signedIn.Account, db, cancellation);
        return TypedResults.Ok(new SessionView(new SessionAccount(signedIn.Name), labs, vault.Identity.EvaluationMode, vault.Identity.Process, vendor));
    }

    private static async Task<NoContent> StartAsync(HttpContext context, AppDb db, Sessions sessions, Guid account, SessionKind kind, CancellationToken cancellation)
    {
        var cookie = sessions.Start(db, account, kind);
        await db.SaveChangesAsync(cancellation);
        SessionAuthentication.SetCookie(context, cookie);
        return TypedResults.NoContent();
    }
}
