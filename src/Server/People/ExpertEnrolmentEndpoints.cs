using System.Text.Json;
using Cofferdam.Server.Hardening;
using Cofferdam.Server.SignIn;
using Cofferdam.Storage;
using Cofferdam.Vendors.Admissions;
using Cofferdam.Work.Access;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace Cofferdam.Server.People;

/// <param name="Statement">The vendor's, which names the browser key: compact JWS.</param>
public sealed record ExpertStatement(string Statement);

/// <param name="Lab">Slug.</param>
/// <param name="Name">What the account is or will be called here.</param>
public sealed record ExpertOffer(string Lab, Role Role, string Name);

/// <param name="BrowserKey">65 bytes, base64url: 0x04 ‖ x ‖ y of the P-256 key that the browser made and keeps.</param>
/// <param name="Credential">What <c>navigator.credentials.create()</c> gave, as JSON text: RegistrationResponseJSON (WebAuthn §5.1.8).</param>
public sealed record ExpertEnrolmentRequest(string Statement, string BrowserKey, string Credential);

/// <param name="Key">Id of the browser key, by which the page signs.</param>
/// <param name="Lab">Slug.</param>
public sealed record ExpertEnrolled(Guid Key, string Lab);

/// <summary>A vendor's person comes to the lab: by their vendor's statement, with a passkey and a browser key. Each device once.</summary>
internal static class ExpertEnrolmentEndpoints
{
    private const int KeyLength = 65;

    public static void MapExpertEnrolment(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/experts").AllowAnonymous().RequireRateLimiting(RateLimits.SignIn).WithTags("Enrolment");
        group.MapPost("/look", LookAtStatement).WithSummary("What a vendor's statement lets in to");
        group.MapPost("/passkey/options", PasskeyOptions).WithSummary("Options for making a passkey").Produces<JsonElement>(contentType: "application/json");
        group.MapPost("", Enrol).WithSummary("Enrol a device with a passkey and a browser key; signs in");
    }

    private static async Task<Results<Ok<ExpertOffer>, ProblemHttpResult>> LookAtStatement(
        ExpertStatement body, IExpertEnrolment enrolment, CancellationToken cancellation) =>
        await enrolment.LookAsync(body.Statement, cancellation) switch
        {
            ExpertLook.Valid { Expert: var expert } => TypedResults.Ok(new ExpertOffer(expert.Slug, expert.Role, expert.Name)),
            var look => Refused(look),
        };

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> PasskeyOptions(
        ExpertStatement body, IExpertEnrolment enrolment, ExpertAccounts accounts, SignInManager<Account> signIn, CancellationToken cancellation)
    {
        var look = await enrolment.LookAsync(body.Statement, cancellation);
        if (look is not ExpertLook.Valid { Expert: var expert })
            return Refused(look);
        var options = await signIn.MakePasskeyCreationOptionsAsync(new PasskeyUserEntity
        {
            Id = (await accounts.IdAsync(expert, cancellation)).ToString(),
            Name = expert.Name,
            DisplayName = expert.Name,
        });
        return TypedResults.Text(options, "application/json");
    }

    private static async Task<Results<Ok<ExpertEnrolled>, ProblemHttpResult>> Enrol(
        ExpertEnrolmentRequest body, HttpContext context, IExpertEnrolment enrolment, ExpertAccounts accounts, SignInManager<Account> signIn,
        CancellationToken cancellation)
    {
        var key = new byte[KeyLength];
        if (!SecretToken.TryDecode(body.BrowserKey, key))
            return Problems.Invalid("A browser key is 65 bytes in base64url: the uncompressed point of P-256.", "browserKey");
        var look = await enrolment.LookAsync(body.Statement, cancellation);
        if (look is not ExpertLook.Valid { Expert: var expert })
            return Refused(look);
        var attestation = await Passkeys.AttestAsync(signIn, body.Credential);
        if (attestation is not { Succeeded: true } || attestation.UserEntity.Name != expert.Name)
            return Passkeys.NotVerified();

        // The vault takes the statement, once; then the account. What fails in between is mended by another statement.
        var (enrolled, code) = await enrolment.AdmitAsync(body.Statement, key);
        if (enrolled is not { } id)
            return Refused(new ExpertLook.Refused(code!));
        if (await accounts.EnrolAsync(expert, Guid.Parse(attestation.UserEntity.Id), attestation.Passkey, id) is not { } cookie)
            return Passkeys.NotVerified();
        SessionAuthentication.SetCookie(context, cookie);
        return TypedResults.Ok(new ExpertEnrolled(id, expert.Slug));
    }

    private static ProblemHttpResult Refused(ExpertLook look) => look is ExpertLook.Waiting
        ? Problems.Of(StatusCodes.Status409Conflict, "waiting", "The lab's staff admit each person here, and have yet to decide. Come back through your vendor's page later.")
        : TypedResults.Problem(
            "The lab cannot let you in by this. Go back to your vendor's page and start again; if that does not help, ask your vendor.",
            statusCode: StatusCodes.Status403Forbidden, extensions: [new("code", "not-admitted"), new("reason", ((ExpertLook.Refused)look).Code)]);
}
