using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Cofferdam.Server.Hardening;
using Cofferdam.Work.Access;

namespace Cofferdam.Server.SignIn.Oidc;

/// <summary>A lab's identity provider: what <c>--oidc LAB=FILE</c> says.</summary>
/// <param name="Lab">Slug.</param>
/// <param name="File">JSON; see docs/operations/sign-in-with-oidc.md.</param>
public sealed partial record OidcFile(string Lab, string File)
{
    /// <summary>Reads <c>LAB=FILE</c>; null where it is not that.</summary>
    public static OidcFile? Parse(string text) => Form().Match(text) is { Success: true } match
        ? new OidcFile(match.Groups[1].Value, match.Groups[2].Value)
        : null;

    [GeneratedRegex("^([a-z0-9-]{1,40})=(.+)$")]
    private static partial Regex Form();
}

/// <summary>How the node shows a provider that it is the client (OpenID Connect Core 1.0 §9).</summary>
internal abstract record ClientCredential
{
    private ClientCredential() { }

    /// <summary>By nothing but PKCE: a public client.</summary>
    public sealed record None : ClientCredential;

    /// <summary><c>client_secret_basic</c>, or <c>client_secret_post</c> where the provider takes that alone.</summary>
    public sealed record Secret(string Text) : ClientCredential;

    /// <summary><c>private_key_jwt</c>, ES256 with P-256.</summary>
    /// <param name="Id">The key's id at the provider; null: none is said.</param>
    public sealed record PrivateKey(ECDsa Key, string? Id) : ClientCredential;
}

/// <summary>A lab's identity provider, checked.</summary>
/// <param name="Lab">Slug.</param>
/// <param name="Name">On the button: "Sign in with …".</param>
/// <param name="Issuer">Just as the provider writes it: it is compared as text.</param>
/// <param name="Scopes">Asked for beside <c>openid</c>.</param>
/// <param name="EmailDomains">An id token needs a verified address in one of these; empty: none is asked for.</param>
/// <param name="GroupsClaim">The claim of the id token that lists groups.</param>
/// <param name="Roles">Roles by group, for people who come without an invitation; empty: everybody needs one.</param>
internal sealed record OidcSettings(
    string Lab, string Name, string Issuer, string ClientId, ClientCredential Credential, IReadOnlyList<string> Scopes,
    FrozenSet<string> EmailDomains, string GroupsClaim, FrozenDictionary<string, Role> Roles)
{
    /// <param name="evaluation">Whether plain http to this machine will do.</param>
    /// <exception cref="StartupException">The file cannot be read, or cannot be followed.</exception>
    public static OidcSettings Read(OidcFile source, bool evaluation)
    {
        var shape = Parse(source);
        StartupException Wrong(string what) => new($"'{source.File}' (sign-in of {source.Lab}): {what}");

        if (shape.Name is not { Length: > 0 and <= 40 })
            throw Wrong("\"name\" is missing, or longer than 40 characters: it stands on the button, after \"Sign in with\".");
        if (!Uri.TryCreate(shape.Issuer, UriKind.Absolute, out var issuer) || issuer.Query is not "" || issuer.Fragment is not "" || !MayAsk(issuer, evaluation))
            throw Wrong("\"issuer\" must be the https address that the provider names itself by. Plain http does for this machine alone, in evaluation mode.");
        if (shape.ClientId is not { Length: > 0 })
            throw Wrong("\"clientId\" is missing: the provider gives it out when you register this node.");
        if (shape.EmailDomains?.Any(domain => domain.Contains('@', StringComparison.Ordinal)) is true)
            throw Wrong("\"emailDomains\" are what follows the @.");
        var roles = shape.Roles ?? [];
        if (roles.Values.Any(role => role is not (Role.ProjectManager or Role.Auditor)))
            throw Wrong("\"roles\" may give projectManager and auditor. Owners and experts come by invitation.");
        return new OidcSettings(source.Lab, shape.Name, shape.Issuer!, shape.ClientId, CredentialOf(source, shape), shape.Scopes ?? [],
            (shape.EmailDomains ?? []).ToFrozenSet(StringComparer.OrdinalIgnoreCase), shape.GroupsClaim ?? "groups", roles.ToFrozenDictionary(StringComparer.Ordinal));
    }

    /// <summary>Whether a secret or a code may go to an address.</summary>
    public static bool MayAsk(Uri address, bool plainToThisMachine) =>
        address.Scheme == Uri.UriSchemeHttps
        || (plainToThisMachine && address.Scheme == Uri.UriSchemeHttp && Bindings.IsLoopbackName(address.Host.Trim('[', ']')));

    private static Shape Parse(OidcFile source)
    {
        try
        {
            return JsonSerializer.Deserialize<Shape>(File.ReadAllBytes(source.File), Json) ?? new Shape();
        }
        catch (JsonException e)
        {
            throw new StartupException($"'{source.File}' (sign-in of {source.Lab}) is not what it should be at \"{e.Path}\", line {e.LineNumber + 1}.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"'{source.File}' (sign-in of {source.Lab}) could not be read.", e);
        }
    }

    private static ClientCredential CredentialOf(OidcFile source, Shape shape)
    {
        // Beside the file that names it, wherever the node was started.
        string Beside(string file) => File.ReadAllText(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(source.File))!, file)).Trim();
        try
        {
            switch (shape)
            {
                case { ClientSecretFile: { } secret, ClientKeyFile: null }:
                    return new ClientCredential.Secret(Beside(secret));
                case { ClientSecretFile: null, ClientKeyFile: { } pem }:
                    var key = ECDsa.Create();
                    key.ImportFromPem(Beside(pem));
                    return key.KeySize == 256 ? new ClientCredential.PrivateKey(key, shape.ClientKeyId) : throw new CryptographicException("Not of P-256.");
                case { ClientSecretFile: null, ClientKeyFile: null }:
                    return new ClientCredential.None();
                default:
                    throw new StartupException($"'{source.File}' (sign-in of {source.Lab}) names a secret and a key. One will do; the key is better.");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new StartupException($"'{source.File}' (sign-in of {source.Lab}): the client's secret or its P-256 key (PEM) could not be read.", e);
        }
    }

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    private sealed record Shape(
        string? Name = null, string? Issuer = null, string? ClientId = null, string? ClientSecretFile = null, string? ClientKeyFile = null,
        string? ClientKeyId = null, string[]? Scopes = null, string[]? EmailDomains = null, string? GroupsClaim = null, Dictionary<string, Role>? Roles = null);
}
