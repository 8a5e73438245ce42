using System.Security.Cryptography;
using System.Text.Json;
using Cofferdam.Sealing.Remote;

namespace Cofferdam.Sealing;

/// <summary>Where AWS KMS is, and how it is asked.</summary>
/// <param name="Region">Such as <c>eu-central-1</c>.</param>
/// <param name="CredentialsFile">As AWS's tools write it, read for every request; null takes the environment's.</param>
/// <param name="Profile">Section of that file.</param>
/// <param name="Endpoint">Another address than the region's own, such as one within a private network.</param>
/// <param name="WaitingDays">Days from destroying a key until it is gone: 7 to 30.</param>
public sealed record AwsKmsOptions(string Region, string? CredentialsFile = null, string Profile = "default", Uri? Endpoint = null, int WaitingDays = 30);

/// <summary>Root keys in AWS KMS: one symmetric key for each version, whose reference is its ARN.</summary>
/// <remarks>
/// A wrapped key is KMS's ciphertext of the committed key; lab and <see cref="CommittedKey.Binding"/> are its encryption
/// context, which KMS logs in clear. Requests are those of the JSON protocol (TrentService), signed with SigV4.
/// </remarks>
public sealed class AwsKmsCustodian : IKeyCustodian
{
    private const string ContentType = "application/x-amz-json-1.1";

    private readonly AwsKmsOptions options;
    private readonly Uri endpoint;
    private readonly CustodianHttp http;
    private readonly TimeProvider time;

    public AwsKmsCustodian(AwsKmsOptions options, HttpMessageHandler? handler = null, TimeProvider? time = null)
    {
        if (options.WaitingDays is < 7 or > 30)
            throw new ArgumentOutOfRangeException(nameof(options), options.WaitingDays, "AWS KMS waits 7 to 30 days before it deletes a key.");
        this.options = options;
        this.time = time ?? TimeProvider.System;
        endpoint = options.Endpoint ?? new Uri($"https://kms.{options.Region}.amazonaws.com/");
        http = new CustodianHttp($"AWS KMS at {endpoint}", caFile: null, handler);
    }

    public string Name => "aws-kms";

    public bool Evaluation => false;

    /// <inheritdoc/>
    public async ValueTask<string> CreateAsync(Guid lab, CancellationToken cancellation = default)
    {
        using var body = new JsonBody(json =>
        {
            json.WriteString("Description", $"Cofferdam: root key of the lab {lab:D}");
            json.WriteString("KeyUsage", "ENCRYPT_DECRYPT");
            json.WriteString("KeySpec", "SYMMETRIC_DEFAULT");
            json.WriteStartArray("Tags");
            json.WriteStartObject();
            json.WriteString("TagKey", "cofferdam-lab");
            json.WriteString("TagValue", lab.ToString("D"));
            json.WriteEndObject();
            json.WriteEndArray();
        });
        // Not once more: a second key would cost money and be in nobody's hands.
        using var answer = await CallAsync("CreateKey", body, again: false, cancellation);
        Require(answer, "CreateKey");
        return Member(Member(answer.Json, "KeyMetadata"), "Arn").GetString() is { Length: > 0 and <= 200 } arn ? arn : throw Unexpected("Arn");
    }

