using System.Security.Cryptography;
using System.Text.Json;
using Cofferdam.Server.Hardening;
using Cofferdam.Server.SignIn.Oidc;
using Cofferdam.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Server.SignIn;

/// <param name="Token">What follows <c>#</c> in the link.</param>
public sealed record EnrolmentToken(string Token);

/// <param name="From">Slug of the lab, or the vendor, that invites.</param>
/// <param name="Role">Such as <c>annotator</c> or <c>expert</c>.</param>
/// <param name="Expires">When the link stops working.</param>
/// <param name="Provider">Name of the lab's identity provider, through which one may enrol; null where there is none, or not for this link.</param>
public sealed record EnrolmentOffer(string From, string Role, DateTimeOffset Expires, string? Provider);

/// <param name="Name">The name to be known by on this node: 2 to 40 letters, digits, dots, dashes or underscores.</param>
public sealed record EnrolmentName(string Token, string Name);

/// <param name="Name">As in the request for options.</param>
/// <param name="Credential">What <c>navigator.credentials.create()</c> gave, as JSON text: RegistrationResponseJSON (WebAuthn §5.1.8).</param>
public sealed record PasskeyEnrolment(string Token, string Name, string Credential);

/// <param name="Secret">For typing into an authenticator app: Base32.</param>
/// <param name="Uri">For its QR code: <c>otpauth://</c>.</param>
/// <param name="State">To be sent back with the first code; works for 30 minutes.</param>
public sealed record TotpOffer(string Secret, string Uri, string State);

/// <param name="Password">At least 12 characters.</param>
/// <param name="Code">Six digits that the authenticator app shows now.</param>
/// <param name="State">From the offer.</param>
public sealed record PasswordEnrolment(string Token, string Name, string Password, string Code, string State);

/// <summary>Enrolment by a single-use link, with a passkey or with password and one-time codes.</summary>
internal static class EnrolmentEndpoints
{
    private static readonly TimeSpan StateLifetime = TimeSpan.FromMinutes(30);

    public static void MapEnrolment(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/enrolments").AllowAnonymous().RequireRateLimiting(RateLimits.SignIn).WithTags("Enrolment");
        group.MapPost("/look", LookAtLink).WithSummary("What an enrolment link is for");
        group.MapPost("/passkey/options", PasskeyOptions).WithSummary("Options for making a passkey")
            .Produces<JsonElement>(contentType: "application/json");
        group.MapPost("/passkey", Passkey).WithSummary("Enrol with a passkey; signs in");
        group.MapPost("/totp", TotpSecret).WithSummary("A secret for an authenticator app");
        group.MapPost("/password", Password).WithSummary("Enrol with password and one-time code; signs in");
    }

