using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Cofferdam.Server.SignIn.Oidc;

/// <summary>The provider of one lab: what it publishes of itself, where it is asked, and how its codes are redeemed.</summary>
internal sealed partial class OidcProvider(OidcSettings settings, HttpClient http, ILogger<OidcProvider> log, TimeProvider time) : IDisposable
{
    /// <summary>Metadata and keys are read again after this long.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);

    /// <summary>Not more often, whoever signs with keys that nobody knows.</summary>
    private static readonly TimeSpan AtMostEvery = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim turn = new(1);
    private volatile Published? published;

    public OidcSettings Settings => settings;

    public void Dispose() => turn.Dispose();

    /// <summary>The address at the provider that a browser is sent to; null where the provider does not answer.</summary>
    public async Task<string?> AuthorizationAddressAsync(OidcTransaction transaction, string callback, CancellationToken cancellation)
    {
        if (await MetadataAsync(Fresh, cancellation) is not { } provider)
            return null;
        return QueryHelpers.AddQueryString(provider.AuthorizationEndpoint, new Dictionary<string, string?>
        {
            ["response_type"] = "code",
            ["client_id"] = settings.ClientId,
            ["redirect_uri"] = callback,
            ["scope"] = string.Join(' ', settings.Scopes.Prepend("openid").Distinct(StringComparer.Ordinal)),
            ["state"] = transaction.State,
            ["nonce"] = transaction.Nonce,
            ["code_challenge"] = transaction.Challenge,
            ["code_challenge_method"] = "S256",
        });
    }

    /// <summary>Who has signed in there, from what the browser brought back.</summary>
    public async Task<OidcResult<OidcIdentity>> IdentifyAsync(OidcTransaction transaction, OidcAnswer answer, string callback, CancellationToken cancellation)
    {
        if (await MetadataAsync(Fresh, cancellation) is not { } provider)
            return OidcFault.Unavailable;
        // Before anything else of the answer is believed (RFC 9207 §2.4): a code of another issuer is sent nowhere.
        if (answer.Issuer is null ? provider.AuthorizationResponseIssParameterSupported : answer.Issuer != settings.Issuer)
            return NotVerified("iss parameter");
        if (answer.Error is not null)
            return OidcFault.Declined;
        if (answer.Code is not { Length: > 0 } code)
            return NotVerified("code");

        var tokens = await RedeemAsync(provider, code, transaction.Verifier, callback, cancellation);
        if (tokens.Value is not { } redeemed)
            return tokens.Fault;
        var (identity, fault, keyUnknown) = await CheckAsync(provider);
        // Providers publish a new key before they use it, but not long before.
        if (keyUnknown && await MetadataAsync(AtMostEvery, cancellation) is { } renewed && !ReferenceEquals(renewed, provider))
            (identity, fault, _) = await CheckAsync(renewed);
        return identity is null ? NotVerified(fault!) : identity;

        Task<(OidcIdentity? Identity, string? Fault, bool KeyUnknown)> CheckAsync(OpenIdConnectConfiguration by) =>
            IdTokenChecks.CheckAsync(redeemed.IdToken!, redeemed.AccessToken, transaction.Nonce, settings, by, time.GetUtcNow());
    }

    private async Task<OidcResult<Tokens>> RedeemAsync(
        OpenIdConnectConfiguration provider, string code, string verifier, string callback, CancellationToken cancellation)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, provider.TokenEndpoint);
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            var form = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["grant_type"] = "authorization_code",
                ["code"] = code,
                ["redirect_uri"] = callback,
                ["code_verifier"] = verifier,
            };
            ClientAuthentication.Add(request, form, settings, provider, time.GetUtcNow());
            request.Content = new FormUrlEncodedContent(form);
            using var response = await http.SendAsync(request, cancellation);
            // 4xx: the code is not of this sign-in, was used before, or the provider does not know the client.
            if (!response.IsSuccessStatusCode)
                return (int)response.StatusCode is >= 400 and < 500 ? NotVerified($"code, by the provider ({(int)response.StatusCode})") : Unreachable("token endpoint");
            var tokens = await response.Content.ReadFromJsonAsync<Tokens>(cancellation);
            return tokens?.IdToken is { Length: > 0 } ? tokens : NotVerified("id token");
        }
        catch (JsonException)
        {
            return NotVerified("token response");
        }
        catch (Exception e) when (IsOutside(e, cancellation))
        {
            return Unreachable(e.GetType().Name);
        }
    }

    /// <summary>What the provider publishes of itself, not older than that; what is known of it where it does not answer.</summary>
    private async Task<OpenIdConnectConfiguration?> MetadataAsync(TimeSpan noOlderThan, CancellationToken cancellation)
    {
        if (Known() is { } known)
            return known;
        await turn.WaitAsync(cancellation);
        try
        {
            return Known() ?? await ReadAsync(cancellation) ?? published?.Metadata;
        }
        finally
        {
            turn.Release();
        }

        OpenIdConnectConfiguration? Known() => published is { } last && time.GetUtcNow() - last.At < noOlderThan ? last.Metadata : null;
    }

    private async Task<OpenIdConnectConfiguration?> ReadAsync(CancellationToken cancellation)
    {
        var plain = settings.Issuer.StartsWith("http:", StringComparison.OrdinalIgnoreCase);
        try
        {
            var documents = new HttpDocumentRetriever(http) { RequireHttps = !plain };
            var metadata = await OpenIdConnectConfigurationRetriever.GetAsync(
                $"{settings.Issuer.TrimEnd('/')}/.well-known/openid-configuration", documents, cancellation);
            // OpenID Connect Discovery 1.0 §4.3: who answers under the issuer's address must say that it is the issuer.
            if (metadata.Issuer != settings.Issuer || !IsAddress(metadata.AuthorizationEndpoint, plain) || !IsAddress(metadata.TokenEndpoint, plain))
            {
                Unreachable("metadata is of another issuer, or names addresses without TLS");
                return null;
            }

            published = new Published(metadata, time.GetUtcNow());
            return metadata;
        }
        catch (Exception e) when (IsOutside(e, cancellation) || e is InvalidOperationException or ArgumentException or JsonException)
        {
            Unreachable($"{e.GetType().Name}, {e.InnerException?.GetType().Name}");
            return null;
        }
    }

    private static bool IsAddress(string? text, bool plain) => Uri.TryCreate(text, UriKind.Absolute, out var address) && OidcSettings.MayAsk(address, plain);

    /// <summary>The provider's doing, or the network's; a browser that hung up is neither.</summary>
    private static bool IsOutside(Exception e, CancellationToken cancellation) =>
        e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellation.IsCancellationRequested);

    private OidcFault NotVerified(string check)
    {
        CheckFailed(log, settings.Lab, check);
        return OidcFault.NotVerified;
    }

    private OidcFault Unreachable(string what)
    {
        NotReached(log, settings.Lab, what);
        return OidcFault.Unavailable;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sign-in through the provider of {Lab}: a check failed: {Check}")]
    private static partial void CheckFailed(ILogger log, string lab, string check);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sign-in through the provider of {Lab}: the provider could not be used: {What}")]
    private static partial void NotReached(ILogger log, string lab, string what);

    private sealed record Published(OpenIdConnectConfiguration Metadata, DateTimeOffset At);

    private sealed record Tokens([property: JsonPropertyName("id_token")] string? IdToken = null, [property: JsonPropertyName("access_token")] string? AccessToken = null);
}

/// <summary>What the browser brought back from the provider (RFC 6749 §4.1.2, RFC 9207 §2).</summary>
internal sealed record OidcAnswer(string? Code, string? Error, string? Issuer);