    /// <inheritdoc/>
    public async ValueTask<byte[]> WrapAsync(
        Guid lab, string root, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> context, CancellationToken cancellation = default)
    {
        var binding = CommittedKey.Binding(Name, lab, root, context.Span);
        var packed = CommittedKey.Pack(binding, key.Span);
        try
        {
            using var body = new JsonBody(json =>
            {
                json.WriteString("KeyId", root);
                json.WriteBase64String("Plaintext", packed);
                WriteContext(json, lab, binding);
            });
            using var answer = await CallAsync("Encrypt", body, again: true, cancellation);
            Require(answer, "Encrypt");
            return Member(answer.Json, "CiphertextBlob").TryGetBytesFromBase64(out var wrapped) && wrapped.Length is > 0 and <= 1024
                ? wrapped
                : throw Unexpected("CiphertextBlob");
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
        var binding = CommittedKey.Binding(Name, lab, root, context.Span);
        using var body = new JsonBody(json =>
        {
            json.WriteString("KeyId", root);
            json.WriteBase64String("CiphertextBlob", wrapped.Span);
            WriteContext(json, lab, binding);
        });
        using var answer = await CallAsync("Decrypt", body, again: true, cancellation);
        Require(answer, "Decrypt");
        return Member(answer.Json, "Plaintext").TryGetBytesFromBase64(out var packed) && CommittedKey.TryUnpack(binding, packed, out var key)
            ? key
            : throw NotWrappedHere();
    }

    /// <inheritdoc/>
    /// <remarks>KMS refuses to use the key from now on; until the time returned, whoever may do so can call it off.</remarks>
    public async ValueTask<DateTimeOffset> DestroyAsync(Guid lab, string root, CancellationToken cancellation = default)
    {
        using var body = new JsonBody(json =>
        {
            json.WriteString("KeyId", root);
            json.WriteNumber("PendingWindowInDays", options.WaitingDays);
        });
        using var answer = await CallAsync("ScheduleKeyDeletion", body, again: true, cancellation);
        if (Fault(answer) == "NotFoundException")
            return time.GetUtcNow();
        if (answer.Succeeded)
            return Time(Member(answer.Json, "DeletionDate"));

        // Scheduled before: KMS then only says that the state does not allow it.
        if (Fault(answer) == "KMSInvalidStateException" && await DescribeAsync(root, cancellation) is var (state, deletion) && state == "PendingDeletion" && deletion is { } at)
            return at;
        Require(answer, "ScheduleKeyDeletion");
        throw Unexpected("DeletionDate");
    }

    /// <inheritdoc/>
    public async ValueTask CheckAsync(Guid lab, string root, CancellationToken cancellation = default)
    {
        var (state, _) = await DescribeAsync(root, cancellation);
        if (state != "Enabled")
            throw new KeyCustodyException($"The key {root} is {state} in AWS KMS. Nothing under it is opened until it is enabled there.");
    }

    public void Dispose() => http.Dispose();

    private static void WriteContext(Utf8JsonWriter json, Guid lab, byte[] binding)
    {
        json.WriteStartObject("EncryptionContext");
        json.WriteString("cofferdam-lab", lab.ToString("D"));
        json.WriteString("cofferdam-binding", Convert.ToBase64String(binding));
        json.WriteEndObject();
    }

    private async Task<(string State, DateTimeOffset? Deletion)> DescribeAsync(string root, CancellationToken cancellation)
    {
        using var body = new JsonBody(json => json.WriteString("KeyId", root));
        using var answer = await CallAsync("DescribeKey", body, again: true, cancellation);
        Require(answer, "DescribeKey");
        var key = Member(answer.Json, "KeyMetadata");
        return (Member(key, "KeyState").GetString() ?? "", key.TryGetProperty("DeletionDate", out var date) ? Time(date) : null);
    }

    private Task<CustodianAnswer> CallAsync(string operation, JsonBody body, bool again, CancellationToken cancellation) => http.SendAsync(
        () =>
        {
            var now = time.GetUtcNow();
            var credentials = AwsCredentialsFile.Read(options.CredentialsFile, options.Profile);
            var headers = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["content-type"] = ContentType,
                ["host"] = endpoint.Authority,
                ["x-amz-date"] = AwsSignature.Date(now),
                ["x-amz-target"] = "TrentService." + operation,
            };
            if (credentials.SessionToken is not null)
                headers["x-amz-security-token"] = credentials.SessionToken;

            var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = body.Content(ContentType) };
            foreach (var (name, value) in headers.Where(header => header.Key.StartsWith("x-amz-", StringComparison.Ordinal)))
                request.Headers.TryAddWithoutValidation(name, value);
            request.Headers.TryAddWithoutValidation(
                "Authorization", new AwsSignature(credentials, options.Region, "kms").Authorization(now, "POST", endpoint.AbsolutePath, "", headers, body.Bytes));
            return request;
        },
        again,
        cancellation);

    // The exception's name, of which the service may write the namespace before it.
    private static string? Fault(CustodianAnswer answer) =>
        !answer.Succeeded && answer.Json is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty("__type", out var type)
            ? type.GetString()?.Split('#')[^1]
            : null;

    private static void Require(CustodianAnswer answer, string operation)
    {
        if (answer.Succeeded)
            return;
        throw Fault(answer) switch
        {
            "InvalidCiphertextException" or "IncorrectKeyException" => NotWrappedHere(),
            "NotFoundException" => new KeyCustodyException("AWS KMS does not know the root key. It was deleted, or belongs to another account or region."),
            "DisabledException" => new KeyCustodyException("The root key is disabled in AWS KMS. Nothing under it is opened until it is enabled there."),
            "KMSInvalidStateException" => new KeyCustodyException("The root key awaits its deletion or cannot be used now, says AWS KMS. Nothing under it is opened until it is enabled there."),
            "AccessDeniedException" => new KeyCustodyException($"AWS KMS does not allow kms:{operation} with these credentials. See the key's policy and that of the user."),
            "UnrecognizedClientException" or "InvalidSignatureException" or "ExpiredTokenException" or "MissingAuthenticationTokenException" or "IncompleteSignatureException" =>
                new KeyCustodyException("AWS KMS does not accept the credentials: they are wrong or have expired, or this machine's clock is."),
            var fault => new KeyCustodyException($"AWS KMS answered {(int)answer.Status}{(fault is null ? "" : " " + fault)} to {operation}."),
        };
    }

    private JsonElement Member(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : throw Unexpected(name);

    // Seconds since 1970, with a fraction.
    private DateTimeOffset Time(JsonElement seconds) =>
        seconds.ValueKind == JsonValueKind.Number ? DateTimeOffset.UnixEpoch.AddSeconds(seconds.GetDouble()) : throw Unexpected("DeletionDate");

    private static KeyCustodyException NotWrappedHere() =>
        new("AWS KMS does not open this lab's key. It was wrapped under another root key or for something else, or the store was edited.");

    private KeyCustodyException Unexpected(string name) => new($"AWS KMS at {endpoint} answered without \"{name}\": it is another service, or of a version not known here.");
}
