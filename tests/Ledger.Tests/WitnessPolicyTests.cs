using System.Text;

namespace Cofferdam.Ledger.Tests;

public sealed class WitnessPolicyTests
{
    private static readonly LogSigner[] Witnesses = [.. Enumerable.Range(1, 5).Select(i => new LogSigner($"w{i}.test", TestLogs.Seed((byte)(20 + i))))];

    private static string Named => $"log {TestLogs.Log.Verifier}\n" + string.Concat(Witnesses.Select((witness, i) => $"witness w{i + 1} {witness.Cosigner} https://w{i + 1}.test/\n"));

    [Theory]
    [InlineData("quorum none\n", "", true)]
    [InlineData("quorum w2\n", "1 3 4 5", false)]
    [InlineData("quorum w2\n", "2", true)]
    [InlineData("group g any w1 w2\nquorum g\n", "3", false)]
    [InlineData("group g any w1 w2\nquorum g\n", "2", true)]
    [InlineData("group g all w1 w2\nquorum g\n", "2", false)]
    [InlineData("group g all w1 w2\nquorum g\n", "1 2", true)]
    [InlineData("group x 2 w1 w2 w3\ngroup y any w4 w5\ngroup both all x y\nquorum both\n", "1 3 4", true)]
    [InlineData("group x 2 w1 w2 w3\ngroup y any w4 w5\ngroup both all x y\nquorum both\n", "1 4 5", false)]
    [InlineData(" # a comment\n\n\tgroup \t g  any w1 \n quorum g\t\n", "1", true)]
    public void Open_Quorum_IsAsTheRuleSays(string rule, string cosigned, bool expected)
    {
        var policy = TestLogs.Parse(Named + rule);
        var note = new Checkpoint(TestLogs.Origin, 0, MerkleTree.EmptyRoot).Sign(TestLogs.Log);
        foreach (var number in cosigned.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            note = note.With(Cosignature.Sign(Witnesses[int.Parse(number) - 1], note.Text, DateTimeOffset.UnixEpoch));

        policy.Satisfied(note.ToBytes()).ShouldBe(expected);
    }

    [Fact]
    public void Open_WitnessOverAnotherCheckpoint_IsRefused()
    {
        var note = new Checkpoint(TestLogs.Origin, 0, MerkleTree.EmptyRoot).Sign(TestLogs.Log);

        TestLogs.Policy.Open(note.With(Cosignature.Sign(TestLogs.Witness, "another\n", DateTimeOffset.UnixEpoch)).ToBytes())
            .ShouldBe(new PolicyOpening.FalseSignature(TestLogs.Witness.Cosigner.Name));
        TestLogs.Policy.Open(note.ToBytes()).ShouldBeOfType<PolicyOpening.NoQuorum>();
    }

    [Theory]
    [InlineData("")]
    [InlineData("quorum g\n")]
    [InlineData("quorum none")]
    [InlineData("quorum none\nquorum none\n")]
    [InlineData("quorum none\r\n")]
    [InlineData("group g any\nquorum g\n")]
    [InlineData("group g 0 w1\nquorum g\n")]
    [InlineData("group g 2 w1\nquorum g\n")]
    [InlineData("group g 01 w1\nquorum g\n")]
    [InlineData("group g any w1 w1\nquorum g\n")]
    [InlineData("group g any w1\ngroup h any w1\nquorum h\n")]
    [InlineData("group w1 any w2\nquorum w1\n")]
    [InlineData("group none any w2\nquorum none\n")]
    [InlineData("group g any none\nquorum g\n")]
    [InlineData("group g any h\ngroup h any w1\nquorum g\n")]
    [InlineData("witnesses\nquorum none\n")]
    [InlineData("log a+b+c\nquorum none\n")]
    public void TryParse_NotAPolicy_SaysWhy(string rule)
    {
        WitnessPolicy.TryParse(Encoding.UTF8.GetBytes(rule.Length == 0 ? "" : Named + rule), out _, out var wrong).ShouldBeFalse();
        wrong.ShouldNotBeEmpty();
    }

    [Fact]
    public void TryParse_KeysOfTheWrongKindOrTwice_IsFalse()
    {
        Parses($"log {TestLogs.Log.Cosigner}\n").ShouldBeFalse();
        Parses($"witness w {TestLogs.Log.Verifier}\n").ShouldBeFalse();
        Parses($"log {TestLogs.Log.Verifier}\nlog {new LogSigner("renamed", TestLogs.Seed(1)).Verifier}\n").ShouldBeFalse();
        Parses($"witness a {TestLogs.Witness.Cosigner}\nwitness b {TestLogs.Witness.Cosigner}\n").ShouldBeFalse();
        Parses($"log {TestLogs.Log.Verifier}\nwitness a {TestLogs.Witness.Cosigner}\n").ShouldBeTrue();

        static bool Parses(string lines) => WitnessPolicy.TryParse(Encoding.UTF8.GetBytes(lines + "quorum none\n"), out _, out _);
    }
}
