using System.Net;
using System.Text.Json;

namespace Cofferdam.Sealing.Tests;

/// <summary>Against exchanges as the API's documentation shows them; no live engine was asked.</summary>
public sealed class TransitCustodianTests : IDisposable
{
    private const string KeyPath = "/v1/secret/transit/keys/cofferdam-0194b2a0-1111-7000-8000-000000000001";
    private const string EncryptPath = "POST /v1/secret/transit/encrypt/cofferdam-0194b2a0-1111-7000-8000-000000000001";
    private const string DecryptPath = "POST /v1/secret/transit/decrypt/cofferdam-0194b2a0-1111-7000-8000-000000000001";

    private static readonly Guid Lab = new("0194b2a0-1111-7000-8000-000000000001");
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly byte[] Context = "lab key 1"u8.ToArray();

    private readonly SecretFiles files = new();
    private readonly Exchanges exchanges = new();
    private readonly TransitCustodian custodian;

    public TransitCustodianTests() => custodian = new TransitCustodian(
        new TransitOptions(new Uri("https://bao.example"), files.Write("token", "s.token\n"), "secret/transit", "team/a"), exchanges);

    public void Dispose()
    {
        custodian.Dispose();
        files.Dispose();
    }

    [Fact]
    public async Task CreateAsync_NoKeyYet_MakesOneThatIsNotExportable()
    {
        exchanges
            .Then("GET " + KeyPath, "", HttpStatusCode.NotFound, """{"errors":[]}""")
            .Then("POST " + KeyPath, """{"type":"aes256-gcm96","exportable":false,"allow_plaintext_backup":false}""", HttpStatusCode.OK, "{}")
            .Then("GET " + KeyPath, "", HttpStatusCode.OK, State(latest: 1));

        (await custodian.CreateAsync(Lab)).ShouldBe("1");

        exchanges.ShouldBeDone();
        foreach (var request in exchanges.Seen)
        {
            request.Headers.GetValues("X-Vault-Token").ShouldBe(["s.token"]);
            request.Headers.GetValues("X-Vault-Namespace").ShouldBe(["team/a"]);
            request.Headers.GetValues("X-Vault-Request").ShouldBe(["true"]);
        }
    }

    [Fact]
    public async Task CreateAsync_KeyIsThere_Rotates()
    {
        exchanges
            .Then("GET " + KeyPath, "", HttpStatusCode.OK, State(latest: 1))
            .Then($"POST {KeyPath}/rotate", "{}", HttpStatusCode.NoContent, "")
            .Then("GET " + KeyPath, "", HttpStatusCode.OK, State(latest: 2));

        (await custodian.CreateAsync(Lab)).ShouldBe("2");
        exchanges.ShouldBeDone();
    }

    [Fact]
    public async Task UnwrapAsync_AsWrapped_GivesTheKeyAndBindsLabVersionAndContext()
    {
        var (wrapped, plaintext, associated) = await WrapAsync();
        exchanges.Then(DecryptPath, $$"""{"ciphertext":"vault:v2:c2VhbGVk","associated_data":"{{associated}}"}""", HttpStatusCode.OK, $$$"""{"data":{"plaintext":"{{{plaintext}}}"}}""");

        (await custodian.UnwrapAsync(Lab, "2", wrapped, Context)).ShouldBe(Key);

        Convert.FromBase64String(plaintext).Length.ShouldBe(64);
        exchanges.ShouldBeDone();
    }

    [Fact]
    public async Task UnwrapAsync_EngineGivesTheKeyOfAnotherContext_RefusesByTheCommitment()
    {
        var (wrapped, plaintext, _) = await WrapAsync();
        exchanges.Then(DecryptPath, "…", HttpStatusCode.OK, $$$"""{"data":{"plaintext":"{{{plaintext}}}"}}""");

        (await RefusedAsync(wrapped, "lab key 2"u8.ToArray())).ShouldContain("wrapped under another root key or for something else");
    }

    [Fact]
    public async Task UnwrapAsync_CiphertextOfAnotherVersion_IsNotEvenAsked()
    {
        (await RefusedAsync("vault:v1:c2VhbGVk"u8.ToArray(), Context)).ShouldContain("does not open");
        exchanges.Seen.ShouldBeEmpty();
    }

