using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Cofferdam.Server.SignIn.Oidc;

/// <summary>One sign-in under way: what the browser that began it must bring back.</summary>
/// <param name="Lab">Slug.</param>
/// <param name="Issuer">The lab's provider when it began.</param>
/// <param name="State">In the address (RFC 6749 §10.12); 32 random bytes, base64url, like nonce and verifier.</param>
/// <param name="Nonce">In the id token.</param>
/// <param name="Verifier">Whose hash the provider was shown (RFC 7636).</param>
/// <param name="To">The page to go to afterwards.</param>
/// <param name="Link">Token of the enrolment link that was opened first; null for a plain sign-in.</param>
/// <param name="Account">The name chosen with the link.</param>
/// <param name="Expires">When the sign-in must begin anew.</param>
internal sealed record OidcTransaction(
    string Lab, string Issuer, string State, string Nonce, string Verifier, string To, string? Link, string? Account, DateTimeOffset Expires)
{
    /// <summary>The verifier's hash (RFC 7636 §4.2, S256).</summary>
    public string Challenge => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));
}

/// <summary>Keeps sign-ins under way in the browsers that began them, sealed; each comes back once.</summary>
/// <remarks>
/// The cookie is SameSite=Lax, for the provider's redirect comes from another site. It lets nobody in: that takes the
/// provider's answer too, and a code that only the verifier in it redeems.
/// </remarks>
internal sealed class OidcTransactions(IDataProtectionProvider protection, TimeProvider time)
{
    /// <summary>Time to sign in at the provider.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly IDataProtector protector = protection.CreateProtector("Cofferdam.SignIn.Oidc");

    /// <summary>States that came back, until their transactions have run out. One server process has the store, so its memory is the truth.</summary>
    private readonly ConcurrentDictionary<string, DateTimeOffset> spent = new(StringComparer.Ordinal);

    public OidcTransaction Begin(HttpContext context, OidcSettings settings, string to, string? link, string? account)
    {
        var transaction = new OidcTransaction(
            settings.Lab, settings.Issuer, SecretToken.Create().Text, SecretToken.Create().Text, SecretToken.Create().Text, to, link, account, time.GetUtcNow() + Lifetime);
        context.Response.Cookies.Append(
            CookieName(context.Request), Base64Url.EncodeToString(protector.Protect(JsonSerializer.SerializeToUtf8Bytes(transaction))), Cookie(context.Request));
        return transaction;
    }

    /// <summary>The transaction that this browser began with this state at this lab; null where there is none, it ran out, or it has come back before.</summary>
    public OidcTransaction? Take(HttpContext context, OidcSettings settings, string? state)
    {
        var cookie = context.Request.Cookies[CookieName(context.Request)];
        if (cookie is null || state is null || Unseal(cookie) is not { } transaction)
            return null;
        var now = time.GetUtcNow();
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(state), Encoding.UTF8.GetBytes(transaction.State))
            || transaction.Lab != settings.Lab || transaction.Issuer != settings.Issuer || now >= transaction.Expires)
            return null;
        context.Response.Cookies.Delete(CookieName(context.Request), Cookie(context.Request));
        foreach (var (old, expires) in spent)
            if (now >= expires)
                spent.TryRemove(old, out _);
        return spent.TryAdd(transaction.State, transaction.Expires) ? transaction : null;
    }

    private OidcTransaction? Unseal(string cookie)
    {
        try
        {
            return JsonSerializer.Deserialize<OidcTransaction>(protector.Unprotect(Base64Url.DecodeFromChars(cookie)));
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }

    /// <summary>The prefix keeps a neighbouring host from planting a sign-in of its own (RFC 6265bis §4.1.3.2).</summary>
    private static string CookieName(HttpRequest request) => request.IsHttps ? "__Host-cofferdam-oidc" : "cofferdam-oidc";

    private static CookieOptions Cookie(HttpRequest request) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = request.IsHttps,
        Path = "/",
        MaxAge = Lifetime,
        IsEssential = true,
    };
}
