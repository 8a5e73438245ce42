using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using Cofferdam.Ledger;

namespace Cofferdam.Package.Tests;

public sealed class PackageWriterTests : PackageTests
{
    [Fact]
    public async Task CompleteAsync_InClear_IsATarThatOtherToolsRead()
    {
        var path = await MakeAsync();
        await TarFile.ExtractToDirectoryAsync(path, Directory.CreateDirectory(In("out")).FullName, overwriteFiles: false);

        (await File.ReadAllTextAsync(In("out/" + Rows))).ShouldBe(
            """
            {"prompt":"a","chosen":"b","rejected":"c"}
            {"prompt":"é","chosen":"f","rejected":"g"}

            """);
        var manifest = PackageManifest.TryParse(await File.ReadAllBytesAsync(In("out/manifest.json"))).ShouldNotBeNull();
        manifest.Files.Select(file => file.Name).ShouldBe(["datasheet.md", Rows, Ties]);
        manifest.Recipient.ShouldBeNull();
        var (signed, signature) = (await File.ReadAllBytesAsync(In("out/manifest.json")), await File.ReadAllBytesAsync(In("out/manifest.sig")));
        Ed25519.Verify(Signer.PublicKey.Span, signed, signature).ShouldBeTrue();
    }

    [Fact]
    public async Task CompleteAsync_Rows_AreCountedAndHashedAsTheManifestSays()
    {
        await using var package = new PackageWriter(Folder);
        await using (var rows = package.AddRows(Rows))
        {
            await rows.WriteRowAsync(Utf8("one"));
            await rows.WriteRowAsync(Utf8("two"));
        }

        var file = (await package.CompleteAsync(Stream.Null, Facts, Signer)).Files.ShouldHaveSingleItem();

        file.Bytes.ShouldBe(8);
        file.Rows.ShouldBe(2);
        file.Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData("one\ntwo\n"u8)));
        file.RowsRoot.ShouldBe(Convert.ToBase64String(MerkleTree.HashNode(MerkleTree.HashLeaf("one"u8), MerkleTree.HashLeaf("two"u8))));
    }

    [Fact]
    public async Task CompleteAsync_NoRows_HasTheEmptyRoot()
    {
        await using var package = new PackageWriter(Folder);
        await package.AddRows(Rows).DisposeAsync();

        var file = (await package.CompleteAsync(In("empty.tar"), Facts, Signer)).Files.ShouldHaveSingleItem();

        file.Rows.ShouldBe(0);
        file.RowsRoot.ShouldBe(Convert.ToBase64String(MerkleTree.EmptyRoot.Span));
        (await VerifyAsync(In("empty.tar"))).IsSound.ShouldBeTrue();
    }

    [Fact]
    public async Task AddText_EmptyLinesAndPieces_AreKeptAndChecked()
    {
        await using var package = new PackageWriter(Folder);
        await using (var text = package.AddText("data/conll/train.conll"))
        {
            await text.WriteAsync(Utf8("Ana B-P"));
            await text.WriteAsync(Utf8("ER\n\n"));
        }

        var file = (await package.CompleteAsync(In("text.tar"), Facts, Signer)).Files.ShouldHaveSingleItem();

        (file.Bytes, file.Rows, file.RowsRoot).ShouldBe((11, null, null));
        file.Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData("Ana B-PER\n\n"u8)));
        (await VerifyAsync(In("text.tar"))).IsSound.ShouldBeTrue();
    }

    [Fact]
    public void TryParse_AnEarlierFormat_IsStillReadAndAnUnknownOneIsNot()
    {
        var now = new PackageManifest(PackageManifest.CurrentFormat, Facts, null, []).ToBytes();
        var then = Encoding.UTF8.GetString(now).Replace(PackageManifest.CurrentFormat, PackageManifest.FirstFormat, StringComparison.Ordinal);

        PackageManifest.TryParse(now).ShouldNotBeNull();
        PackageManifest.TryParse(Utf8(then)).ShouldNotBeNull();
        PackageManifest.TryParse(Utf8(then.Replace("delivery@1", "delivery@3", StringComparison.Ordinal))).ShouldBeNull();
    }

    [Fact]
    public async Task AddRows_WhileWriting_LeavesNothingReadableOnDisk()
    {
        await using var package = new PackageWriter(Folder);
        await using var rows = package.AddRows(Rows);
        for (var i = 0; i < 10_000; i++)
            await rows.WriteRowAsync(Utf8($"canary {i}"));

        if (!OperatingSystem.IsWindows())
            Directory.GetFiles(Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task CompleteAsync_Encrypted_HasNoRowInClear()
    {
        var content = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(await MakeAsync(encrypted: true)));
        content.ShouldNotContain("prompt");
        content.ShouldNotContain("manifest");
    }

    [Fact]
    public async Task WriteRowAsync_ManyRows_KeepsNoneInMemory()
    {
        const int megabytes = 64;
        var row = new byte[1 << 20];
        row.AsSpan().Fill((byte)'x');
        await using var package = new PackageWriter(Folder);
        await using var rows = package.AddRows(Rows);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        for (var i = 0; i < megabytes; i++)
            await rows.WriteRowAsync(row);

        (GC.GetTotalMemory(forceFullCollection: true) - before).ShouldBeLessThan(megabytes << 18);
    }

    [Fact]
    public async Task CompleteAsync_FileOfRowsStillOpen_ThrowsAndLeavesNoPackage()
    {
        await using var package = new PackageWriter(Folder);
        await using var rows = package.AddRows(Rows);

        await Should.ThrowAsync<InvalidOperationException>(() => package.CompleteAsync(In("delivery.tar"), Facts, Signer));

        Directory.GetFiles(Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task CompleteAsync_DestinationFails_ThrowsAndLeavesNoPackage()
    {
        await using var package = new PackageWriter(Folder);
        package.AddFile("datasheet.md", new byte[10]);
        await Should.ThrowAsync<OperationCanceledException>(() => package.CompleteAsync(In("delivery.tar"), Facts, Signer, null, new CancellationToken(canceled: true)));
        Directory.GetFiles(Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task CompleteAsync_PackageOfThatNameExists_KeepsIt()
    {
        var path = await MakeAsync();
        var before = await File.ReadAllBytesAsync(path);
        await Should.ThrowAsync<IOException>(() => MakeAsync());
        (await File.ReadAllBytesAsync(path)).ShouldBe(before);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("../up")]
    [InlineData("data/../../up")]
    [InlineData("data//x")]
    [InlineData("data/")]
    [InlineData(".hidden")]
    [InlineData("data/.hidden")]
    [InlineData("C:x")]
    [InlineData("a\\b")]
    [InlineData("a\nb")]
    [InlineData("datei-é")]
    [InlineData("manifest.json")]
    [InlineData("MANIFEST.sig")]
    [InlineData("Datasheet.md")]
    public async Task AddFile_UnsafeOrTakenName_Throws(string name)
    {
        await using var package = new PackageWriter(Folder);
        package.AddFile("datasheet.md", default);
        Should.Throw<ArgumentException>(() => package.AddFile(name, default));
        Should.Throw<ArgumentException>(() => package.AddRows(name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("two\nlines")]
    public async Task WriteRowAsync_NotOneLine_Throws(string row)
    {
        await using var package = new PackageWriter(Folder);
        await using var rows = package.AddRows(Rows);
        await Should.ThrowAsync<ArgumentException>(async () => await rows.WriteRowAsync(Utf8(row)));
    }
}
