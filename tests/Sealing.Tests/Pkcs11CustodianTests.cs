using System.Security.Cryptography;
using Cofferdam.Sealing.Pkcs11;

namespace Cofferdam.Sealing.Tests;

public sealed class Pkcs11CustodianTests(SoftHsm hsm) : IClassFixture<SoftHsm>
{
    private static readonly Guid Lab = Guid.NewGuid();
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);
    private static readonly byte[] Context = "lab key 1"u8.ToArray();

    [Fact]
    public async Task UnwrapAsync_AfterRestart_GivesTheKey()
    {
        using var custodian = hsm.Custodian();
        var root = await custodian.CreateAsync(Lab);
        var wrapped = await custodian.WrapAsync(Lab, root, Key, Context);
        custodian.Dispose();

        using var again = new Pkcs11Custodian(SoftHsm.Library, SoftHsm.Token, hsm.PinFile);
        (await again.UnwrapAsync(Lab, root, wrapped, Context)).ShouldBe(Key);
        await again.CheckAsync(Lab, root);
    }

    [Fact]
    public async Task UnwrapAsync_OtherLabVersionContextOrByte_Refuses()
    {
        using var custodian = hsm.Custodian();
        var root = await custodian.CreateAsync(Lab);
        var later = await custodian.CreateAsync(Lab);
        var other = Guid.NewGuid();
        var othersRoot = await custodian.CreateAsync(other);
        var wrapped = await custodian.WrapAsync(Lab, root, Key, Context);

        await RefusedAsync(custodian, Lab, root, wrapped, "lab key 2"u8.ToArray());
        await RefusedAsync(custodian, Lab, later, wrapped, Context);
        await RefusedAsync(custodian, other, root, wrapped, Context);
        await RefusedAsync(custodian, other, othersRoot, wrapped, Context);
        for (var i = 0; i < wrapped.Length; i++)
        {
            wrapped[i] ^= 1;
            await RefusedAsync(custodian, Lab, root, wrapped, Context);
            wrapped[i] ^= 1;
        }

        (await custodian.UnwrapAsync(Lab, root, wrapped, Context)).ShouldBe(Key);
    }

    [Fact]
    public async Task CreateAsync_AnyKey_IsNotGivenOutByTheToken()
    {
        using var custodian = hsm.Custodian();
        var root = await custodian.CreateAsync(Lab);

        var result = custodian.Sessions.Use((module, session) =>
            module.Read(session, module.Find(session, Pkcs11Custodian.Identity(Lab, root))[0], ObjectAttribute.Value, new byte[32]));

        result.ShouldBe(Result.AttributeSensitive);
    }

    [Fact]
    public async Task DestroyAsync_OneVersion_RefusesItAndKeepsTheOther()
    {
        using var custodian = hsm.Custodian();
        var first = await custodian.CreateAsync(Lab);
        var wrappedFirst = await custodian.WrapAsync(Lab, first, Key, Context);
        var second = await custodian.CreateAsync(Lab);
        var wrappedSecond = await custodian.WrapAsync(Lab, second, Key, Context);

        await custodian.DestroyAsync(Lab, first);
        await custodian.DestroyAsync(Lab, first);

        (await RefusedAsync(custodian, Lab, first, wrappedFirst, Context)).Message.ShouldContain("destroyed");
        await Should.ThrowAsync<KeyCustodyException>(async () => await custodian.CheckAsync(Lab, first));
        (await custodian.UnwrapAsync(Lab, second, wrappedSecond, Context)).ShouldBe(Key);
    }

    [Fact]
    public async Task UnwrapAsync_ManyAtOnce_AllGiveTheKey()
    {
        using var custodian = hsm.Custodian();
        var root = await custodian.CreateAsync(Lab);
        var wrapped = await custodian.WrapAsync(Lab, root, Key, Context);

        var keys = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(async () => await custodian.UnwrapAsync(Lab, root, wrapped, Context))));

        keys.ShouldAllBe(key => key.SequenceEqual(Key));
    }

    [Fact]
    public async Task UnwrapAsync_SessionsWereClosed_ConnectsAnew()
    {
        using var custodian = hsm.Custodian();
        var root = await custodian.CreateAsync(Lab);
        var wrapped = await custodian.WrapAsync(Lab, root, Key, Context);

        custodian.Sessions.Disconnect();

        (await custodian.UnwrapAsync(Lab, root, wrapped, Context)).ShouldBe(Key);
    }

    [Fact]
    public async Task CheckAsync_WrongPin_IsTriedOnceAndSaysWhatToDo()
    {
        using var custodian = hsm.Custodian(hsm.Secret("wrong-pin", "0000-0000"));

        (await RefusedAsync(custodian)).Message.ShouldContain("refuses the PIN");
        (await RefusedAsync(custodian)).Message.ShouldContain("not tried again");
    }

    [Fact]
    public async Task CheckAsync_NoSuchTokenLibraryOrPinFile_SaysWhichIsMissing()
    {
        using var made = hsm.Custodian();
        using var noToken = new Pkcs11Custodian(SoftHsm.Library, "not there", hsm.PinFile);
        using var noLibrary = new Pkcs11Custodian("/nowhere/libtoken.so", SoftHsm.Token, hsm.PinFile);
        using var noPin = new Pkcs11Custodian(SoftHsm.Library, SoftHsm.Token, "/nowhere/pin");

        (await RefusedAsync(noToken)).Message.ShouldContain("no token with the label \"not there\"");
        (await RefusedAsync(noLibrary)).Message.ShouldContain("no library /nowhere/libtoken.so");
        (await RefusedAsync(noPin)).Message.ShouldContain("/nowhere/pin is not there");
    }

    private static async Task<KeyCustodyException> RefusedAsync(Pkcs11Custodian custodian) =>
        await Should.ThrowAsync<KeyCustodyException>(async () => await custodian.CheckAsync(Lab, "none"));

    private static async Task<KeyCustodyException> RefusedAsync(Pkcs11Custodian custodian, Guid lab, string root, byte[] wrapped, byte[] context) =>
        await Should.ThrowAsync<KeyCustodyException>(async () => await custodian.UnwrapAsync(lab, root, wrapped, context));
}
