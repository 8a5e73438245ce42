using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Cofferdam.TestKit;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Tests;

/// <summary>A vendor at an engagement with a lab: signs statements, right ones and others.</summary>
internal sealed class VendorNode(VaultFixture fixture, ManualClock clock) : IDisposable
{
    public static readonly Guid Node = Guid.Parse("0194b2a0-9999-4000-8000-000000000009");

    private ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public Guid Id { get; init; } = Guid.NewGuid();

    public Guid Engagement { get; init; } = Guid.NewGuid();

    public string Kid { get; set; } = "first";

    public StatementKey StatementKey => new(Kid, StatementAlgorithm.Es256, Point(), clock.GetUtcNow().AddDays(-7));

    public EngagementTerms Terms(int headcount = 10) => new(Engagement, Id, Node, [StatementKey], headcount, Ends: null, Lab: "lab");

    public static string NewSubject() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));

    public Guid PseudonymOf(string subject) => Subject.Pseudonym(Engagement, subject);

    public Principal Of(string subject) => Principal.Person(PseudonymOf(subject), Engagement);

    public async Task SetTermsAsync(EngagementTerms? terms = null) =>
        (await fixture.Vault.SetTermsAsync(fixture.Lab, terms ?? Terms(), fixture.Expert)).ShouldBeOfType<TermsOutcome.Set>();

    /// <summary>Has a person vouched for, with a browser whose key is enrolled.</summary>
    public async Task<Browser> EnrolAsync(string subject)
    {
        var browser = new Browser();
        var outcome = await VouchAsync(Statement(subject, browser), browser);
        browser.Id = outcome.ShouldBeOfType<VouchOutcome.Vouched>().Key.ShouldNotBeNull();
        return browser;
    }

    public Task<VouchOutcome> VouchAsync(string statement, Browser? browser = null) =>
        fixture.Vault.VouchAsync(fixture.Lab, statement, Principal.Service, browser?.PublicKey ?? default);

    public Task<VouchOutcome> WithdrawAsync(string subject, string? withdrawal) =>
        fixture.Vault.WithdrawPersonAsync(fixture.Lab, Engagement, PseudonymOf(subject), withdrawal, Principal.Service);

    public string Statement(string subject, Browser? browser = null, Action<JsonObject>? edit = null) =>
        Jws(Header("cofferdam-statement+jwt"), Claims(subject, browser, edit).ToJsonString());

    public string Withdrawal(string subject, TimeSpan age = default) => Jws(Header("cofferdam-withdrawal+jwt"), new JsonObject
    {
        ["iss"] = Id.ToString(),
        ["aud"] = Node.ToString(),
        ["eng"] = Engagement.ToString(),
        ["sub"] = subject,
        ["iat"] = (clock.GetUtcNow() - age).ToUnixTimeSeconds(),
        ["jti"] = Guid.NewGuid().ToString("N"),
        ["reason"] = "ended",
    }.ToJsonString());

    public JsonObject Claims(string subject, Browser? browser = null, Action<JsonObject>? edit = null)
    {
        var now = clock.GetUtcNow();
        var claims = new JsonObject
        {
            ["iss"] = Id.ToString(),
            ["aud"] = Node.ToString(),
            ["lab"] = "lab",
            ["sub"] = subject,
            ["eng"] = Engagement.ToString(),
            ["role"] = "expert",
            ["skl"] = new JsonArray(),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.AddHours(24).ToUnixTimeSeconds(),
            ["jti"] = Guid.NewGuid().ToString("N"),
        };
        if (browser is not null)
            claims["cnf"] = new JsonObject { ["jkt"] = Base64Url.EncodeToString(BrowserKey.Thumbprint(browser.PublicKey)) };
        edit?.Invoke(claims);
        return claims;
    }

    public string Header(string type = "cofferdam-statement+jwt") => $$"""{"alg":"ES256","kid":"{{Kid}}","typ":"{{type}}"}""";

    public string Jws(string header, string claims) =>
        Jws(header, claims, signed => key.SignData(signed, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));

    public static string Jws(string header, string claims, Func<byte[], byte[]> sign)
    {
        var signed = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}";
        return $"{signed}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>From now on signs with another key.</summary>
    public void Rotate(string kid)
    {
        key.Dispose();
        (key, Kid) = (ECDsa.Create(ECCurve.NamedCurves.nistP256), kid);
    }

    public void Dispose() => key.Dispose();

    private byte[] Point()
    {
        var q = key.ExportParameters(includePrivateParameters: false).Q;
        return [4, .. q.X!, .. q.Y!];
    }
}
