using System.Net;
using System.Text;
using Cofferdam.Server.Web;
using Xunit;

namespace Cofferdam.Server.Tests;

/// <summary>
/// What is put into names, items, guidelines and labels comes back as data, in a form that no browser runs: CVE-2024-26152
/// (Label Studio) and kin.
/// </summary>
public sealed class StoredScriptTests
{
    private const string Script = "<img src=x onerror=alert(1)><script>alert(2)</script><svg/onload=alert(3)>";

    private static readonly string[] Inert = ["application/json", "application/problem+json", "application/x-ndjson", "application/x-tar", "application/octet-stream", "image/png", "image/jpeg", "image/gif", "image/webp"];

    [Fact]
    public async Task EveryRead_OfAScriptThatWasStored_IsDataThatNothingRuns_Cve202426152()
    {
        await using var node = await RunningNode.StartAsync();
        var work = await LabWithWork.MakeAsync(node, "acme", Script);

        var seen = 0;
        foreach (var call in Call.All(node, "/api/").Where(call => call.Method == HttpMethod.Get))
        {
            var answer = await work.Owner.GetAsync(call.Path("acme", work.Ids));
            var (headers, type) = (answer.Response.Headers, answer.Response.Content.Headers.ContentType);
            if (answer.Text.Length > 0)
                Inert.ShouldContain(type?.MediaType, call.Pattern);
            headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"], call.Pattern);
            var policy = headers.GetValues("Content-Security-Policy").Single().Split("; ");
            policy.ShouldContain("default-src 'none'", call.Pattern);
            policy.ShouldContain(part => part.StartsWith("sandbox", StringComparison.Ordinal) && !part.Contains("allow-scripts"), call.Pattern);
            policy.ShouldNotContain(part => part.Contains("unsafe", StringComparison.Ordinal), call.Pattern);
            if (answer.Text.Contains("onerror=alert(1)", StringComparison.Ordinal))
                seen++;
        }

        // Otherwise nothing was tried: project, draft, version, form, batch, item, import.
        seen.ShouldBeGreaterThanOrEqualTo(6);
    }

    [Fact]
    public void PagePolicy_AsSent_RunsNothingButTheNodesOwnFiles_Cve202426152()
    {
        var policy = Pages.ContentPolicy("NONCE").Split("; ").Select(part => part.Split(' ')).ToDictionary(part => part[0], part => part[1..]);

        policy["script-src"].ShouldBe(["'self'"]);
        foreach (var closed in (string[])["default-src", "object-src", "base-uri", "frame-ancestors", "style-src-attr"])
            policy[closed].ShouldBe(["'none'"], closed);
        policy["require-trusted-types-for"].ShouldBe(["'script'"]);
        policy["connect-src"].ShouldBe(["'self'"]);
        policy["form-action"].ShouldBe(["'self'"]);
        foreach (var (name, sources) in policy)
        {
            sources.ShouldNotContain(source => source.Contains("unsafe") || source.Contains('*') || source.Contains("http") || source == "blob:", name);
            sources.Contains("data:").ShouldBe(name == "img-src", name);
        }
    }

    [Fact]
    public async Task Problem_AboutWhatWasSent_NeverSendsItBack()
    {
        await using var node = await RunningNode.StartAsync();
        var work = await LabWithWork.MakeAsync(node, "acme");
        foreach (var path in (string[])[$"/api/labs/acme/projects/{Uri.EscapeDataString(Script)}", $"/api/{Uri.EscapeDataString(Script)}", $"/api/labs/acme/projects/{work.Project}/items?after={Uri.EscapeDataString(Script)}"])
        {
            var answer = await work.Owner.GetAsync(path);
            ((int)answer.Status).ShouldBeInRange(400, 499);
            answer.Text.ShouldNotContain("onerror");
            answer.Response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        }

        var body = new StringContent($$"""{"name":"{{Script}}","scopes":["{{Script}}"]}""", Encoding.UTF8, "application/json");
        (await work.Owner.SendAsync(HttpMethod.Post, "/api/labs/acme/tokens", body)).Must(HttpStatusCode.BadRequest).Text.ShouldNotContain("onerror");
    }
}
