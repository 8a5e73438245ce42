using System.Security.Claims;
using System.Text.Encodings.Web;
using Cofferdam.Server.Tokens;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Cofferdam.Server.SignIn;

/// <summary>Lets a request in by its API token, or else by its session cookie.</summary>
/// <remarks>A request that brings a token is let in by it or not at all: no page can send one, so it needs no other proof of where it comes from.</remarks>
internal sealed class SessionAuthentication(
    Sessions sessions, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiTokens? tokens = null)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "session";

    private const string Bearer = "Bearer ";

    private const string PlainCookie = "cofferdam";

    /// <summary>The prefix makes browsers insist on https, this host alone and the whole path (RFC 6265bis §4.1.3.2).</summary>
    private const string SecureCookie = "__Host-cofferdam";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        ClaimsPrincipal? principal;
        if (Request.Headers.Authorization.ToString() is { Length: > 0 } header && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            principal = tokens is null ? null : await tokens.FindAsync(header[Bearer.Length..].Trim(), Context.RequestServices, Context.RequestAborted);
        else if (Request.Cookies[CookieName(Request)] is { } cookie)
            principal = await sessions.FindAsync(cookie, Context.RequestServices, Context.RequestAborted);
        else
            return AuthenticateResult.NoResult();
        return principal is null
            ? AuthenticateResult.NoResult()
            : AuthenticateResult.Success(new AuthenticationTicket(principal, SchemeName));
    }

    public static void SetCookie(HttpContext context, string token) =>
        context.Response.Cookies.Append(CookieName(context.Request), token, CookieOptions(context.Request));

    public static void ClearCookie(HttpContext context) =>
        context.Response.Cookies.Delete(CookieName(context.Request), CookieOptions(context.Request));

    public static ClaimsPrincipal PrincipalOf(SignedIn signedIn) => new(new Person(signedIn));

    /// <summary>Who is signed in; null where nobody is.</summary>
    public static SignedIn? Of(HttpContext context) => (context.User.Identity as Person)?.SignedIn;

    private static string CookieName(HttpRequest request) => request.IsHttps ? SecureCookie : PlainCookie;

    private static CookieOptions CookieOptions(HttpRequest request) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = request.IsHttps,
        Path = "/",
        IsEssential = true,
    };

    private sealed class Person(SignedIn signedIn) : ClaimsIdentity(SchemeName)
    {
        public SignedIn SignedIn { get; } = signedIn;
        public override string Name => SignedIn.Name;
    }
}
