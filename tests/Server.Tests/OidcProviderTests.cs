using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Cofferdam.Server.SignIn.Oidc;
using Xunit;

namespace Cofferdam.Server.Tests;

/// <summary>Sign-in through an OpenID provider that others wrote.</summary>
public sealed class OidcProviderTests
{
    [Fact]
    public async Task SignIn_ThroughAnIndependentProvider_WithSecretAndWithKey_LetsInWhomTheLabTakes()
    {
        await using var provider = await NodeProvider.StartAsync();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        // The provider's clock is the system's.
        await using var node = await RunningNode.StartAsync(with: options =>
        {
            var folder = Path.GetDirectoryName(options.DataFolder)!;
            File.WriteAllText(Path.Combine(folder, "secret"), secret);
            File.WriteAllText(Path.Combine(folder, "key.pem"), key.ExportPkcs8PrivateKeyPem());
            return options with
            {
                Time = TimeProvider.System,
                Oidc =
                [
                    Settings(folder, "acme", new
                    {
                        name = "Acme", issuer = provider.Issuer, clientId = "acme-node", clientSecretFile = "secret", scopes = (string[])["email", "groups"],
                        emailDomains = (string[])["acme.example"], roles = new Dictionary<string, string> { ["maria-group"] = "projectManager" },
                    }),
                    Settings(folder, "borealis", new
                    {
                        name = "Borealis", issuer = provider.Issuer, clientId = "borealis-node", clientKeyFile = "key.pem", clientKeyId = "node", scopes = (string[])["groups"],
                        roles = new Dictionary<string, string> { ["maria-group"] = "auditor" },
                    }),
                ],
            };
        });
        await provider.RegisterAsync(
            new { client_id = "acme-node", client_secret = secret, redirect_uris = Callbacks(node, "acme"), id_token_signed_response_alg = "PS256", scope = "openid email groups" },
            new
            {
                client_id = "borealis-node",
                redirect_uris = Callbacks(node, "borealis"),
                id_token_signed_response_alg = "ES256",
                scope = "openid groups",
                token_endpoint_auth_method = "private_key_jwt",
                token_endpoint_auth_signing_alg = "ES256",
                jwks = new { keys = new[] { Jwk(key) } },
            });

        foreach (var (lab, role) in new[] { ("acme", "projectManager"), ("borealis", "auditor") })
        {
            using var maria = node.Browse();
            (await SignInAsync(maria, node, provider, lab, "maria")).ShouldBe("/");
            var session = (await maria.GetAsync("/api/session")).Must(HttpStatusCode.OK).Json;
            // One person, two labs, two accounts: neither lab's provider says anything at the other.
            var membership = session["labs"]!.AsArray().ShouldHaveSingleItem()!;
            ((string?)membership["slug"], (string?)membership["role"]).ShouldBe((lab, role));
            using var stranger = node.Browse();
            (await SignInAsync(stranger, node, provider, lab, "nobody")).ShouldBe($"/sign-in?problem=not-invited&lab={lab}");
        }
    }

    private static async Task<string> SignInAsync(Browser browser, RunningNode node, NodeProvider provider, string lab, string person)
    {
        var begun = (await browser.GetAsync($"/api/sign-in/oidc/{lab}")).Must(HttpStatusCode.Redirect);
        var callback = await provider.SignInAsync(begun.Response.Headers.Location!.OriginalString, person);
        callback.GetLeftPart(UriPartial.Authority).ShouldBe(node.Origin);
        return (await browser.GetAsync(callback.PathAndQuery)).Must(HttpStatusCode.Redirect).Response.Headers.Location!.OriginalString;
    }

    private static string[] Callbacks(RunningNode node, string lab) => [$"{node.Origin}/api/sign-in/oidc/{lab}/callback"];

    private static OidcFile Settings(string folder, string lab, object settings)
    {
        var file = Path.Combine(folder, $"{lab}.json");
        File.WriteAllText(file, JsonSerializer.Serialize(settings));
        return new OidcFile(lab, file);
    }

    private static object Jwk(ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new { kty = "EC", crv = "P-256", use = "sig", alg = "ES256", kid = "node", x = Base64Url.EncodeToString(point.X), y = Base64Url.EncodeToString(point.Y) };
    }
}
