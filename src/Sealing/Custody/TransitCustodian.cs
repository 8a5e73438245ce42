using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cofferdam.Sealing.Remote;

namespace Cofferdam.Sealing;

/// <summary>Where the transit engine of an OpenBao or HashiCorp Vault is.</summary>
/// <param name="Address">Of the server; <c>https</c> unless it is this machine.</param>
/// <param name="TokenFile">Read for every request, so that an agent may renew it.</param>
/// <param name="Mount">Path of the engine.</param>
/// <param name="Namespace">Null where there are none.</param>
/// <param name="CaFile">Authorities to trust, in PEM; null trusts the system's.</param>
public sealed record TransitOptions(Uri Address, string TokenFile, string Mount = "transit", string? Namespace = null, string? CaFile = null);

/// <summary>Root keys in the transit engine of OpenBao or HashiCorp Vault: the key <c>cofferdam-LAB</c>, type aes256-gcm96.</summary>
/// <remarks>
/// A wrapped key is the engine's ciphertext (<c>vault:vN:…</c>) of the committed key, with
/// <see cref="CommittedKey.Binding"/> as <c>associated_data</c>. References are version numbers of the key.
/// </remarks>
public sealed class TransitCustodian : IKeyCustodian
{
    private readonly TransitOptions options;
    private readonly CustodianHttp http;
    private readonly TimeProvider time;

    public TransitCustodian(TransitOptions options, HttpMessageHandler? handler = null, TimeProvider? time = null)
    {
        this.options = options;
        this.time = time ?? TimeProvider.System;
        http = new CustodianHttp($"The transit engine at {options.Address}", options.CaFile, handler);
    }

    public string Name => "transit";

    public bool Evaluation => false;