    private static async Task<Results<Ok<EnrolmentOffer>, ProblemHttpResult>> LookAtLink(
        EnrolmentToken body, Enrolment enrolment, OidcProviders providers, CancellationToken cancellation) =>
        await enrolment.LookAsync(body.Token, cancellation) switch
        {
            Look.Valid(var invitation, var from, var role) => TypedResults.Ok(new EnrolmentOffer(
                from, role, invitation.ExpiresAt, invitation.Engagement is null ? providers.Of(from)?.Settings.Name : null)),
            var look => Refused(look),
        };

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> PasskeyOptions(
        EnrolmentName body, Enrolment enrolment, AppDb db, SignInManager<Account> signIn, ILookupNormalizer normalizer, CancellationToken cancellation)
    {
        if (await AdmitAsync(body.Token, body.Name, enrolment, db, normalizer, cancellation) is { Problem: { } problem })
            return problem;
        var options = await signIn.MakePasskeyCreationOptionsAsync(new PasskeyUserEntity
        {
            Id = Guid.CreateVersion7().ToString(),
            Name = body.Name,
            DisplayName = body.Name,
        });
        return TypedResults.Text(options, "application/json");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Passkey(
        PasskeyEnrolment body, HttpContext context, Enrolment enrolment, AppDb db, SignInManager<Account> signIn, ILookupNormalizer normalizer,
        CancellationToken cancellation)
    {
        var (valid, problem) = await AdmitAsync(body.Token, body.Name, enrolment, db, normalizer, cancellation);
        if (valid is null)
            return problem!;
        var attestation = await Passkeys.AttestAsync(signIn, body.Credential);
        if (attestation is not { Succeeded: true } || attestation.UserEntity.Name != body.Name)
            return Passkeys.NotVerified();

        var account = new Account { Id = Guid.Parse(attestation.UserEntity.Id), UserName = body.Name };
        return await EnrolAsync(context, enrolment, valid, account, attestation.Passkey, totp: null, cancellation);
    }

    private static async Task<Results<Ok<TotpOffer>, ProblemHttpResult>> TotpSecret(
        EnrolmentName body, Enrolment enrolment, AppDb db, ILookupNormalizer normalizer, IDataProtectionProvider protection, CancellationToken cancellation)
    {
        var (valid, problem) = await AdmitAsync(body.Token, body.Name, enrolment, db, normalizer, cancellation);
        if (valid is null)
            return problem!;
        var secret = Totp.Base32(RandomNumberGenerator.GetBytes(Totp.SecretLength));
        var state = StateProtector(protection, valid.Invitation).Protect(secret, StateLifetime);
        return TypedResults.Ok(new TotpOffer(secret, Totp.Uri($"Cofferdam {valid.From}", body.Name, secret), state));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Password(
        PasswordEnrolment body, HttpContext context, Enrolment enrolment, AppDb db, ILookupNormalizer normalizer,
        IDataProtectionProvider protection, PasswordHashing passwords, SignInOptions options, TimeProvider time, CancellationToken cancellation)
    {
        var (valid, problem) = await AdmitAsync(body.Token, body.Name, enrolment, db, normalizer, cancellation);
        if (valid is null)
            return problem!;
        if (body.Password.Length < options.MinPasswordLength || body.Password.Length > options.MaxPasswordLength
            || body.Password.Contains(body.Name, StringComparison.OrdinalIgnoreCase))
            return Problems.Of(StatusCodes.Status400BadRequest, "password-not-fit",
                $"Choose a password of {options.MinPasswordLength} to {options.MaxPasswordLength} characters that does not contain your name.");

        string secret;
        try
        {
            secret = StateProtector(protection, valid.Invitation).Unprotect(body.State);
        }
        catch (CryptographicException)
        {
            return Problems.Of(StatusCodes.Status400BadRequest, "secret-expired", "The secret for the authenticator app ran out. Ask for a new one and add it again.");
        }

        if (Totp.Match(Totp.FromBase32(secret), body.Code, time.GetUtcNow()) is not { } step)
            return Problems.Of(StatusCodes.Status400BadRequest, "code-wrong", "The code is not right. Check that the clock of your device is, and type the code that is shown now.");

        var account = new Account { Id = Guid.CreateVersion7(), UserName = body.Name, TotpStep = step };
        account.PasswordHash = await passwords.HashAsync(account, body.Password, cancellation);
        return await EnrolAsync(context, enrolment, valid, account, passkey: null, secret, cancellation);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> EnrolAsync(
        HttpContext context, Enrolment enrolment, Look.Valid valid, Account account, UserPasskeyInfo? passkey, string? totp, CancellationToken cancellation)
    {
        var (outcome, cookie) = await enrolment.EnrolAsync(valid.Invitation, account, passkey, totp, cancellation);
        switch (outcome)
        {
            case EnrolOutcome.LinkSpent:
                return Refused(new Look.Spent());
            case EnrolOutcome.NameTaken:
                return NameTaken();
            default:
                SessionAuthentication.SetCookie(context, cookie!);
                return TypedResults.NoContent();
        }
    }

    /// <summary>A secret offered for one link is of no use with another.</summary>
    private static ITimeLimitedDataProtector StateProtector(IDataProtectionProvider protection, Invitation invitation) =>
        protection.CreateProtector("Cofferdam.Enrolment.Totp", invitation.Id.ToString("N")).ToTimeLimitedDataProtector();

    /// <summary>Whether an account may be made with this link and name.</summary>
    public static async Task<(Look.Valid? Valid, ProblemHttpResult? Problem)> AdmitAsync(
        string token, string name, Enrolment enrolment, AppDb db, ILookupNormalizer normalizer, CancellationToken cancellation)
    {
        var look = await enrolment.LookAsync(token, cancellation);
        if (look is not Look.Valid valid)
            return (null, Refused(look));
        if (!EnrolmentNames.Fits(name))
            return (null, Problems.Of(StatusCodes.Status400BadRequest, "name-not-fit", "Choose a name of 2 to 40 letters (a to z), digits, dots, dashes or underscores."));
        var normalized = normalizer.NormalizeName(name);
        return await db.Users.AnyAsync(account => account.NormalizedUserName == normalized, cancellation)
            ? (null, NameTaken())
            : (valid, null);
    }

    private static ProblemHttpResult NameTaken() =>
        Problems.Of(StatusCodes.Status409Conflict, "name-taken", "Somebody here has this name. Choose another.");

    private static ProblemHttpResult Refused(Look look) => look switch
    {
        Look.Spent => Problems.Of(StatusCodes.Status410Gone, "link-used", "This enrolment link was used or taken back. If that was not you, tell the lab; otherwise sign in, or ask the lab for a new link."),
        Look.Expired => Problems.Of(StatusCodes.Status410Gone, "link-expired", "This enrolment link ran out. Ask the lab for a new one."),
        _ => Problems.Of(StatusCodes.Status404NotFound, "link-unknown", "This is not an enrolment link of this node. Check that all of it was copied, or ask the lab for a new one."),
    };
}
