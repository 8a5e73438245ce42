using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Cofferdam.Server.SignIn.Oidc;

/// <summary>Whether an id token is one that the provider made for this client and this sign-in (OpenID Connect Core 1.0 §3.1.3.7).</summary>
internal static class IdTokenChecks
{
    /// <summary>How far the provider's clock may be from ours.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    /// <summary>Signatures by a key that the provider keeps to itself, with SHA-256: neither <c>none</c> nor a MAC.</summary>
    private static readonly string[] Algorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256];

    private static readonly JsonWebTokenHandler Tokens = new() { MapInboundClaims = false };

    /// <returns>
    /// The identity; or the check that failed, by a name that holds nothing of the token, and whether the signature is by a
    /// key that the provider had not published when it was asked last.
    /// </returns>
    public static async Task<(OidcIdentity? Identity, string? Fault, bool KeyUnknown)> CheckAsync(
        string idToken, string? accessToken, string nonce, OidcSettings settings, OpenIdConnectConfiguration provider, DateTimeOffset now)
    {
        var validated = await Tokens.ValidateTokenAsync(idToken, new TokenValidationParameters
        {
            ValidIssuer = settings.Issuer,
            ValidAudience = settings.ClientId,
            ValidAlgorithms = Algorithms,
            IssuerSigningKeys = provider.SigningKeys,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            // What is absent comes as null, or as the first of all times.
            LifetimeValidator = (notBefore, expires, _, _) => expires > (now - Skew).UtcDateTime && !(notBefore > (now + Skew).UtcDateTime),
        });
        if (!validated.IsValid || validated.SecurityToken is not JsonWebToken token)
            return (null, validated.Exception?.GetType().Name ?? "token", validated.Exception is SecurityTokenSignatureKeyNotFoundException);
        return FaultOf(token, accessToken, nonce, settings.ClientId, now) is { } fault
            ? (null, fault, false)
            : (IdentityOf(token, settings), null, false);
    }

    private static string? FaultOf(JsonWebToken token, string? accessToken, string nonce, string client, DateTimeOffset now)
    {
        if (Text(token, "nonce") is not { } answered || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(answered), Encoding.UTF8.GetBytes(nonce)))
            return "nonce";
        // Several audiences share the token; only the one it was made for may take it.
        var party = Text(token, "azp");
        if (party is null ? token.Audiences.Count() != 1 : party != client)
            return "azp";
        if (Text(token, "sub") is not { Length: > 0 and <= 255 })
            return "sub";
        if (token.IssuedAt == DateTime.MinValue || token.IssuedAt > (now + Skew).UtcDateTime)
            return "iat";
        if (Text(token, "at_hash") is { } hash && (accessToken is null || hash != HalfHash(accessToken)))
            return "at_hash";
        return null;
    }

    /// <summary>The left half of the SHA-256, the hash of each algorithm taken here (§3.1.3.6).</summary>
    private static string HalfHash(string accessToken) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken)).AsSpan(0, 16));

    private static OidcIdentity IdentityOf(JsonWebToken token, OidcSettings settings)
    {
        // Some providers write it as text.
        var verified = Values(token, "email_verified").Any(said => said.Equals("true", StringComparison.OrdinalIgnoreCase));
        return new OidcIdentity(
            settings.Issuer, Text(token, "sub")!, verified ? Text(token, "email") : null, Text(token, "preferred_username"), [.. Values(token, settings.GroupsClaim)]);
    }

    private static IEnumerable<string> Values(JsonWebToken token, string type) =>
        token.Claims.Where(claim => claim.Type == type).Select(claim => claim.Value);

    private static string? Text(JsonWebToken token, string claim) =>
        token.TryGetPayloadValue<string>(claim, out var text) ? text : null;
}
