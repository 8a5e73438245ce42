using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace Cofferdam.Sealing.Tests;

[UnsupportedOSPlatform("windows")]
public sealed class KeyFileCustodianTests : IDisposable
{
    private static readonly Guid Lab = Guid.NewGuid();
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);
    private static readonly byte[] Context = "lab key 1"u8.ToArray();

    private readonly string parent = Directory.CreateTempSubdirectory("cofferdam-keys-").FullName;
    private readonly string folder;
    private readonly KeyFileCustodian custodian;

    public KeyFileCustodianTests()
    {
        folder = Path.Combine(parent, "keys");
        custodian = new KeyFileCustodian(folder);
    }

    private string KeyFile => Path.Combine(folder, $"{Lab:D}.key");

    public void Dispose() => Directory.Delete(parent, recursive: true);

    [Fact]
    public async Task UnwrapAsync_AfterRestart_GivesTheKey()
    {
        await custodian.CreateAsync(Lab);
        var wrapped = await custodian.WrapAsync(Lab, "1", Key, Context);

        var key = await new KeyFileCustodian(folder).UnwrapAsync(Lab, "1", wrapped, Context);

        key.ShouldBe(Key);
    }

    [Fact]
    public async Task CreateAsync_Again_MakesAVersionAndKeepsTheFirst()
    {
        (await custodian.CreateAsync(Lab)).ShouldBe("1");
        var wrapped = await custodian.WrapAsync(Lab, "1", Key, Context);

        (await custodian.CreateAsync(Lab)).ShouldBe("2");

        (await custodian.UnwrapAsync(Lab, "1", wrapped, Context)).ShouldBe(Key);
        await Should.ThrowAsync<KeyCustodyException>(async () => await custodian.UnwrapAsync(Lab, "2", wrapped, Context));
        Directory.GetFiles(folder).Order().ShouldBe([Path.Combine(folder, $"{Lab:D}.2.key"), KeyFile]);
    }

    [Fact]
    public async Task CreateAsync_ManyAtOnce_EachReturnsAKeyThatStays()
    {
        var roots = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => new KeyFileCustodian(folder).CreateAsync(Lab).AsTask())));

        roots.ShouldContain("1");
        foreach (var root in roots.Distinct())
        {
            var wrapped = await custodian.WrapAsync(Lab, root, Key, Context);
            (await custodian.UnwrapAsync(Lab, root, wrapped, Context)).ShouldBe(Key);
        }

        Directory.GetFiles(folder).Length.ShouldBe(roots.Distinct().Count());
    }

    [Fact]
    public async Task DestroyAsync_OneVersion_IsGoneAndItsNumberIsNotGivenAgain()
    {
        await custodian.CreateAsync(Lab);
        await custodian.CreateAsync(Lab);
        var first = await custodian.WrapAsync(Lab, "1", Key, Context);
        var second = await custodian.WrapAsync(Lab, "2", Key, Context);

        await custodian.DestroyAsync(Lab, "2");
        await custodian.DestroyAsync(Lab, "2");

        var refusal = await Should.ThrowAsync<KeyCustodyException>(async () => await custodian.UnwrapAsync(Lab, "2", second, Context));
        refusal.Message.ShouldContain("destroyed");
        await Should.ThrowAsync<KeyCustodyException>(async () => await custodian.CheckAsync(Lab, "2"));
        await custodian.CheckAsync(Lab, "1");
        (await custodian.UnwrapAsync(Lab, "1", first, Context)).ShouldBe(Key);
        (await custodian.CreateAsync(Lab)).ShouldBe("3");
    }

    [Fact]
    public async Task UnwrapAsync_SealedWithAPassphrase_OpensWithItAlone()
    {
        using var custodianOf = new KeyFileCustodian(folder, PassphraseOf("long enough, and nowhere else"));
        var root = await custodianOf.CreateAsync(Lab);
        var wrapped = await custodianOf.WrapAsync(Lab, root, Key, Context);

        using var again = new KeyFileCustodian(folder, PassphraseOf("long enough, and nowhere else"));
        using var wrong = new KeyFileCustodian(folder, PassphraseOf("another"));

        (await again.UnwrapAsync(Lab, root, wrapped, Context)).ShouldBe(Key);
        again.Name.ShouldBe("file+passphrase");
        (await Should.ThrowAsync<KeyCustodyException>(async () => await wrong.CheckAsync(Lab, root))).Message.ShouldContain("not the one");
        (await Should.ThrowAsync<KeyCustodyException>(async () => await custodian.CheckAsync(Lab, root))).Message.ShouldContain("passphrase-file=PATH");
        var file = await File.ReadAllBytesAsync(KeyFile);
        file.Length.ShouldBe(169);
        file.AsSpan(0, 5).SequenceEqual("CFDK\x02"u8).ShouldBeTrue();
    }

    [Fact]
    public async Task UnwrapAsync_AnyByteOfASealedFileChangedAndItsChecksumMadeToFit_Refuses()
    {
        using var custodianOf = new KeyFileCustodian(folder, PassphraseOf("long enough, and nowhere else"));
        var root = await custodianOf.CreateAsync(Lab);
        var file = await File.ReadAllBytesAsync(KeyFile);

        // Of the salt one byte, for each takes a derivation of its own; all of the rest.
        foreach (var i in Enumerable.Range(0, file.Length - 8).Where(i => i is < 22 or 24 or 25 or > 56))
        {
            file[i] ^= 1;
            SHA256.HashData(file.AsSpan(0, file.Length - 8)).AsSpan(0, 8).CopyTo(file.AsSpan(file.Length - 8));
            await File.WriteAllBytesAsync(KeyFile, file);
            await Should.ThrowAsync<KeyCustodyException>(async () => await custodianOf.CheckAsync(Lab, root), $"byte {i}");
            file[i] ^= 1;
        }
    }

    [Fact]
    public async Task CheckAsync_PassphraseFileReadableByOthers_RefusesAndSaysWhatToDo()
    {
        var path = Path.Combine(parent, "passphrase");
        await File.WriteAllTextAsync(path, "long enough");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        using var custodianOf = new KeyFileCustodian(folder, Passphrase.FromFile(path));

        var refusal = await Should.ThrowAsync<KeyCustodyException>(async () => await custodianOf.CreateAsync(Lab));

        refusal.Message.ShouldContain($"chmod 600 {path}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("01")]
    [InlineData("../1")]
    public async Task CheckAsync_ReferenceOfAnotherCustodian_Refuses(string root) =>
        await Should.ThrowAsync<KeyCustodyException>(async () => await custodian.CheckAsync(Lab, root));

    [Fact]
    public async Task CreateAsync_OnUnix_IsForTheOwnerAlone()
    {
        await custodian.CreateAsync(Lab);

        File.GetUnixFileMode(KeyFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.GetUnixFileMode(folder).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task WrapAsync_KeyFileReadableByOthers_RefusesAndSaysWhatToDo()
    {
        await custodian.CreateAsync(Lab);
        File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        var refusal = await Should.ThrowAsync<KeyCustodyException>(async () => await custodian.WrapAsync(Lab, "1", Key, Context));

        refusal.Message.ShouldContain("chmod 600");
    }

    [Fact]
    public async Task WrapAsync_FolderWritableByOthers_RefusesAndSaysWhatToDo()
    {
        await custodian.CreateAsync(Lab);
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.GroupWrite);

        var refusal = await Should.ThrowAsync<KeyCustodyException>(async () => await custodian.WrapAsync(Lab, "1", Key, Context));

        refusal.Message.ShouldContain("chmod 700");
    }

    [Fact]
    public async Task UnwrapAsync_NoKeyFile_SaysSo()
    {
        var refusal = await Should.ThrowAsync<KeyCustodyException>(async () => await custodian.UnwrapAsync(Lab, "1", new byte[104], Context));
        refusal.Message.ShouldContain("no key file");
    }

    [Fact]
    public async Task UnwrapAsync_AnyByteOfTheFileChanged_Refuses()
    {
        await custodian.CreateAsync(Lab);
        var wrapped = await custodian.WrapAsync(Lab, "1", Key, Context);
        var file = await File.ReadAllBytesAsync(KeyFile);

        for (var i = 0; i < file.Length; i++)
        {
            file[i] ^= 1;
            await File.WriteAllBytesAsync(KeyFile, file);
            await Should.ThrowAsync<KeyCustodyException>(async () => await custodian.UnwrapAsync(Lab, "1", wrapped, Context), $"byte {i}");
            file[i] ^= 1;
        }
    }

    [Fact]
    public async Task UnwrapAsync_FileOfAnotherLab_Refuses()
    {
        var other = Guid.NewGuid();
        await custodian.CreateAsync(other);
        File.Move(Path.Combine(folder, $"{other:D}.key"), KeyFile);

        var refusal = await Should.ThrowAsync<KeyCustodyException>(async () => await custodian.WrapAsync(Lab, "1", Key, Context));

        refusal.Message.ShouldContain("another lab");
    }

    [Fact]
    public async Task UnwrapAsync_OtherContextOrLab_Refuses()
    {
        var other = Guid.NewGuid();
        await custodian.CreateAsync(Lab);
        await custodian.CreateAsync(other);
        var wrapped = await custodian.WrapAsync(Lab, "1", Key, Context);

        await Should.ThrowAsync<KeyCustodyException>(async () => await custodian.UnwrapAsync(Lab, "1", wrapped, "lab key 2"u8.ToArray()));
        await Should.ThrowAsync<KeyCustodyException>(async () => await custodian.UnwrapAsync(other, "1", wrapped, Context));
    }

    private Passphrase PassphraseOf(string text)
    {
        var path = Path.Combine(parent, Guid.NewGuid().ToString("N"));
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return Passphrase.FromFile(path);
    }
}
