namespace Cofferdam.Cli.Tests;

public sealed class UsageTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("cofferdam-test-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task AnyVerb_NobodyAnswers_SaysUnreachable()
    {
        var credentials = await CredentialsAsync(UnixFileMode.UserRead | UnixFileMode.UserWrite);

        var ran = await CommandLine.RunAsync("resume", Guid.NewGuid().ToString(), "--url", "http://127.0.0.1:1", "--credentials", credentials, "--json");

        ran.Exit.ShouldBe(3);
        ran.Json.GetProperty("error").GetString().ShouldBe("unreachable");
        ran.Error.ShouldContain("hint: ");
    }

    [Fact]
    public async Task AnyVerb_CredentialsThatOthersCanRead_AreNotUsed()
    {
        var credentials = await CredentialsAsync(UnixFileMode.UserRead | UnixFileMode.GroupRead);

        var ran = await CommandLine.RunAsync("resume", Guid.NewGuid().ToString(), "--credentials", credentials);

        ran.Exit.ShouldBe(2);
        ran.Error.ShouldContain("can be read by others");
    }

    [Fact]
    public async Task AnyVerb_NobodyToSignInAs_IsWrongUse()
    {
        var ran = await CommandLine.RunAsync("disclosures", "--project", "amber-heron");

        ran.Exit.ShouldBe(2);
        ran.Error.ShouldStartWith("cofferdam: nobody to sign in as\n  hint: ");
    }

    [Theory]
    [InlineData("no-such-verb")]
    [InlineData("import")]
    [InlineData("suspend", "planet")]
    [InlineData("suspend", "engagement")]
    [InlineData("demo", "--annotators", "many")]
    public async Task WrongUse_OfAnyKind_IsTwoWithAHint(params string[] arguments)
    {
        var ran = await CommandLine.RunAsync(arguments);

        ran.Exit.ShouldBe(2, ran.Output + ran.Error);
        ran.Error.ShouldContain("hint: ");
        ran.Error.Split('\n')[0].ShouldNotEndWith(".");
    }

    [Fact]
    public async Task Witness_Key_IsMadeOnceAndPrinted()
    {
        string[] key = ["witness", "key", "--name", "witness.test/1", "--keys", Path.Combine(folder, "keys"), "--data", Path.Combine(folder, "data")];

        var made = await CommandLine.RunAsync(key);
        var again = await CommandLine.RunAsync(key);

        made.Exit.ShouldBe(0, made.Error);
        made.Output.ShouldStartWith("witness.test/1+");
        again.Output.ShouldBe(made.Output);
        (await CommandLine.RunAsync([.. key[..3], "witness.test/2", .. key[4..]])).Exit.ShouldBe(1);
    }

    [Fact]
    public async Task Demo_TooFewAnnotators_IsWrongUse() =>
        (await CommandLine.RunAsync("demo", "--annotators", "31")).Exit.ShouldBe(2);

    [Theory]
    [InlineData("prompt")]
    [InlineData("=question")]
    [InlineData("prompt=")]
    public void ReadMap_NotAPair_IsWrongUse(string pair) =>
        Should.Throw<CliException>(() => ImportCommand.ReadMap([pair])).Exit.ShouldBe(ExitCode.WrongUse);

    [Fact]
    public void ReadMap_Pairs_AreTakenAtTheFirstEqualsSign() =>
        ImportCommand.ReadMap(["prompt=q", "a=x=y"]).ShouldBe(new Dictionary<string, string> { ["prompt"] = "q", ["a"] = "x=y" }, ignoreOrder: true);

    private async Task<string> CredentialsAsync(UnixFileMode mode)
    {
        var path = Path.Combine(folder, "credentials.json");
        await File.WriteAllTextAsync(path, """{"name":"owner","password":"a password of some length","totpSecret":"GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"}""");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, mode);
        return path;
    }
}
