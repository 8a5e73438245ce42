using Cofferdam.ApiClient;
using Cofferdam.Cli.Demo;

namespace Cofferdam.Cli.Tests;

/// <summary>The command line with an API token instead of somebody who signs in.</summary>
public sealed class TokenTests
{
    [Fact]
    public async Task AnyVerb_WithAToken_DoesWhatItsScopesAllow()
    {
        CommandLine.ShowPrograms();
        await using var node = await DemoNode.StartAsync("sqlite", separate: false, new Terminal(json: false, TextWriter.Null, TextWriter.Null, bar: false), TestContext.Current.CancellationToken);
        using var owner = await DemoPerson.WithPasskeyAsync(node.Address, node.OwnerLink, "owner", TestContext.Current.CancellationToken);
        var project = (await owner.Lab.CreateProjectAsync("Made for a test", "", TestContext.Current.CancellationToken)).OrThrow();
        var token = (await owner.Lab.MakeTokenAsync(
            new TokenBody("ci", ["read", "import"], TimeProvider.System.GetUtcNow().AddDays(1)), TestContext.Current.CancellationToken)).OrThrow();
        var rows = Write(node, "rows.jsonl", """{"prompt": "Which?", "response_1": "This.", "response_2": "That."}""");
        var secret = Write(node, "token", token.Secret);
        Task<Ran> Run(params string[] arguments) => CommandLine.RunAsync([.. arguments, "--url", node.Address.ToString(), "--token", secret, "--json"]);

        (await Run("import", rows, "--project", project.Code)).Json.GetProperty("imported").GetInt32().ShouldBe(1);
        (await Run("disclosures", "--project", project.Code)).Exit.ShouldBe(0);
        (await Run("disclosures", "--process", Guid.NewGuid().ToString())).Json.GetProperty("rows").GetArrayLength().ShouldBe(0);
        var suspended = await Run("suspend", "lab");
        suspended.Exit.ShouldBe(ExitCode.NotTrue);
        suspended.Json.GetProperty("error").GetString().ShouldBe("token-scope");

        // The import told whom it was made as, and nobody's session began or ended.
        (await owner.Lab.NoticesAsync(unread: true, TestContext.Current.CancellationToken)).OrThrow().Rows.ShouldContain(notice => notice.Kind == "importDone");
        (await owner.Node.SessionsAsync(TestContext.Current.CancellationToken)).OrThrow().Count.ShouldBe(1);
        (await owner.Lab.RevokeTokenAsync(token.Id, TestContext.Current.CancellationToken)).OrThrow();
        (await Run("disclosures", "--project", project.Id.ToString())).Json.GetProperty("error").GetString().ShouldBe("signed-out");
    }

    private static string Write(DemoNode node, string name, string text)
    {
        var path = Path.Combine(node.LabFolder, name);
        File.WriteAllText(path, text + "\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }
}