    /// <inheritdoc/>
    public async ValueTask<string> CreateAsync(Guid lab, CancellationToken cancellation = default)
    {
        // Making a key that is there does nothing, so of two first starts at once both get version 1.
        if (await StateAsync(lab, cancellation) is null)
        {
            using var body = new JsonBody(json =>
            {
                json.WriteString("type", "aes256-gcm96");
                json.WriteBoolean("exportable", false);
                json.WriteBoolean("allow_plaintext_backup", false);
            });
            using var made = await PostAsync("keys/" + KeyName(lab), body, again: true, cancellation);
            Require(made, "make a key");
        }
        else
        {
            using var body = new JsonBody(_ => { });
            using var rotated = await PostAsync($"keys/{KeyName(lab)}/rotate", body, again: false, cancellation);
            Require(rotated, "rotate the key");
        }

        var state = await StateAsync(lab, cancellation) ?? throw Failed("does not know the key that it has just made");
        return state.Latest.ToString(CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public async ValueTask<byte[]> WrapAsync(
        Guid lab, string root, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> context, CancellationToken cancellation = default)
    {
        var version = Number(root);
        var binding = CommittedKey.Binding(Name, lab, root, context.Span);
        var packed = CommittedKey.Pack(binding, key.Span);
        try
        {
            using var body = new JsonBody(json =>
            {
                json.WriteBase64String("plaintext", packed);
                json.WriteBase64String("associated_data", binding);
                json.WriteNumber("key_version", version);
            });
            using var answer = await PostAsync("encrypt/" + KeyName(lab), body, again: true, cancellation);
            Require(answer, "encrypt");
            // An engine that does not know the key may make one, when its policy lets it: then this is not version N.
            var ciphertext = Data(answer, "ciphertext").GetString();
            return ciphertext is not null && ciphertext.StartsWith(Prefix(version), StringComparison.Ordinal) && ciphertext.Length <= 1024
                ? Encoding.UTF8.GetBytes(ciphertext)
                : throw Failed($"did not encrypt under version {root} of the key");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(packed);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<byte[]> UnwrapAsync(
        Guid lab, string root, ReadOnlyMemory<byte> wrapped, ReadOnlyMemory<byte> context, CancellationToken cancellation = default)
    {
        if (!wrapped.Span.StartsWith(Encoding.UTF8.GetBytes(Prefix(Number(root)))))
            throw NotWrappedHere();
        var binding = CommittedKey.Binding(Name, lab, root, context.Span);
        using var body = new JsonBody(json =>
        {
            json.WriteString("ciphertext", wrapped.Span);
            json.WriteBase64String("associated_data", binding);
        });
        using var answer = await PostAsync("decrypt/" + KeyName(lab), body, again: true, cancellation);
        if (answer.Status == HttpStatusCode.BadRequest)
            throw await StateAsync(lab, cancellation) is { } state && Number(root) < state.LeastUsable ? Destroyed(lab, root) : NotWrappedHere();
        Require(answer, "decrypt");
        return Data(answer, "plaintext").TryGetBytesFromBase64(out var packed) && CommittedKey.TryUnpack(binding, packed, out var key) ? key : throw NotWrappedHere();
    }

    /// <inheritdoc/>
    /// <remarks>
    /// The engine forgets versions from the oldest on: of an older one that is still there this is refused. The newest
    /// goes once there is one after it, which is made.
    /// </remarks>
    public async ValueTask<DateTimeOffset> DestroyAsync(Guid lab, string root, CancellationToken cancellation = default)
    {
        var version = Number(root);
        if (await StateAsync(lab, cancellation) is not { } state || version < state.LeastAvailable)
            return time.GetUtcNow();
        if (version > state.LeastAvailable)
            throw new KeyCustodyException($"The transit engine destroys versions of a key from the oldest on. Destroy version {state.LeastAvailable} of {KeyName(lab)} first.");

        using var nothing = new JsonBody(_ => { });
        if (version == state.Latest)
        {
            using var rotated = await PostAsync($"keys/{KeyName(lab)}/rotate", nothing, again: false, cancellation);
            Require(rotated, "rotate the key");
        }

        using var least = new JsonBody(json =>
        {
            json.WriteNumber("min_decryption_version", version + 1);
            json.WriteNumber("min_encryption_version", version + 1);
        });
        using var configured = await PostAsync($"keys/{KeyName(lab)}/config", least, again: true, cancellation);
        Require(configured, "forbid the version");
        using var available = new JsonBody(json => json.WriteNumber("min_available_version", version + 1));
        using var trimmed = await PostAsync($"keys/{KeyName(lab)}/trim", available, again: true, cancellation);
        Require(trimmed, "trim the key");
        return time.GetUtcNow();
    }

    /// <inheritdoc/>
    /// <remarks>Encrypts and decrypts: that the key is there says nothing about what the token may do.</remarks>
    public async ValueTask CheckAsync(Guid lab, string root, CancellationToken cancellation = default)
    {
        var context = "check"u8.ToArray();
        var wrapped = await WrapAsync(lab, root, new byte[ChunkedEncryption.KeyBytes], context, cancellation);
        await UnwrapAsync(lab, root, wrapped, context, cancellation);
    }

    public void Dispose() => http.Dispose();

    private static string KeyName(Guid lab) => $"cofferdam-{lab:D}";

    private static string Prefix(int version) => string.Create(CultureInfo.InvariantCulture, $"vault:v{version}:");

    private static int Number(string root) =>
        int.TryParse(root, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0 && root[0] != '0'
            ? version
            : throw new KeyCustodyException("The root key that the vault names is none of a transit engine. Choose the custodian that holds it.");

    private async Task<KeyState?> StateAsync(Guid lab, CancellationToken cancellation)
    {
        using var answer = await http.SendAsync(() => Request(HttpMethod.Get, "keys/" + KeyName(lab)), again: true, cancellation);
        if (answer.Status == HttpStatusCode.NotFound)
            return null;
        Require(answer, "say what keys it has");
        return new KeyState(
            Data(answer, "latest_version").GetInt32(),
            Math.Max(1, Data(answer, "min_available_version").GetInt32()),
            Math.Max(1, Data(answer, "min_decryption_version").GetInt32()));
    }

    private sealed record KeyState(int Latest, int LeastAvailable, int LeastUsable);

    private Task<CustodianAnswer> PostAsync(string path, JsonBody body, bool again, CancellationToken cancellation) => http.SendAsync(
        () =>
        {
            var request = Request(HttpMethod.Post, path);
            request.Content = body.Content("application/json");
            return request;
        },
        again,
        cancellation);

    private HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, new Uri(options.Address, $"/v1/{options.Mount}/{path}"));
        request.Headers.TryAddWithoutValidation("X-Vault-Token", SecretFile.Line(options.TokenFile));
        request.Headers.TryAddWithoutValidation("X-Vault-Request", "true");
        if (options.Namespace is not null)
            request.Headers.TryAddWithoutValidation("X-Vault-Namespace", options.Namespace);
        return request;
    }

    private JsonElement Data(CustodianAnswer answer, string name) =>
        answer.Json is { ValueKind: JsonValueKind.Object } json
        && json.TryGetProperty("data", out var data)
        && data.ValueKind == JsonValueKind.Object
        && data.TryGetProperty(name, out var value)
            ? value
            : throw Failed($"answered without \"{name}\": it is no transit engine, or of a version not known here");

    private void Require(CustodianAnswer answer, string what)
    {
        if (answer.Succeeded)
            return;
        throw Failed(answer.Status switch
        {
            HttpStatusCode.Forbidden => $"does not let the token in {options.TokenFile} {what}: it has expired or was revoked, or its policy lacks this",
            HttpStatusCode.NotFound => $"has nothing at {options.Mount}/ by which to {what}: see that the engine is mounted there and knows the key",
            HttpStatusCode.ServiceUnavailable => "is sealed or standing by. Unseal it",
            var status => $"answered {(int)status} when asked to {what}",
        });
    }

    private KeyCustodyException NotWrappedHere() =>
        Failed("does not open this lab's key. It was wrapped under another root key or for something else, or the store was edited");

    private static KeyCustodyException Destroyed(Guid lab, string root) =>
        new($"Version {root} of the key {KeyName(lab)} was destroyed or forbidden. What was sealed under it stays closed.");

    private KeyCustodyException Failed(string what) => new($"The transit engine at {options.Address} {what}.");
}
