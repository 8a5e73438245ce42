using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Cofferdam.Server.Tests;

/// <summary>An identity provider that says what the test tells it to, and remembers what it was asked.</summary>
internal sealed class ScriptedProvider : IAsyncDisposable
{
    public const string Client = "cofferdam";

    private readonly RSA key = RSA.Create(2048);
    private readonly Dictionary<string, (JsonObject Claims, string Challenge, string Callback)> codes = new(StringComparer.Ordinal);
    private readonly WebApplication app;

    private ScriptedProvider(WebApplication app)
    {
        this.app = app;
        Token = Rs256;
    }

    public string Issuer => app.Urls.First();

    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>Published in place of its own key; null: its own.</summary>
    public RSA? Published { get; set; }

    /// <summary>What its metadata name it; null: its address.</summary>
    public string? Named { get; set; }

    /// <summary>Changes the id token's claims before they are signed.</summary>
    public Action<JsonObject> Claims { get; set; } = _ => { };

    /// <summary>Makes the id token of its claims; by default signs them with RS256.</summary>
    public Func<JsonObject, string> Token { get; set; }

    /// <summary>Bodies of requests for tokens.</summary>
    public List<Dictionary<string, string>> Redeemed { get; } = [];

    public static async Task<ScriptedProvider> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var provider = new ScriptedProvider(builder.Build());
        provider.app.MapGet("/.well-known/openid-configuration", provider.Metadata);
        provider.app.MapGet("/keys", provider.Keys);
        provider.app.MapPost("/token", (Delegate)provider.RedeemAsync);
        await provider.app.StartAsync();
        return provider;
    }

    /// <summary>What the provider does when the person has signed in: a code in the address that the browser is sent back to.</summary>
    /// <param name="address">Where the node sent the browser.</param>
    /// <returns>Path and query of the callback.</returns>
    public string SignIn(string address, string subject, params string[] groups)
    {
        var asked = QueryHelpers.ParseQuery(new Uri(address).Query);
        asked["response_type"].ToString().ShouldBe("code");
        asked["code_challenge_method"].ToString().ShouldBe("S256");
        var code = Guid.NewGuid().ToString("N");
        var now = Time.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = Issuer,
            ["aud"] = asked["client_id"].ToString(),
            ["sub"] = subject,
            ["nonce"] = asked["nonce"].ToString(),
            ["iat"] = now,
            ["exp"] = now + 300,
            ["preferred_username"] = $"{subject}@example.org",
            ["groups"] = new JsonArray([.. groups.Select(group => (JsonNode)group)]),
        };
        codes[code] = (claims, asked["code_challenge"].ToString(), asked["redirect_uri"].ToString());
        return QueryHelpers.AddQueryString(new Uri(asked["redirect_uri"].ToString()).AbsolutePath, new Dictionary<string, string?>
        {
            ["code"] = code,
            ["state"] = asked["state"].ToString(),
            ["iss"] = Issuer,
        });
    }

    public static string Sign(JsonObject claims, string algorithm, Func<byte[], byte[]> sign, string kid = "one")
    {
        var header = new JsonObject { ["alg"] = algorithm, ["kid"] = kid };
        var signed = $"{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(header))}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        return $"{signed}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    public string Rs256(JsonObject claims) => Sign(claims, "RS256", data => key.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    /// <summary>The public key as everybody can read it, for those who would sign with it as if it were a secret.</summary>
    public byte[] PublicKey => Encoding.ASCII.GetBytes(key.ExportSubjectPublicKeyInfoPem());

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        key.Dispose();
    }

    private object Metadata() => new
    {
        issuer = Named ?? Issuer,
        authorization_endpoint = $"{Issuer}/authorize",
        token_endpoint = $"{Issuer}/token",
        jwks_uri = $"{Issuer}/keys",
        authorization_response_iss_parameter_supported = true,
        id_token_signing_alg_values_supported = new[] { "RS256" },
    };

    private object Keys()
    {
        var shown = (Published ?? key).ExportParameters(includePrivateParameters: false);
        return new { keys = new[] { new { kty = "RSA", use = "sig", kid = Published is null ? "one" : "another", n = Base64Url.EncodeToString(shown.Modulus), e = Base64Url.EncodeToString(shown.Exponent) } } };
    }

    private async Task<IResult> RedeemAsync(HttpContext context)
    {
        var form = (await context.Request.ReadFormAsync()).ToDictionary(field => field.Key, field => field.Value.ToString());
        Redeemed.Add(form);
        if (!codes.Remove(form["code"], out var grant) || form["redirect_uri"] != grant.Callback
            || Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"]))) != grant.Challenge)
            return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        Claims(grant.Claims);
        return Results.Json(new { access_token = "unused", token_type = "Bearer", id_token = Token(grant.Claims) });
    }
}
