using System.Net.Http.Headers;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Cofferdam.Server.SignIn.Oidc;

/// <summary>Shows a token endpoint that the node is the client (OpenID Connect Core 1.0 §9).</summary>
internal static class ClientAuthentication
{
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private static readonly TimeSpan AssertionLifetime = TimeSpan.FromMinutes(1);

    public static void Add(
        HttpRequestMessage request, Dictionary<string, string> form, OidcSettings settings, OpenIdConnectConfiguration provider, DateTimeOffset now)
    {
        switch (settings.Credential)
        {
            case ClientCredential.PrivateKey key:
                form["client_id"] = settings.ClientId;
                form["client_assertion_type"] = AssertionType;
                form["client_assertion"] = Assertion(key, settings.ClientId, provider.TokenEndpoint, now);
                break;
            // A provider that says nothing takes client_secret_basic (OpenID Connect Discovery 1.0 §3).
            case ClientCredential.Secret secret when provider.TokenEndpointAuthMethodsSupported is { Count: > 0 } methods && !methods.Contains("client_secret_basic"):
                form["client_id"] = settings.ClientId;
                form["client_secret"] = secret.Text;
                break;
            case ClientCredential.Secret secret:
                // Both are form-encoded first (RFC 6749 §2.3.1).
                var pair = $"{Uri.EscapeDataString(settings.ClientId)}:{Uri.EscapeDataString(secret.Text)}";
                request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
                break;
            default:
                form["client_id"] = settings.ClientId;
                break;
        }
    }

    private static string Assertion(ClientCredential.PrivateKey credential, string client, string audience, DateTimeOffset now) =>
        new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = client,
            Audience = audience,
            Claims = new Dictionary<string, object> { ["sub"] = client, ["jti"] = SecretToken.Create().Text },
            IssuedAt = now.UtcDateTime,
            Expires = (now + AssertionLifetime).UtcDateTime,
            SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(credential.Key) { KeyId = credential.Id }, SecurityAlgorithms.EcdsaSha256),
        });
}
