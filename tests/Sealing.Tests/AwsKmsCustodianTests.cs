using System.Net;
using System.Text.Json;
using Cofferdam.Sealing.Remote;

namespace Cofferdam.Sealing.Tests;

/// <summary>Against exchanges as the API reference shows them; AWS itself was not asked.</summary>
public sealed class AwsKmsCustodianTests : IDisposable
{
    private const string Arn = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

    private static readonly Guid Lab = new("0194b2a0-1111-7000-8000-000000000001");
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly byte[] Context = "lab key 1"u8.ToArray();

    private readonly SecretFiles files = new();
    private readonly Exchanges exchanges = new();
    private readonly TimeProvider clock = new FixedClock();
    private readonly AwsKmsCustodian custodian;

    public AwsKmsCustodianTests() => custodian = new AwsKmsCustodian(
        new AwsKmsOptions("eu-central-1", files.Write("credentials", "[other]\naws_access_key_id = no\n[default]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = secret\naws_session_token=session\n"), WaitingDays: 7),
        exchanges,
        clock);

    public void Dispose()
    {
        custodian.Dispose();
        files.Dispose();
    }

    // The first four are of AWS's SigV4 test suite, the last of the signing example in the IAM user guide.
    [Theory]
    [InlineData("get-vanilla", "GET", "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [InlineData("get-vanilla-query-order-key-case", "GET", "Param1=value1&Param2=value2", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500")]
    [InlineData("post-vanilla", "POST", "", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b")]
    [InlineData("post-x-www-form-urlencoded", "POST", "", "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a", "application/x-www-form-urlencoded", "Param1=value1")]
    [InlineData("iam ListUsers", "GET", "Action=ListUsers&Version=2010-05-08", "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7", "application/x-www-form-urlencoded; charset=utf-8", "", "iam", "iam.amazonaws.com")]
    public void Authorization_PublishedExample_IsTheSame(
        string name, string method, string query, string signature, string? contentType = null, string body = "", string service = "service", string host = "example.amazonaws.com")
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["x-amz-date"] = "20150830T123600Z", ["host"] = host };
        if (contentType is not null)
            headers["content-type"] = contentType;
        var signer = new AwsSignature(new AwsCredentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", null), "us-east-1", service);

        var authorization = signer.Authorization(clock.GetUtcNow(), method, "/", query, headers, System.Text.Encoding.UTF8.GetBytes(body));

        authorization.ShouldBe(
            $"AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/{service}/aws4_request, SignedHeaders={(contentType is null ? "" : "content-type;")}host;x-amz-date, Signature={signature}",
            name);
    }

    [Fact]
    public async Task CreateAsync_AnyLab_MakesASymmetricKeyAndSignsTheRequest()
    {
        exchanges.Then(
            "POST /",
            """{"Description":"Cofferdam: root key of the lab 0194b2a0-1111-7000-8000-000000000001","KeyUsage":"ENCRYPT_DECRYPT","KeySpec":"SYMMETRIC_DEFAULT","Tags":[{"TagKey":"cofferdam-lab","TagValue":"0194b2a0-1111-7000-8000-000000000001"}]}""",
            HttpStatusCode.OK,
            $$$"""{"KeyMetadata":{"Arn":"{{{Arn}}}","KeyState":"Enabled"}}""");

        (await custodian.CreateAsync(Lab)).ShouldBe(Arn);

        var request = exchanges.Seen.ShouldHaveSingleItem();
        request.RequestUri.ShouldBe(new Uri("https://kms.eu-central-1.amazonaws.com/"));
        request.Content!.Headers.ContentType!.ToString().ShouldBe("application/x-amz-json-1.1");
        request.Headers.GetValues("x-amz-target").ShouldBe(["TrentService.CreateKey"]);
        request.Headers.GetValues("x-amz-date").ShouldBe(["20150830T123600Z"]);
        request.Headers.GetValues("x-amz-security-token").ShouldBe(["session"]);
        request.Headers.GetValues("Authorization").ShouldHaveSingleItem().ShouldStartWith(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/eu-central-1/kms/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-security-token;x-amz-target, Signature=");
    }

    [Fact]
    public async Task UnwrapAsync_AsWrapped_GivesTheKeyAndForAnotherContextRefuses()
    {
        var (plaintext, context) = ("", "");
        exchanges.Then("POST /", $$$"""{"KeyId":"{{{Arn}}}","Plaintext":"…","EncryptionContext":{"cofferdam-lab":"0194b2a0-1111-7000-8000-000000000001","cofferdam-binding":"…"}}""", sent =>
        {
            using var body = JsonDocument.Parse(sent);
            plaintext = body.RootElement.GetProperty("Plaintext").GetString()!;
            context = body.RootElement.GetProperty("EncryptionContext").GetRawText();
            return (HttpStatusCode.OK, $$"""{"CiphertextBlob":"c2VhbGVk","KeyId":"{{Arn}}"}""");
        });
        var wrapped = await custodian.WrapAsync(Lab, Arn, Key, Context);
        exchanges.Then("POST /", $$$"""{"KeyId":"{{{Arn}}}","CiphertextBlob":"c2VhbGVk","EncryptionContext":{{{context}}}}""", HttpStatusCode.OK, $$"""{"Plaintext":"{{plaintext}}","KeyId":"{{Arn}}"}""");
        exchanges.Then("POST /", "…", HttpStatusCode.OK, $$"""{"Plaintext":"{{plaintext}}","KeyId":"{{Arn}}"}""");
        exchanges.Then("POST /", "…", HttpStatusCode.BadRequest, """{"__type":"InvalidCiphertextException"}""");

        (await custodian.UnwrapAsync(Lab, Arn, wrapped, Context)).ShouldBe(Key);
        for (var i = 0; i < 2; i++)
        {
            (await Should.ThrowAsync<KeyCustodyException>(async () => await custodian.UnwrapAsync(Lab, Arn, wrapped, "lab key 2"u8.ToArray())))
                .Message.ShouldContain("wrapped under another root key or for something else");
        }

        exchanges.Seen.Select(request => request.Headers.GetValues("x-amz-target").Single()).ShouldBe(["TrentService.Encrypt", "TrentService.Decrypt", "TrentService.Decrypt", "TrentService.Decrypt"]);
    }

    [Fact]
    public async Task DestroyAsync_ThenAgain_TellsFromWhenOnItIsGone()
    {
        const string scheduling = $$"""{"KeyId":"{{Arn}}","PendingWindowInDays":7}""";
        exchanges
            .Then("POST /", scheduling, HttpStatusCode.OK, $$"""{"DeletionDate":1441542960.5,"KeyId":"{{Arn}}","KeyState":"PendingDeletion","PendingWindowInDays":7}""")
            .Then("POST /", scheduling, HttpStatusCode.BadRequest, """{"__type":"KMSInvalidStateException","message":"is pending deletion."}""")
            .Then("POST /", $$"""{"KeyId":"{{Arn}}"}""", HttpStatusCode.OK, $$$"""{"KeyMetadata":{"Arn":"{{{Arn}}}","KeyState":"PendingDeletion","DeletionDate":1441542960.5}}""")
            .Then("POST /", scheduling, HttpStatusCode.BadRequest, """{"__type":"NotFoundException"}""");
        var gone = new DateTimeOffset(2015, 9, 6, 12, 36, 0, 500, TimeSpan.Zero);

        (await custodian.DestroyAsync(Lab, Arn)).ShouldBe(gone);
        (await custodian.DestroyAsync(Lab, Arn)).ShouldBe(gone);
        (await custodian.DestroyAsync(Lab, Arn)).ShouldBe(clock.GetUtcNow());
        exchanges.ShouldBeDone();
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, """{"KeyMetadata":{"KeyState":"Disabled"}}""", "is Disabled")]
    [InlineData(HttpStatusCode.OK, """{"KeyMetadata":{"KeyState":"PendingDeletion"}}""", "is PendingDeletion")]
    [InlineData(HttpStatusCode.BadRequest, """{"__type":"com.amazonaws.kms#AccessDeniedException"}""", "does not allow kms:DescribeKey")]
    [InlineData(HttpStatusCode.BadRequest, """{"__type":"UnrecognizedClientException"}""", "does not accept the credentials")]
    [InlineData(HttpStatusCode.BadRequest, """{"__type":"NotFoundException"}""", "does not know")]
    [InlineData(HttpStatusCode.OK, "<html>", "another service")]
    public async Task CheckAsync_KeyCannotBeUsed_FailsAndSaysWhy(HttpStatusCode status, string answer, string said)
    {
        exchanges.Then("POST /", $$"""{"KeyId":"{{Arn}}"}""", status, answer);
        (await Should.ThrowAsync<KeyCustodyException>(async () => await custodian.CheckAsync(Lab, Arn))).Message.ShouldContain(said);
    }

    [Fact]
    public async Task CheckAsync_ServiceFailsOnce_IsAskedOnceMore()
    {
        exchanges
            .Then("POST /", "…", HttpStatusCode.InternalServerError, "{}")
            .Then("POST /", "…", HttpStatusCode.OK, """{"KeyMetadata":{"KeyState":"Enabled"}}""");
        await custodian.CheckAsync(Lab, Arn);
        exchanges.ShouldBeDone();
    }
}

/// <summary>The time of AWS's examples.</summary>
file sealed class FixedClock : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => new(2015, 8, 30, 12, 36, 0, TimeSpan.Zero);
}
