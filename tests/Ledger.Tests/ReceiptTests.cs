using System.Security.Cryptography;
using System.Text;
using Cofferdam.TestKit;

namespace Cofferdam.Ledger.Tests;

public sealed class ReceiptTests
{
    private static readonly byte[] SaltKey = RandomNumberGenerator.GetBytes(32);
    private static readonly DateTimeOffset Time = new(2026, 11, 22, 10, 0, 0, 123, 456, TimeSpan.Zero);

    private static readonly ReceiptFacts Facts = new()
    {
        Lab = Guid.NewGuid(),
        Project = Guid.NewGuid(),
        Purpose = "task",
        Records =
        [
            new ReceiptLine("item", Guid.NewGuid(), 1, RandomNumberGenerator.GetBytes(32), 1024, false),
            new ReceiptLine("guidelineSection", Guid.NewGuid(), 7, RandomNumberGenerator.GetBytes(32), 900, true),
        ],
        ActId = Guid.NewGuid(),
        Process = Guid.NewGuid(),
        Build = "0.1.0+3f2c1ab",
        Evaluation = true,
        Epoch = 4,
        BudgetAfter = 399,
        PrincipalKind = "person",
        Pseudonym = Guid.NewGuid(),
        Assignment = Guid.NewGuid(),
        Session = Guid.NewGuid(),
    };

    [Fact]
    public void Parse_EveryFieldSet_GivesTheFactsBack()
    {
        var facts = Facts with
        {
            Refusal = "suspended",
            Asked = [Guid.NewGuid(), Guid.NewGuid()],
            SealRoot = RandomNumberGenerator.GetBytes(32),
            Suspension = new SuspensionFacts(Guid.NewGuid(), "project", Guid.NewGuid(), "plannedPause", Time, 12),
            Proof = "attested",
        };
        var (what, who) = (Receipt.WriteWhat(facts), Receipt.WriteWho(facts));

        var parsed = Receipt.Parse(what, who);

        Receipt.WriteWhat(parsed).ShouldBe(what);
        Receipt.WriteWho(parsed).ShouldBe(who);
        (parsed with { Records = facts.Records, Asked = facts.Asked, SealRoot = facts.SealRoot }).ShouldBe(facts);
        parsed.Asked.ShouldBe(facts.Asked);
        parsed.SealRoot.ToArray().ShouldBe(facts.SealRoot.ToArray());
        foreach (var (line, expected) in parsed.Records.Zip(facts.Records, (line, expected) => (line, expected)))
        {
            line.ContentId.ToArray().ShouldBe(expected.ContentId.ToArray());
            (line with { ContentId = expected.ContentId }).ShouldBe(expected);
        }
    }

    [Fact]
    public void WriteWhat_NothingOptionalSet_HasOnlyWhatIsAlwaysThere()
    {
        var facts = new ReceiptFacts
        {
            Lab = Facts.Lab,
            Process = Facts.Process,
            Build = "b",
            Evaluation = false,
            Epoch = 0,
            PrincipalKind = "service",
            Pseudonym = Guid.Empty,
        };

        Encoding.UTF8.GetString(Receipt.WriteWhat(facts))
            .ShouldBe($$"""{"v":1,"lab":"{{facts.Lab}}","epoch":0,"process":"{{facts.Process}}","build":"b","evaluation":false}""");
        Encoding.UTF8.GetString(Receipt.WriteWho(facts))
            .ShouldBe("""{"v":1,"kind":"service","pseudonym":"00000000-0000-0000-0000-000000000000","proof":"asserted"}""");
        Receipt.Parse(Receipt.WriteWhat(facts), Receipt.WriteWho(facts)).Records.ShouldBeEmpty();
    }

    [Fact]
    public void WriteLeaf_TimeInAnotherZoneAndFiner_IsUtcToTheMicrosecond()
    {
        var time = Time.ToOffset(TimeSpan.FromHours(9)).AddTicks(7);
        var leaf = Receipt.WriteLeaf(0, time, "open", new byte[32], [], []);

        Encoding.UTF8.GetString(leaf).ShouldStartWith("""{"v":1,"seq":0,"time":"2026-11-22T10:00:00.123456Z","act":"open","what":""");
        Receipt.TryParseLeaf(leaf, out var facts).ShouldBeTrue();
        facts.ShouldBe(new LeafFacts(0, Time, "open"));
    }

    [Fact]
    public void Verify_AnyByteOfAnyPartChanged_IsFalse()
    {
        var (what, who) = (Receipt.WriteWhat(Facts), Receipt.WriteWho(Facts));
        var salt = Receipt.Salt(SaltKey, 5);
        var leaf = Receipt.WriteLeaf(5, Time, "open", salt, what, who);
        Receipt.Verify(leaf, what, who, salt).ShouldBeTrue();

        foreach (var part in new[] { what, who, salt })
        {
            for (var i = 0; i < part.Length; i++)
            {
                part[i] ^= 1;
                Receipt.Verify(leaf, what, who, salt).ShouldBeFalse($"byte {i}");
                part[i] ^= 1;
            }
        }

        // A digit of sequence or time, or a letter of the act, makes another well-formed leaf: the tree notices that one.
        for (var i = 0; i < leaf.Length; i++)
        {
            var changed = leaf.ToArray();
            changed[i] ^= 1;
            if (Receipt.Verify(changed, what, who, salt))
                MerkleTree.HashLeaf(changed).ShouldNotBe(MerkleTree.HashLeaf(leaf));
        }
    }

