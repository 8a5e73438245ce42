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
        var wrapped = await custodian.WrapAsync(Lab, Key, Context);

        var key = await new KeyFileCustodian(folder).UnwrapAsync(Lab, wrapped, Context);

        key.ShouldBe(Key);
    }

    [Fact]
    public async Task CreateAsync_Again_KeepsTheKey()
    {
        await custodian.CreateAsync(Lab);
        var before = await File.ReadAllBytesAsync(KeyFile);

        await custodian.CreateAsync(Lab);

        (await File.ReadAllBytesAsync(KeyFile)).ShouldBe(before);
        Directory.GetFiles(folder).ShouldBe([KeyFile]);
    }

    [Fact]
    public async Task CreateAsync_ManyAtOnce_AgreeOnOneKey()
    {
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => new KeyFileCustodian(folder).CreateAsync(Lab).AsTask())));

        var wrapped = await custodian.WrapAsync(Lab, Key, Context);
        (await custodian.UnwrapAsync(Lab, wrapped, Context)).ShouldBe(Key);
        Directory.GetFiles(folder).ShouldBe([KeyFile]);
    }

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

        var refusal = await Should.ThrowAsync<KeyCustodyException>(async () => await custodian.WrapAsync(Lab, Key, Context));

        refusal.Message.ShouldContain("chmod 600");
    }

    [Fact]
    public async Task WrapAsync_FolderWritableByOthers_RefusesAndSaysWhatToDo()
    {
        await custodian.CreateAsync(Lab);
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.GroupWrite);

        var refusal = await Should.ThrowAsync<KeyCustodyException>(async () => await custodian.WrapAsync(Lab, Key, Context));

        refusal.Message.ShouldContain("chmod 700");
    }

    [Fact]
    public async Task UnwrapAsync_NoKeyFile_SaysSo()
    {
        var refusal = await Should.ThrowAsync<KeyCustodyException>(async () => await custodian.UnwrapAsync(Lab, new byte[104], Context));
        refusal.Message.ShouldContain("no key file");
    }

    [Fact]
    public async Task UnwrapAsync_AnyByteOfTheFileChanged_Refuses()
    {
        await custodian.CreateAsync(Lab);
        var wrapped = await custodian.WrapAsync(Lab, Key, Context);
        var file = await File.ReadAllBytesAsync(KeyFile);

        for (var i = 0; i < file.Length; i++)
        {
            file[i] ^= 1;
            await File.WriteAllBytesAsync(KeyFile, file);
            await Should.ThrowAsync<KeyCustodyException>(async () => await custodian.UnwrapAsync(Lab, wrapped, Context), $"byte {i}");
            file[i] ^= 1;
        }
    }

    [Fact]
    public async Task UnwrapAsync_FileOfAnotherLab_Refuses()
    {
        var other = Guid.NewGuid();
        await custodian.CreateAsync(other);
        File.Move(Path.Combine(folder, $"{other:D}.key"), KeyFile);

        var refusal = await Should.ThrowAsync<KeyCustodyException>(async () => await custodian.WrapAsync(Lab, Key, Context));

        refusal.Message.ShouldContain("another lab");
    }

    [Fact]
    public async Task UnwrapAsync_OtherContextOrLab_Refuses()
    {
        var other = Guid.NewGuid();
        await custodian.CreateAsync(Lab);
        await custodian.CreateAsync(other);
        var wrapped = await custodian.WrapAsync(Lab, Key, Context);

        await Should.ThrowAsync<KeyCustodyException>(async () => await custodian.UnwrapAsync(Lab, wrapped, "lab key 2"u8.ToArray()));
        await Should.ThrowAsync<KeyCustodyException>(async () => await custodian.UnwrapAsync(other, wrapped, Context));
    }
}