    [Fact]
    public async Task UnwrapAsync_VersionWasTrimmed_SaysThatItIsDestroyed()
    {
        exchanges
            .Then(DecryptPath, "…", HttpStatusCode.BadRequest, """{"errors":["ciphertext or signature version is disallowed by policy (too old)"]}""")
            .Then("GET " + KeyPath, "", HttpStatusCode.OK, State(latest: 3, least: 3));

        (await RefusedAsync("vault:v2:c2VhbGVk"u8.ToArray(), Context)).ShouldContain("destroyed");
    }

    [Fact]
    public async Task WrapAsync_EngineMadeAnotherKey_Refuses()
    {
        exchanges.Then(EncryptPath, "…", HttpStatusCode.OK, """{"data":{"ciphertext":"vault:v1:c2VhbGVk","key_version":1}}""");

        (await Should.ThrowAsync<KeyCustodyException>(async () => await custodian.WrapAsync(Lab, "2", Key, Context))).Message.ShouldContain("version 2");
    }

    [Fact]
    public async Task DestroyAsync_TheNewest_RotatesForbidsAndTrims()
    {
        exchanges
            .Then("GET " + KeyPath, "", HttpStatusCode.OK, State(latest: 2, least: 2))
            .Then($"POST {KeyPath}/rotate", "{}", HttpStatusCode.OK, "{}")
            .Then($"POST {KeyPath}/config", """{"min_decryption_version":3,"min_encryption_version":3}""", HttpStatusCode.OK, "{}")
            .Then($"POST {KeyPath}/trim", """{"min_available_version":3}""", HttpStatusCode.NoContent, "");

        await custodian.DestroyAsync(Lab, "2");
        exchanges.ShouldBeDone();
    }

    [Fact]
    public async Task DestroyAsync_OlderOnesAreThereOrItIsGone_RefusesOrDoesNothing()
    {
        exchanges
            .Then("GET " + KeyPath, "", HttpStatusCode.OK, State(latest: 3))
            .Then("GET " + KeyPath, "", HttpStatusCode.OK, State(latest: 3, least: 3));

        (await Should.ThrowAsync<KeyCustodyException>(async () => await custodian.DestroyAsync(Lab, "2"))).Message.ShouldContain("Destroy version 1");
        await custodian.DestroyAsync(Lab, "2");
        exchanges.ShouldBeDone();
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, "has expired or was revoked", 1)]
    [InlineData(HttpStatusCode.ServiceUnavailable, "Unseal it", 2)]
    [InlineData(default(HttpStatusCode), "does not answer", 2)]
    public async Task CheckAsync_EngineDoesNotWork_FailsAndSaysWhatToDo(HttpStatusCode status, string said, int tries)
    {
        for (var i = 0; i < tries; i++)
            exchanges.Then(EncryptPath, "…", status, """{"errors":["permission denied"]}""");

        (await Should.ThrowAsync<KeyCustodyException>(async () => await custodian.CheckAsync(Lab, "1"))).Message.ShouldContain(said);
        exchanges.ShouldBeDone();
    }

    private static string State(int latest, int least = 0) =>
        $$$"""{"data":{"name":"cofferdam","latest_version":{{{latest}}},"min_available_version":{{{least}}},"min_decryption_version":{{{Math.Max(1, least)}}},"type":"aes256-gcm96"}}""";

    private async Task<(byte[] Wrapped, string Plaintext, string Associated)> WrapAsync()
    {
        var (plaintext, associated) = ("", "");
        exchanges.Then(EncryptPath, """{"plaintext":"…","associated_data":"…","key_version":2}""", sent =>
        {
            using var body = JsonDocument.Parse(sent);
            plaintext = body.RootElement.GetProperty("plaintext").GetString()!;
            associated = body.RootElement.GetProperty("associated_data").GetString()!;
            return (HttpStatusCode.OK, """{"data":{"ciphertext":"vault:v2:c2VhbGVk","key_version":2}}""");
        });
        return (await custodian.WrapAsync(Lab, "2", Key, Context), plaintext, associated);
    }

    private async Task<string> RefusedAsync(byte[] wrapped, byte[] context) =>
        (await Should.ThrowAsync<KeyCustodyException>(async () => await custodian.UnwrapAsync(Lab, "2", wrapped, context))).Message;
}
