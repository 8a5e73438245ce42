using System.Runtime.Versioning;
using Cofferdam.TestKit;

namespace Cofferdam.Sealing.Tests;

/// <summary>What the second implementation in testdata/make.mjs made is read here.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class CustodyVectorTests : IDisposable
{
    private readonly SecretFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void Read_SealedKeyFile_GivesTheRootKey()
    {
        var vector = Vectors.Own("custody.json").GetProperty("keyFile");
        using var passphrase = Passphrase.FromFile(files.Write("passphrase", vector.Text("passphrase")));

        KeyFile.Read("the vector", Guid.Parse(vector.Text("lab")), vector.Hex("file"), passphrase).ShouldBe(vector.Hex("root"));
    }

    [Fact]
    public void Pack_CommittedKey_IsTheSame()
    {
        var vector = Vectors.Own("custody.json").GetProperty("committedKey");

        var binding = CommittedKey.Binding(vector.Text("custodian"), Guid.Parse(vector.Text("lab")), vector.Text("root"), vector.Hex("context"));

        binding.ShouldBe(vector.Hex("binding"));
        CommittedKey.Pack(binding, vector.Hex("key")).ShouldBe(vector.Hex("packed"));
        CommittedKey.TryUnpack(binding, vector.Hex("packed"), out var key).ShouldBeTrue();
        key.ShouldBe(vector.Hex("key"));
    }

    [Fact]
    public void TryUnpack_AnyByteOrTheBindingChanged_Refuses()
    {
        var vector = Vectors.Own("custody.json").GetProperty("committedKey");
        for (var i = 0; i < CommittedKey.Bytes; i++)
        {
            var packed = vector.Hex("packed");
            packed[i] ^= 1;
            CommittedKey.TryUnpack(vector.Hex("binding"), packed, out _).ShouldBeFalse($"byte {i}");
        }

        CommittedKey.TryUnpack(new byte[32], vector.Hex("packed"), out _).ShouldBeFalse();
    }

    [Fact]
    public void TryCombine_SharesOfTheVector_GiveThePrivateKey()
    {
        var vector = Vectors.Own("custody.json").GetProperty("recovery");
        var shares = vector.GetProperty("shares").EnumerateArray().Select(share => share.GetString()!).ToArray();

        var outcome = RecoveryShares.TryCombine([shares[4], shares[1], shares[2]]);

        outcome.ShouldBeOfType<CombineOutcome.Combined>().PrivateKey.ShouldBe(vector.Hex("privateKey"));
    }
}