    [Fact]
    public void Verify_PartsSwapped_IsFalse()
    {
        var (what, who, salt) = (Receipt.WriteWhat(Facts), Receipt.WriteWho(Facts), Receipt.Salt(SaltKey, 0));
        Receipt.Verify(Receipt.WriteLeaf(0, Time, "open", salt, what, who), who, what, salt).ShouldBeFalse();
    }

    [Theory]
    [InlineData(" {leaf}")]
    [InlineData("{leaf} ")]
    [InlineData("{leaf}{leaf}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("")]
    public void Verify_LeafSpelledOtherwise_IsFalse(string form)
    {
        var salt = Receipt.Salt(SaltKey, 0);
        var leaf = Encoding.UTF8.GetString(Receipt.WriteLeaf(0, Time, "open", salt, [], []));
        Receipt.Verify(Encoding.UTF8.GetBytes(form.Replace("{leaf}", leaf, StringComparison.Ordinal)), [], [], salt).ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"v":1,"lab":"x"}""")]
    [InlineData("""{"v":2}""")]
    [InlineData("[]")]
    [InlineData("")]
    public void Parse_NotCanonical_Throws(string what) =>
        Should.Throw<FormatException>(() => Receipt.Parse(Encoding.UTF8.GetBytes(what), Receipt.WriteWho(Facts)));

    [Fact]
    public void Parse_KeysInAnotherOrderOrOneMore_Throws()
    {
        var (what, who) = (Receipt.WriteWhat(Facts), Encoding.UTF8.GetString(Receipt.WriteWho(Facts)));
        var more = who.Replace("\"v\":1,", "\"v\":1,\"more\":1,", StringComparison.Ordinal);
        var order = who.Replace("{\"v\":1,", "{", StringComparison.Ordinal).Replace("}", ",\"v\":1}", StringComparison.Ordinal);
        Should.Throw<FormatException>(() => Receipt.Parse(what, Encoding.UTF8.GetBytes(more)));
        Should.Throw<FormatException>(() => Receipt.Parse(what, Encoding.UTF8.GetBytes(order)));
    }

    [Fact]
    public void WriteWhat_AsManyRecordsAsAllowed_FitsTheFormat()
    {
        var lines = Enumerable.Repeat(new ReceiptLine("guidelineSection", Guid.NewGuid(), long.MaxValue, new byte[32], 16 << 20, true), 256).ToList();
        var asked = Enumerable.Repeat(Guid.NewGuid(), 256).ToList();

        Receipt.WriteWhat(Facts with { Records = lines, Asked = asked }).Length.ShouldBeLessThan(Receipt.MaxBytes);

        Should.Throw<ArgumentException>(() => Receipt.WriteWhat(Facts with { Records = [.. lines, lines[0]] }));
        Should.Throw<ArgumentException>(() => Receipt.WriteWhat(Facts with { Asked = [.. asked, Guid.NewGuid()] }));
    }

    [Fact]
    public void Salt_AnotherSequenceOrKey_Differs()
    {
        Receipt.Salt(SaltKey, 1).ShouldBe(Receipt.Salt(SaltKey, 1));
        Receipt.Salt(SaltKey, 1).ShouldNotBe(Receipt.Salt(SaltKey, 2));
        Receipt.Salt(SaltKey, 1).ShouldNotBe(Receipt.Salt(RandomNumberGenerator.GetBytes(32), 1));
        Should.Throw<ArgumentException>(() => Receipt.Salt([], 1));
    }

    [Fact]
    public async Task Verify_OwnVectors_IsASoundLedgerOfTheSameBytes()
    {
        var vectors = Vectors.Own("receipt.json");
        var entries = vectors.GetProperty("entries").EnumerateArray().Select(Ledgers.Entry).ToList();
        entries.Count.ShouldBe(5);

        for (var i = 0; i < entries.Count; i++)
        {
            var (leaf, what, who, salt) = entries[i];
            Receipt.Salt(vectors.Hex("saltKey"), i).ShouldBe(salt.ToArray());
            var facts = Receipt.Parse(what.Span, who.Span);
            Receipt.TryParseLeaf(leaf.Span, out var clear).ShouldBeTrue();
            Receipt.WriteLeaf(i, clear.Time, clear.Act, salt.Span, Receipt.WriteWhat(facts), Receipt.WriteWho(facts)).ShouldBe(leaf.ToArray());
        }

        (await LedgerVerification.VerifyAsync(entries.ToAsyncEnumerable(), 5, vectors.GetProperty("root").GetBytesFromBase64()))
            .ShouldBe(new LedgerFinding.Sound(5));
    }
}
