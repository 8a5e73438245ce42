using System.Security.Cryptography;
using Cofferdam.Sealing.Recovery;
using FsCheck;
using FsCheck.Fluent;

namespace Cofferdam.Sealing.Tests;

public sealed class RecoveryTests
{
    private static readonly byte[] LabKey = RandomNumberGenerator.GetBytes(32);

    [Fact]
    public void TryUnwrap_WithTheSharesPutTogether_GivesTheKey()
    {
        var (publicKey, shares) = RecoveryKey.Create(threshold: 3, count: 5);
        var wrapped = RecoveryKey.Wrap(publicKey, "lab"u8, LabKey);
        var (otherPublic, _) = RecoveryKey.Create(2, 2);

        var privateKey = Combined([shares[4], shares[0], shares[2]]);

        RecoveryKey.TryUnwrap(privateKey, "lab"u8, wrapped, out var key).ShouldBeTrue();
        key.ShouldBe(LabKey);
        RecoveryKey.TryUnwrap(privateKey, "other"u8, wrapped, out _).ShouldBeFalse();
        RecoveryKey.TryUnwrap(privateKey, "lab"u8, RecoveryKey.Wrap(otherPublic, "lab"u8, LabKey), out _).ShouldBeFalse();
        for (var i = 0; i < wrapped.Length; i++)
        {
            wrapped[i] ^= 1;
            RecoveryKey.TryUnwrap(privateKey, "lab"u8, wrapped, out _).ShouldBeFalse($"byte {i}");
            wrapped[i] ^= 1;
        }
    }

    [Fact]
    public void TryCombine_AnyThresholdCountAndChoice_NeedsAsManyAsWereAskedForAndNoMore() =>
        Prop.ForAll(Arb.From(Splits()), split =>
        {
            var shares = RecoveryKey.Create(split.Threshold, split.Count).Shares;
            var mixed = shares.OrderBy(share => HashCode.Combine(share, split.Seed)).ToList();

            var combined = RecoveryShares.TryCombine(mixed[..split.Threshold]) is CombineOutcome.Combined;
            var tooFew = RecoveryShares.TryCombine(mixed[1..split.Threshold]) == new CombineOutcome.TooFew(split.Threshold - 1, split.Threshold);
            var all = RecoveryShares.TryCombine(mixed) is CombineOutcome.Combined;
            return combined && tooFew && all;
        }).QuickCheckThrowOnFailure();

    // With one share less than needed, every value of a byte of the key is as likely as any other: each fits some share.
    [Fact]
    public void Split_OneShareLessThanNeeded_FitsEveryKey()
    {
        var secret = RandomNumberGenerator.GetBytes(32);
        var share = RecoveryShare.Read(RecoveryShares.Split(secret, new byte[8], 2, 2)[0])!;

        var guesses = Enumerable.Range(0, 256).Select(second =>
        {
            // The line through (1, share) and (2, second), at 0.
            var slope = GaloisField.Multiply((byte)(share.Payload[0] ^ second), GaloisField.Invert(3));
            return (byte)(share.Payload[0] ^ slope);
        });

        guesses.Distinct().Count().ShouldBe(256);
    }

    [Fact]
    public void TryCombine_AnyLetterOfAShareChanged_NamesTheShare()
    {
        var shares = RecoveryKey.Create(2, 3).Shares;
        var good = shares[1];
        for (var i = 0; i < good.Length; i++)
        {
            if (good[i] == '-')
                continue;
            var changed = good.ToCharArray();
            changed[i] = changed[i] == '7' ? '8' : '7';
            var outcome = RecoveryShares.TryCombine([shares[0], new string(changed)]);
            outcome.ShouldBe(new CombineOutcome.Faulty(1, ShareFault.Mistyped), $"letter {i}");
        }
    }

    [Fact]
    public void TryCombine_AsPeopleType_ReadsTheShares()
    {
        var shares = RecoveryKey.Create(2, 2).Shares;
        // In the letters of the base 32, which come after the fingerprint, O is read as 0 and l as 1.
        var letters = string.Join("-", shares[1].Split('-')[4..]);
        var typed = shares[1].Replace(letters, letters.Replace('0', 'O').Replace('1', 'l').Replace("-", " ", StringComparison.Ordinal), StringComparison.Ordinal);

        Combined([$"  {shares[0].ToLowerInvariant()}\n", typed]).Length.ShouldBe(32);
    }

    [Fact]
    public void TryCombine_ForeignRepeatedOrMadeUpShare_IsTold()
    {
        var shares = RecoveryKey.Create(2, 3).Shares;
        var foreign = RecoveryKey.Create(2, 3).Shares;
        var madeUp = RecoveryShare.Read(shares[1])! with { Payload = new byte[32] };

        RecoveryShares.TryCombine([shares[0], foreign[1]]).ShouldBe(new CombineOutcome.Faulty(1, ShareFault.OfAnotherKey));
        RecoveryShares.TryCombine([shares[0], shares[0]]).ShouldBe(new CombineOutcome.Faulty(1, ShareFault.Twice));
        RecoveryShares.TryCombine([shares[0], "CFR1"]).ShouldBe(new CombineOutcome.Faulty(1, ShareFault.Mistyped));
        RecoveryShares.TryCombine([shares[0], madeUp.Write()]).ShouldBe(new CombineOutcome.DoNotFit());
        RecoveryShares.TryCombine([]).ShouldBe(new CombineOutcome.TooFew(0, 2));
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(4, 3)]
    [InlineData(2, 17)]
    public void Create_NumbersThatMakeNoSense_Throws(int threshold, int count) =>
        Should.Throw<ArgumentOutOfRangeException>(() => RecoveryKey.Create(threshold, count));

    [Fact]
    public void Multiply_Fips197AndEveryInverse_AreRight()
    {
        // FIPS 197 §4.2: {57} · {83} = {c1}, {57} · {13} = {fe}.
        GaloisField.Multiply(0x57, 0x83).ShouldBe((byte)0xC1);
        GaloisField.Multiply(0x57, 0x13).ShouldBe((byte)0xFE);
        for (var a = 1; a < 256; a++)
            GaloisField.Multiply((byte)a, GaloisField.Invert((byte)a)).ShouldBe((byte)1, $"{a}");
    }

    private static byte[] Combined(IReadOnlyList<string> shares) => RecoveryShares.TryCombine(shares).ShouldBeOfType<CombineOutcome.Combined>().PrivateKey;

    private static Gen<(int Threshold, int Count, int Seed)> Splits() =>
        from count in Gen.Choose(2, RecoveryShares.Most)
        from threshold in Gen.Choose(2, count)
        from seed in Gen.Choose(0, int.MaxValue)
        select (threshold, count, seed);
}
