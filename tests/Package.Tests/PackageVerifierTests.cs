using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using Cofferdam.TestKit;

namespace Cofferdam.Package.Tests;

public sealed class PackageVerifierTests : PackageTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task VerifyAsync_AsMade_IsSoundAndListsEveryCheck(bool encrypted)
    {
        var report = await VerifyAsync(await MakeAsync(encrypted), encrypted ? Recipient : null);

        report.IsSound.ShouldBeTrue();
        report.Manifest.ShouldNotBeNull().Delivery.Id.ShouldBe(Facts.Id);
        report.Checks.Count(check => check.Kind is PackageCheckKind.Content).ShouldBe(3);
        report.Checks.Count(check => check.Kind is PackageCheckKind.RowsRoot).ShouldBe(2);
        report.Checks.Select(check => check.Kind).ShouldContain(PackageCheckKind.Signature);
        report.Checks.Select(check => check.Kind).ShouldContain(PackageCheckKind.Recipient);
        report.Checks.Any(check => check.Kind is PackageCheckKind.Decryption).ShouldBe(encrypted);
    }

    [Fact]
    public async Task VerifyAsync_EncryptedAndAnyByteChanged_IsNotSound()
    {
        var path = await MakeAsync(encrypted: true);
        var package = await File.ReadAllBytesAsync(path);

        // Every byte of both headers; of the body, where one byte is like another, every seventh.
        for (var i = 0; i < package.Length; i += i < 200 ? 1 : 7)
            (await WithFlippedAsync(package, i, changed => VerifyAsync(changed, Recipient))).IsSound.ShouldBeFalse($"byte {i}");
    }

    // In a tar in clear there are bytes that say nothing (padding, times, modes): a change there may pass, if no file changes.
    [Fact]
    public async Task UnpackAsync_InClearAndAnyByteChanged_IsNotSoundOrUnpacksTheSameFiles()
    {
        var path = await MakeAsync();
        (await PackageVerifier.UnpackAsync(path, In("expected"), Signer.PublicKey)).IsSound.ShouldBeTrue();
        var expected = Contents(In("expected"));
        var package = await File.ReadAllBytesAsync(path);
        var found = 0;

        // Every byte that is not padding, and of the padding every ninth.
        for (var i = 0; i < package.Length; i += package[i] == 0 ? 9 : 1)
        {
            if (!(await WithFlippedAsync(package, i, changed => VerifyAsync(changed))).IsSound)
            {
                found++;
                continue;
            }

            await WithFlippedAsync(package, i, changed => PackageVerifier.UnpackAsync(changed, In("changed"), Signer.PublicKey));
            Contents(In("changed")).ShouldBe(expected, $"byte {i}");
            Directory.Delete(In("changed"), recursive: true);
        }

        found.ShouldBeGreaterThan(expected.Values.Sum(content => content.Length / 2));
    }

    [Fact]
    public async Task UnpackAsync_NotSound_LeavesNothing()
    {
        var package = await File.ReadAllBytesAsync(await MakeAsync());
        await WithFlippedAsync(package, package.AsSpan().IndexOf("\"prompt\""u8), changed => PackageVerifier.UnpackAsync(changed, In("out"), Signer.PublicKey));
        Directory.GetDirectories(Folder).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task VerifyAsync_CutAnywhere_IsNotSound(bool encrypted)
    {
        var package = await File.ReadAllBytesAsync(await MakeAsync(encrypted));

        // The last kilobyte of a tar in clear is zeros, and no file.
        for (var length = 0; length < package.Length - (encrypted ? 0 : 1024); length += 97)
        {
            await File.WriteAllBytesAsync(In("cut"), package[..length]);
            (await VerifyAsync(In("cut"), encrypted ? Recipient : null)).IsSound.ShouldBeFalse($"cut to {length}");
        }
    }

    [Fact]
    public async Task VerifyAsync_SomethingBehindTheEnd_IsNotSound()
    {
        var path = await MakeAsync();
        await File.AppendAllTextAsync(path, "more");
        (await VerifyAsync(path)).ShouldFailIn(PackageCheckKind.Readable);
    }

    [Fact]
    public async Task VerifyAsync_OtherDeliveryKey_FailsTheSignatureAlone()
    {
        using var other = new DeliveryKey(DeliveryKey.GenerateSeed());
        var report = await PackageVerifier.VerifyAsync(await MakeAsync(), other.PublicKey);
        report.Checks.Where(check => !check.Passed).ShouldHaveSingleItem().Kind.ShouldBe(PackageCheckKind.Signature);
    }

    [Fact]
    public async Task VerifyAsync_EncryptedWithoutOrWithAnotherKey_SaysSo()
    {
        var path = await MakeAsync(encrypted: true);
        using var other = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        using var p384 = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP384);

        (await VerifyAsync(path)).ShouldFailIn(PackageCheckKind.Decryption).ShouldContain("no private key");
        (await VerifyAsync(path, other)).ShouldFailIn(PackageCheckKind.Decryption).ShouldContain(RecipientKey.Of(Recipient).Name);
        (await VerifyAsync(path, p384)).ShouldFailIn(PackageCheckKind.Decryption).ShouldContain("P-256");
    }

    [Fact]
    public async Task VerifyAsync_PassedOnToAnotherRecipient_FailsTheRecipient()
    {
        using var other = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var tar = await File.ReadAllBytesAsync(await MakeAsync());
        await using (var file = File.Create(In("passed-on")))
        await using (var body = await PackageEncryption.SealAsync(file, RecipientKey.Of(other), default))
        {
            await body.WriteAsync(tar);
            await body.CompleteAsync();
        }

        (await VerifyAsync(In("passed-on"), other)).ShouldFailIn(PackageCheckKind.Recipient);
    }

    [Fact]
    public async Task VerifyAsync_UnpackedFolder_IsSound()
    {
        await PackageVerifier.UnpackAsync(await MakeAsync(encrypted: true), In("out"), Signer.PublicKey, Recipient);
        var report = await VerifyAsync(In("out"));
        report.IsSound.ShouldBeTrue();
    }

    [Fact]
    public async Task VerifyAsync_FolderWithRowEdited_FailsContentAndRoot()
    {
        var folder = await UnpackedAsync();
        var file = Path.Combine(folder, Rows);
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("\"b\"", "\"x\"", StringComparison.Ordinal));

        var report = await VerifyAsync(folder);

        report.Checks.Where(check => !check.Passed).Select(check => (check.Kind, check.Subject))
            .ShouldBe([(PackageCheckKind.Content, Rows), (PackageCheckKind.RowsRoot, Rows)]);
    }

    [Fact]
    public async Task VerifyAsync_FolderWithRowAdded_FailsTheCount()
    {
        var folder = await UnpackedAsync();
        await File.AppendAllTextAsync(Path.Combine(folder, Rows), "{}\n");
        (await VerifyAsync(folder)).ShouldFailIn(PackageCheckKind.RowCount).ShouldBe("it has 3 rows, not 2");
    }

    [Fact]
    public async Task VerifyAsync_FolderWithRowNotEnded_FailsTheCount()
    {
        var folder = await UnpackedAsync();
        await File.AppendAllTextAsync(Path.Combine(folder, Rows), "{}");
        (await VerifyAsync(folder)).ShouldFailIn(PackageCheckKind.RowCount).ShouldContain("not ended");
    }

    [Fact]
    public async Task VerifyAsync_FolderWithFileMissingOrAdded_SaysWhich()
    {
        var folder = await UnpackedAsync();
        File.Move(Path.Combine(folder, Ties), Path.Combine(folder, "data/more.jsonl"));

        var report = await VerifyAsync(folder);

        report.Checks.Where(check => !check.Passed).Select(check => (check.Kind, check.Subject))
            .ShouldBe([(PackageCheckKind.Expected, "data/more.jsonl"), (PackageCheckKind.Present, Ties)]);
    }

    [Fact]
    public async Task VerifyAsync_FolderWithLinks_DoesNotFollowThem()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege on Windows.");
        var folder = await UnpackedAsync();
        var target = In("elsewhere.jsonl");
        File.Move(Path.Combine(folder, Ties), target);
        File.CreateSymbolicLink(Path.Combine(folder, Ties), target);
        Directory.CreateSymbolicLink(Path.Combine(folder, "loop"), folder);

        var report = await VerifyAsync(folder);

        report.Checks.Where(check => !check.Passed).Select(check => (check.Kind, check.Subject))
            .ShouldBe([(PackageCheckKind.Expected, Ties), (PackageCheckKind.Expected, "loop"), (PackageCheckKind.Present, Ties)]);
    }

    [Theory]
    [InlineData("manifest.json", PackageCheckKind.Manifest)]
    [InlineData("manifest.sig", PackageCheckKind.Signature)]
    public async Task VerifyAsync_FolderWithoutIt_SaysSo(string name, PackageCheckKind kind)
    {
        var folder = await UnpackedAsync();
        File.Delete(Path.Combine(folder, name));
        (await VerifyAsync(folder)).ShouldFailIn(kind);
    }

    [Fact]
    public async Task VerifyAsync_EmptyFolder_IsNotSound() =>
        (await VerifyAsync(Directory.CreateDirectory(In("empty")).FullName)).ShouldFailIn(PackageCheckKind.Manifest);

    // Signed by the right key, and yet not to be unpacked: the key's holder may be wrong or broken into.
    [Theory]
    [InlineData("../outside.txt")]
    [InlineData("/tmp/outside.txt")]
    [InlineData("data/../../outside.txt")]
    public async Task UnpackAsync_SignedNameLeadsOutside_WritesNothing(string name)
    {
        var content = "escaped"u8.ToArray();
        var manifest = new PackageManifest(
            PackageManifest.CurrentFormat, Facts, null, [new PackageFile(name, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)))]).ToBytes();
        await WriteTarAsync(In("hostile.tar"), (PackageManifest.FileName, manifest), (PackageManifest.SignatureName, Signer.Sign(manifest)), (name, content));

        var report = await PackageVerifier.UnpackAsync(In("hostile.tar"), In("deep/out"), Signer.PublicKey);

        report.ShouldFailIn(PackageCheckKind.Manifest);
        Directory.GetFiles(Folder, "*outside*", SearchOption.AllDirectories).ShouldBeEmpty();
        Directory.Exists(In("deep/out")).ShouldBeFalse();
    }

    [Fact]
    public async Task UnpackAsync_FolderExists_Throws() =>
        await Should.ThrowAsync<IOException>(async () => await PackageVerifier.UnpackAsync(await MakeAsync(), Folder, Signer.PublicKey));

    [Theory]
    [InlineData("")]
    [InlineData("CFDP")]
    [InlineData("hello")]
    public async Task VerifyAsync_NotAPackage_IsAFindingAndNoException(string content)
    {
        await File.WriteAllTextAsync(In("file"), content);
        (await VerifyAsync(In("file"), Recipient)).IsSound.ShouldBeFalse();
    }

    [Fact]
    public async Task VerifyAsync_NoSuchFile_Throws() => await Should.ThrowAsync<IOException>(() => VerifyAsync(In("nothing")));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task VerifyAsync_OwnVectors_AreSound(bool encrypted)
    {
        var vector = Vectors.Own("delivery-package.json");
        var path = In("vector");
        await File.WriteAllBytesAsync(path, vector.GetProperty(encrypted ? "encrypted" : "package").GetBytesFromBase64());
        using var recipient = ECDiffieHellman.Create();
        recipient.ImportPkcs8PrivateKey(vector.GetProperty("recipientPrivateKey").GetBytesFromBase64(), out _);

        var report = await PackageVerifier.VerifyAsync(path, vector.GetProperty("deliveryKey").GetBytesFromBase64(), recipient);

        report.IsSound.ShouldBeTrue(string.Join("; ", report.Checks.Where(check => !check.Passed)));
        report.Manifest!.Files.ShouldHaveSingleItem().Rows.ShouldBe(2);
    }

    private async Task<string> UnpackedAsync()
    {
        (await PackageVerifier.UnpackAsync(await MakeAsync(), In("out"), Signer.PublicKey)).IsSound.ShouldBeTrue();
        return In("out");
    }

    private async Task<PackageReport> WithFlippedAsync(byte[] package, int at, Func<string, Task<PackageReport>> check)
    {
        package[at] ^= 1;
        await File.WriteAllBytesAsync(In("flipped"), package);
        package[at] ^= 1;
        return await check(In("flipped"));
    }

    private static async Task WriteTarAsync(string path, params (string Name, byte[] Content)[] files)
    {
        await using var tar = new TarWriter(File.Create(path), TarEntryFormat.Ustar);
        foreach (var (name, content) in files)
            await tar.WriteEntryAsync(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
    }

    private static Dictionary<string, string> Contents(string folder) => Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
        .ToDictionary(file => Path.GetRelativePath(folder, file), file => Encoding.Latin1.GetString(File.ReadAllBytes(file)), StringComparer.Ordinal);
}
