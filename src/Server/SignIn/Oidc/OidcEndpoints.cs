using System.Text.Json;
using Cofferdam.Server.Access;
using Cofferdam.Server.Hardening;
using Cofferdam.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace Cofferdam.Server.SignIn.Oidc;

/// <param name="Lab">Slug.</param>
/// <param name="Name">What the lab calls its provider.</param>
public sealed record SignInProvider(string Lab, string Name);

/// <param name="Address">Where the browser goes next: at the lab's provider.</param>
public sealed record ProviderSignIn(string Address);

/// <summary>Sign-in through a lab's identity provider: there and back again.</summary>
/// <remarks>
/// Nothing that lets anybody in is in an address of this node but the provider's code, which is of no use without the
/// verifier in the cookie, and which the answer leads away from at once. Faults end on the sign-in page, by name.
/// </remarks>
internal static class OidcEndpoints
{
    public const string Path = "/sign-in/oidc";

    private const string SignInPage = "/sign-in";

    public static void MapOidc(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup(Path).AllowAnonymous().RequireRateLimiting(RateLimits.SignIn).WithTags("Sign-in");
        group.MapGet("", List).WithSummary("Labs whose people sign in through an identity provider");
        group.MapGet("/{lab}", Begin).WithSummary("Go to the lab's identity provider; for a browser's address bar and links");
        group.MapPost("/{lab}", Enrol).WithSummary("Enrol by a link through the lab's identity provider");
        group.MapGet("/{lab}/callback", Return).WithSummary("Where the identity provider sends the browser back to");
    }

    /// <summary>Whether a page of another site may lead a browser there.</summary>
    public static bool IsCallback(PathString path) =>
        path.StartsWithSegments($"/api{Path}", StringComparison.OrdinalIgnoreCase, out var rest) && rest.Value is { } lab
        && lab.EndsWith("/callback", StringComparison.OrdinalIgnoreCase) && lab.AsSpan(1).Count('/') == 1;

    private static Ok<List<SignInProvider>> List(OidcProviders providers) => TypedResults.Ok(providers.All.Select(one => new SignInProvider(one.Lab, one.Name)).ToList());

    private static async Task<Results<RedirectHttpResult, ProblemHttpResult>> Begin(
        string lab, HttpContext context, OidcProviders providers, OidcTransactions transactions, CancellationToken cancellation, string? to = null)
    {
        if (providers.Of(lab) is not { } provider)
            return Problems.NotFound();
        var transaction = transactions.Begin(context, provider.Settings, PageOf(to), link: null, account: null);
        var address = await provider.AuthorizationAddressAsync(transaction, Callback(context, lab), cancellation);
        return TypedResults.Redirect(address ?? Failed(lab, OidcFault.Unavailable));
    }

    private static async Task<Results<Ok<ProviderSignIn>, ProblemHttpResult>> Enrol(
        string lab, EnrolmentName body, HttpContext context, OidcProviders providers, OidcTransactions transactions, Enrolment enrolment, AppDb db,
        ILookupNormalizer normalizer, CancellationToken cancellation)
    {
        if (providers.Of(lab) is not { } provider)
            return Problems.NotFound();
        var (valid, problem) = await EnrolmentEndpoints.AdmitAsync(body.Token, body.Name, enrolment, db, normalizer, cancellation);
        if (valid is null)
            return problem!;
        if (valid.From != lab || valid.Invitation.Engagement is not null)
            return Problems.Of(StatusCodes.Status403Forbidden, "not-staff", "This link is for somebody who works through a vendor. Enrol with a passkey, or with password and codes.");
        var transaction = transactions.Begin(context, provider.Settings, "/", body.Token, body.Name);
        return await provider.AuthorizationAddressAsync(transaction, Callback(context, lab), cancellation) is { } address
            ? TypedResults.Ok(new ProviderSignIn(address))
            : Problems.Of(StatusCodes.Status503ServiceUnavailable, "provider-unavailable", "The lab's sign-in does not answer. Try again shortly, or enrol with a passkey.");
    }

    private static async Task<Results<RedirectHttpResult, ProblemHttpResult>> Return(
        string lab, HttpContext context, OidcProviders providers, OidcTransactions transactions, OidcAccounts accounts, Memberships memberships, AppDb db,
        CancellationToken cancellation, string? state = null, string? code = null, string? error = null, string? iss = null)
    {
        if (providers.Of(lab) is not { } provider || await memberships.LabAsync(lab, db, cancellation) is not { } id)
            return Problems.NotFound();
        if (transactions.Take(context, provider.Settings, state) is not { } transaction)
            return TypedResults.Redirect(Failed(lab, OidcFault.Expired));
        var identified = await provider.IdentifyAsync(transaction, new OidcAnswer(code, error, iss), Callback(context, lab), cancellation);
        if (identified.Value is not { } identity)
            return TypedResults.Redirect(Failed(lab, identified.Fault));
        var admitted = await accounts.AdmitAsync(id, provider.Settings, identity, transaction, cancellation);
        if (admitted.Value is not { } cookie)
            return TypedResults.Redirect(Failed(lab, admitted.Fault));
        // The session's cookie is SameSite=Strict and stays so: the page that follows needs none, and asks for the rest from here.
        SessionAuthentication.SetCookie(context, cookie);
        return TypedResults.LocalRedirect(transaction.To);
    }

    /// <summary>A page of this node, or its first one.</summary>
    private static string PageOf(string? to) =>
        to is { Length: > 1 and <= 512 } && to[0] == '/' && to[1] is not ('/' or '\\') && to.All(letter => letter is > ' ' and < '\x7f') ? to : "/";

    private static string Callback(HttpContext context, string lab) => $"{context.Request.Scheme}://{context.Request.Host}/api{Path}/{lab}/callback";

    private static string Failed(string lab, OidcFault fault) =>
        $"{SignInPage}?problem={JsonNamingPolicy.KebabCaseLower.ConvertName(fault.ToString())}&lab={lab}";
}
