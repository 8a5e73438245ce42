using System.Security.Cryptography;
using System.Text.Json;
using Cofferdam.TestKit;

namespace Cofferdam.Sealing.Tests;

/// <summary>The base library's primitives that sealing stands on, against Wycheproof. Counts are asserted: no case, no pass.</summary>
public sealed class PrimitiveTests(ITestOutputHelper output)
{
    [Fact]
    public void AesGcm_Wycheproof_AgreesWithEveryNonceOf96Bits()
    {
        var (run, skipped) = (0, 0);
        foreach (var (group, test) in Cases("aes_gcm"))
        {
            // The base library takes nonces of 96 bits alone, and so does every format here.
            if (group.GetProperty("ivSize").GetInt32() != 96)
            {
                skipped++;
                continue;
            }

            using var aes = new AesGcm(test.Hex("key"), 16);
            var (message, ciphertext, tag) = (test.Hex("msg"), test.Hex("ct"), test.Hex("tag"));
            var opened = new byte[message.Length];
            if (Valid(test))
            {
                aes.Decrypt(test.Hex("iv"), ciphertext, tag, opened, test.Hex("aad"));
                opened.ShouldBe(message, Name(test));
                var (again, tagAgain) = (new byte[message.Length], new byte[16]);
                aes.Encrypt(test.Hex("iv"), message, again, tagAgain, test.Hex("aad"));
                again.ShouldBe(ciphertext, Name(test));
                tagAgain.ShouldBe(tag, Name(test));
            }
            else
            {
                Should.Throw<AuthenticationTagMismatchException>(() => aes.Decrypt(test.Hex("iv"), ciphertext, tag, opened, test.Hex("aad")), Name(test));
            }

            run++;
        }

        output.WriteLine($"aes_gcm: {run} cases, {skipped} with other nonces skipped");
        (run, skipped).ShouldBe((197, 119));
    }

    [Theory]
    [InlineData("hkdf_sha256", "SHA256", 86)]
    [InlineData("hkdf_sha512", "SHA512", 83)]
    public void Hkdf_Wycheproof_AgreesWithEveryCase(string file, string hash, int count)
    {
        var run = 0;
        foreach (var (_, test) in Cases(file))
        {
            byte[] Derive() => HKDF.DeriveKey(new HashAlgorithmName(hash), test.Hex("ikm"), test.GetProperty("size").GetInt32(), test.Hex("salt"), test.Hex("info"));
            if (Valid(test))
                Derive().ShouldBe(test.Hex("okm"), Name(test));
            else
                Should.Throw<ArgumentException>(Derive, Name(test));
            run++;
        }

        output.WriteLine($"{file}: {run} cases");
        run.ShouldBe(count);
    }

    [Theory]
    [InlineData("hmac_sha256", 174)]
    [InlineData("hmac_sha512", 174)]
    public void Hmac_Wycheproof_AgreesWithEveryCase(string file, int count)
    {
        var run = 0;
        foreach (var (group, test) in Cases(file))
        {
            var (key, message) = (test.Hex("key"), test.Hex("msg"));
            var mark = file == "hmac_sha256" ? HMACSHA256.HashData(key, message) : HMACSHA512.HashData(key, message);
            mark.AsSpan(0, group.GetProperty("tagSize").GetInt32() / 8).SequenceEqual(test.Hex("tag")).ShouldBe(Valid(test), Name(test));
            run++;
        }

        output.WriteLine($"{file}: {run} cases");
        run.ShouldBe(count);
    }

    private static IEnumerable<(JsonElement Group, JsonElement Test)> Cases(string file) =>
        from @group in Vectors.PublishedJson($"wycheproof/{file}_test.json").GetProperty("testGroups").EnumerateArray()
        from test in @group.GetProperty("tests").EnumerateArray()
        select (@group, test);

    private static bool Valid(JsonElement test) => test.Text("result") == "valid";

    private static string Name(JsonElement test) => $"{test.GetProperty("tcId")} {test.Text("comment")}";
}
