using System.Text;
using System.Text.Json;
using Cofferdam.Federation.Keys;
using Cofferdam.Federation.Signing;
using FsCheck;
using FsCheck.Fluent;

namespace Cofferdam.Federation.Tests.Signing;

public sealed class JwsTests
{
    private const string Type = "test+jwt";

    // RFC 7515 appendix A.3
    private static readonly Jwk RfcP256 = new("EC", "P-256", "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0");
    private const string RfcEs256 =
        "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ."
        + "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

    // RFC 8037 appendices A.1 to A.4
    private const string RfcSeed = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";
    private static readonly Jwk RfcEd25519 = new("OKP", "Ed25519", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
    private const string RfcEdDsa =
        "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc."
        + "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";

    private static readonly SigningKey Ed = SigningKey.Generate(KeyAlgorithm.EdDsa), P256 = SigningKey.Generate(KeyAlgorithm.Es256);

    [Fact]
    public void Verify_OfRfc7515ExampleA3_HoldsUnderItsKey()
    {
        var key = VerifyingKey.FromJwk(RfcP256).ShouldNotBeNull();
        var parts = Jws.Parts.Of(RfcEs256).ShouldNotBeNull();
        key.Verify(parts.Signed, parts.Signature).ShouldBeTrue();
        parts.Signature[0] ^= 1;
        key.Verify(parts.Signed, parts.Signature).ShouldBeFalse();
    }

    [Fact]
    public void Sign_OfRfc8037ExampleA4_GivesItsBytes_AndItsThumbprint()
    {
        var key = SigningKey.FromSecret(KeyAlgorithm.EdDsa, StrictBase64Url.Read(RfcSeed.AsSpan()));
        key.Public.ToJwk().ShouldBe(RfcEd25519);
        key.Kid.ShouldBe("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
        var parts = Jws.Parts.Of(RfcEdDsa).ShouldNotBeNull();
        key.Sign(parts.Signed).ShouldBe(parts.Signature);
        key.Public.Verify(parts.Signed, parts.Signature).ShouldBeTrue();
    }

    [Fact]
    public void Verify_WithoutTypeAndKeyId_IsMalformed() =>
        Jws.Verify(RfcEdDsa, Type, _ => VerifyingKey.FromJwk(RfcEd25519)).ShouldBe(new JwsOutcome.Refused(JwsFault.Malformed));

    [Theory]
    [InlineData("""{"alg":"none","kid":"KID","typ":"test+jwt"}""", JwsFault.Algorithm)]
    [InlineData("""{"alg":"ES256","kid":"KID","typ":"test+jwt"}""", JwsFault.Algorithm)]
    [InlineData("""{"alg":"HS256","kid":"KID","typ":"test+jwt"}""", JwsFault.Algorithm)]
    [InlineData("""{"alg":"EdDSA","kid":"KID","typ":"other+jwt"}""", JwsFault.Type)]
    [InlineData("""{"alg":"EdDSA","kid":"KIE","typ":"test+jwt"}""", JwsFault.UnknownKey)]
    [InlineData("""{"alg":"EdDSA","kid":"KID"}""", JwsFault.Malformed)]
    [InlineData("""{"alg":"EdDSA","kid":"KID","typ":"test+jwt","crit":["exp"]}""", JwsFault.Malformed)]
    [InlineData("""{"alg":"EdDSA","kid":"KID","typ":"test+jwt","jwk":{}}""", JwsFault.Malformed)]
    [InlineData("""{"alg":"EdDSA","alg":"EdDSA","kid":"KID","typ":"test+jwt"}""", JwsFault.Malformed)]
    [InlineData("""{"alg":"EdDSA","kid":null,"typ":"test+jwt"}""", JwsFault.Malformed)]
    [InlineData("""["EdDSA"]""", JwsFault.Malformed)]
    public void Verify_OfAHeaderThatIsNotOurs_IsRefusedThoughTheSignatureHolds(string header, JwsFault fault)
    {
        var signed = $"{StrictBase64Url.Write(Encoding.UTF8.GetBytes(header.Replace("KID", Ed.Kid, StringComparison.Ordinal)))}.{StrictBase64Url.Write("{}"u8)}";
        var jws = $"{signed}.{StrictBase64Url.Write(Ed.Sign(Encoding.ASCII.GetBytes(signed)))}";
        Jws.Verify(jws, Type, KeyOf).ShouldBe(new JwsOutcome.Refused(fault));
    }

    [Fact]
    public void Verify_OfAnyPayload_HoldsAsSigned_AndAtNoOtherCharacter() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(40),
        Prop.ForAll(
            ArbMap.Default.GeneratorFor<byte[]>().Zip(Gen.Elements(Ed, P256)).Zip(Gen.Choose(0, int.MaxValue)).ToArbitrary(),
            drawn =>
            {
                var ((payload, key), at) = drawn;
                var jws = Jws.Sign(key, Type, payload);
                Jws.Verify(jws, Type, KeyOf).ShouldBeOfType<JwsOutcome.Verified>().Payload.ToArray().ShouldBe(payload);

                // One spelling per message: whatever character is changed, also to a spelling of the same bytes, it no longer holds.
                var place = at % jws.Length;
                foreach (var other in "Aaz09-_.=+ \n")
                {
                    if (other != jws[place])
                        Jws.Verify(string.Concat(jws.AsSpan(0, place), [other], jws.AsSpan(place + 1)), Type, KeyOf).ShouldBeOfType<JwsOutcome.Refused>();
                }
            }));

    [Fact]
    public void Verify_OfAnyText_NeverThrows() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(200),
        Prop.ForAll(
            Gen.OneOf(
                Gen.Elements("", ".", "..", "...", "e30.e30.e30", "é.é.é", new string('A', Jws.MaxLength + 1)),
                ArbMap.Default.GeneratorFor<byte[]>().Three().Select(of => $"{StrictBase64Url.Write(of.Item1)}.{StrictBase64Url.Write(of.Item2)}.{StrictBase64Url.Write(of.Item3)}"),
                ArbMap.Default.GeneratorFor<string>()).ToArbitrary(),
            text => Jws.Verify(text, Type, KeyOf).ShouldBe(new JwsOutcome.Refused(JwsFault.Malformed))));

    [Fact]
    public void Sign_BeyondEightKibibytes_Throws() => Should.Throw<ArgumentException>(() => Jws.Sign(Ed, Type, new byte[7_000]));

    [Theory]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a1"}""")] // spare bits
    [InlineData("""{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"}""")] // off the curve
    [InlineData("""{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"}""")]
    [InlineData("""{"kty":"OKP","crv":"X25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo="}""")]
    public void FromJwk_OfWhatIsNoSuchKey_IsNull(string jwk) =>
        VerifyingKey.FromJwk(JsonSerializer.Deserialize<Jwk>(jwk, JsonSerializerOptions.Web)).ShouldBeNull();

    private static VerifyingKey? KeyOf(string kid) => kid == Ed.Kid ? Ed.Public : kid == P256.Kid ? P256.Public : null;
}
