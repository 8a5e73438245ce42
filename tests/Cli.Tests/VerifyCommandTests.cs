using System.Security.Cryptography;
using System.Text;
using Cofferdam.Package;

namespace Cofferdam.Cli.Tests;

public sealed class VerifyCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("cofferdam-test-").FullName;
    private readonly DeliveryKey signer = new(DeliveryKey.GenerateSeed());
    private readonly ECDiffieHellman recipient = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose()
    {
        signer.Dispose();
        recipient.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private string Package => Path.Combine(folder, "package.tar");

    private string Key => Convert.ToBase64String(signer.PublicKey.Span);

    [Fact]
    public async Task Verify_SoundPackage_SaysTrueAndListsEachCheck()
    {
        await MakeAsync();

        var ran = await CommandLine.RunAsync("verify", Package, "--key", Key, "--json");

        ran.Exit.ShouldBe(0);
        ran.Json.GetProperty("verified").GetBoolean().ShouldBeTrue();
        var checks = ran.Json.GetProperty("checks").EnumerateArray().ToList();
        checks.ShouldAllBe(check => check.GetProperty("passed").GetBoolean());
        new[] { "manifest", "signature", "content", "rowCount", "rowsRoot", "readable" }
            .ShouldBeSubsetOf(checks.Select(check => check.GetProperty("check").GetString()!));
        ran.Json.GetProperty("delivery").GetProperty("shape").GetString().ShouldBe("trl-preference");
    }

    [Fact]
    public async Task Verify_KeyInAFile_IsRead()
    {
        await MakeAsync();
        var file = Path.Combine(folder, "key");
        await File.WriteAllTextAsync(file, Key + "\n");

        (await CommandLine.RunAsync("verify", Package, "--key", file)).Exit.ShouldBe(0);
    }

    [Fact]
    public async Task Verify_OneByteChanged_IsNotTrue()
    {
        await MakeAsync();
        var bytes = await File.ReadAllBytesAsync(Package);
        var at = bytes.AsSpan().IndexOf("a row of it"u8);
        bytes[at] ^= 1;
        await File.WriteAllBytesAsync(Package, bytes);

        var ran = await CommandLine.RunAsync("verify", Package, "--key", Key);

        ran.Exit.ShouldBe(1);
        ran.Output.ShouldStartWith("not true");
        ran.Output.ShouldContain("FALSE");
    }

    [Fact]
    public async Task Verify_AnotherLabsKey_IsNotTrue()
    {
        await MakeAsync();
        using var other = new DeliveryKey(DeliveryKey.GenerateSeed());

        var ran = await CommandLine.RunAsync("verify", Package, "--key", Convert.ToBase64String(other.PublicKey.Span), "--json");

        ran.Exit.ShouldBe(1);
        ran.Json.GetProperty("verified").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Verify_EncryptedPackage_NeedsTheRecipientsKey()
    {
        await MakeAsync(RecipientKey.Of(recipient));
        var pem = Path.Combine(folder, "recipient.pem");
        await File.WriteAllTextAsync(pem, recipient.ExportPkcs8PrivateKeyPem());
        var unpacked = Path.Combine(folder, "unpacked");

        (await CommandLine.RunAsync("verify", Package, "--key", Key)).Exit.ShouldBe(1);
        (await CommandLine.RunAsync("verify", Package, "--key", Key, "--recipient-key", pem, "--unpack", unpacked)).Exit.ShouldBe(0);
        (await File.ReadAllTextAsync(Path.Combine(unpacked, "data", "preference", "train.jsonl"))).ShouldContain("a row of it");
        (await CommandLine.RunAsync("verify", unpacked, "--key", Key)).Exit.ShouldBe(0);
    }

    [Theory]
    [InlineData("AAAA")]
    [InlineData("not base64 at all")]
    public async Task Verify_KeyThatIsNone_IsWrongUse(string key)
    {
        await MakeAsync();

        var ran = await CommandLine.RunAsync("verify", Package, "--key", key);

        ran.Exit.ShouldBe(2);
        ran.Error.ShouldStartWith("cofferdam: the delivery key is not base64 of 32 bytes\n  hint: ");
    }

    [Fact]
    public async Task Verify_NoSuchFile_IsWrongUse()
    {
        var ran = await CommandLine.RunAsync("verify", Path.Combine(folder, "nothing"), "--key", Key, "--json");

        ran.Exit.ShouldBe(2);
        ran.Json.GetProperty("error").GetString().ShouldBe("no-such-file");
    }

    private async Task MakeAsync(RecipientKey? to = null)
    {
        await using var package = new PackageWriter(folder);
        await using (var rows = package.AddRows("data/preference/train.jsonl"))
            await rows.WriteRowAsync(Encoding.UTF8.GetBytes("""{"prompt":"a row of it"}"""));
        var facts = new DeliveryFacts(
            Guid.NewGuid(), DateTimeOffset.UnixEpoch, Guid.NewGuid(), Guid.NewGuid(), "trl-preference", [1], [1], "majority", [],
            new LedgerCheckpoint(0, Convert.ToBase64String(new byte[32])), null, "test", true);
        await package.CompleteAsync(Package, facts, signer, to);
    }
}
