using Cofferdam.TestKit;

namespace Cofferdam.Ledger.Tests;

public sealed class Ed25519Tests
{
    [Fact]
    public void Verify_Wycheproof_AgreesWithEveryCase()
    {
        var count = 0;
        foreach (var group in Vectors.PublishedJson("wycheproof/ed25519_test.json").GetProperty("testGroups").EnumerateArray())
        {
            var publicKey = group.GetProperty("publicKey").Hex("pk");
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                Ed25519.Verify(publicKey, test.Hex("msg"), test.Hex("sig"))
                    .ShouldBe(string.Equals(test.Text("result"), "valid", StringComparison.Ordinal), $"{test.GetProperty("tcId")} {test.Text("comment")}");
                count++;
            }
        }

        count.ShouldBe(151);
    }

    // RFC 8032 §7.1, tests 1 and 3.
    [Theory]
    [InlineData(
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [InlineData(
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")]
    public void Sign_Rfc8032_GivesThePublishedSignature(string seed, string publicKey, string message, string signature)
    {
        var key = Convert.FromHexString(seed);
        Convert.ToHexStringLower(Ed25519.PublicKey(key)).ShouldBe(publicKey);
        Convert.ToHexStringLower(Ed25519.Sign(key, Convert.FromHexString(message))).ShouldBe(signature);
    }

    [Fact]
    public void Verify_OtherMessageKeyOrSignature_IsFalse()
    {
        var key = Ed25519.GenerateKey();
        var publicKey = Ed25519.PublicKey(key);
        var signature = Ed25519.Sign(key, "message"u8);

        Ed25519.Verify(publicKey, "message"u8, signature).ShouldBeTrue();
        Ed25519.Verify(publicKey, "Message"u8, signature).ShouldBeFalse();
        Ed25519.Verify(Ed25519.PublicKey(Ed25519.GenerateKey()), "message"u8, signature).ShouldBeFalse();
        Ed25519.Verify(publicKey, "message"u8, signature.AsSpan(1)).ShouldBeFalse();
        Ed25519.Verify(publicKey.AsSpan(1), "message"u8, signature).ShouldBeFalse();
        for (var i = 0; i < signature.Length; i++)
        {
            signature[i] ^= 1;
            Ed25519.Verify(publicKey, "message"u8, signature).ShouldBeFalse($"byte {i}");
            signature[i] ^= 1;
        }
    }

    [Fact]
    public void Sign_NotAKey_Throws() => Should.Throw<ArgumentException>(() => Ed25519.Sign(new byte[31], []));
}
