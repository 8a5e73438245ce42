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
}
