using System.Security.Cryptography;
using Cofferdam.Federation.Keys;
using Cofferdam.Federation.Pairing;
using FsCheck;
using FsCheck.Fluent;

namespace Cofferdam.Federation.Tests.Pairing;

public sealed class FingerprintTests
{
    private static readonly SigningKey[] Federation = [.. Enumerable.Range(0, 4).Select(_ => SigningKey.Generate(KeyAlgorithm.EdDsa))];
    private static readonly SigningKey[] Statement = [.. Enumerable.Range(0, 4).Select(i => SigningKey.Generate(i % 2 == 0 ? KeyAlgorithm.Es256 : KeyAlgorithm.EdDsa))];

    private static readonly Gen<NodeCard> Nodes =
        from id in ArbMap.Default.GeneratorFor<Guid>()
        from federation in Gen.Elements(Federation)
        from statement in Gen.Elements(Statement)
        select new NodeCard(id, federation.Public, statement.Public);

    [Fact]
    public void Of_AnyTwoNodes_IsSixGroupsOfFive_TheSameFromBothSides_AndOthersForOthers() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(
            (from one in Nodes from other in Nodes from pairing in ArbMap.Default.GeneratorFor<Guid>() select (one, other, pairing)).ToArbitrary(),
            drawn =>
            {
                var (one, other, pairing) = drawn;
                var (first, second) = (RandomNumberGenerator.GetBytes(Fingerprint.SaltBytes), RandomNumberGenerator.GetBytes(Fingerprint.SaltBytes));
                var digits = Fingerprint.Of(one, other, pairing, first, second);
                digits.ShouldMatch("^[0-9]{5}( [0-9]{5}){5}$");
                Fingerprint.Of(other, one, pairing, first, second).ShouldBe(digits);
                Fingerprint.Matches(digits.Replace(" ", "", StringComparison.Ordinal), digits).ShouldBeTrue();

                // Somebody in between has keys of their own, and may pass on id, pairing and salts as they are.
                Fingerprint.Of(one with { Federation = Other(Federation, one.Federation) }, other, pairing, first, second).ShouldNotBe(digits);
                Fingerprint.Of(one, other with { Statement = Other(Statement, other.Statement) }, pairing, first, second).ShouldNotBe(digits);
                Fingerprint.Of(one with { Node = Guid.NewGuid() }, other, pairing, first, second).ShouldNotBe(digits);
                Fingerprint.Of(one, other, Guid.NewGuid(), first, second).ShouldNotBe(digits);
                Fingerprint.Of(one, other, pairing, second, first).ShouldNotBe(digits);
            }));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("00000 00000 00000 00000 00000 0000")]
    [InlineData("00000 00000 00000 00000 00000 00001")]
    public void Matches_OfOtherDigits_IsFalse(string? given) => Fingerprint.Matches(given, "00000 00000 00000 00000 00000 00000").ShouldBeFalse();

    private static VerifyingKey Other(SigningKey[] keys, VerifyingKey than) => keys.First(key => !key.Public.Equals(than)).Public;
}
