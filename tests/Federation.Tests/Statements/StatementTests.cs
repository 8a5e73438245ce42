using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cofferdam.Federation.Keys;
using Cofferdam.Federation.Signing;
using Cofferdam.Federation.Statements;

namespace Cofferdam.Federation.Tests.Statements;

public sealed class StatementTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 29, 0, 59, 30, TimeSpan.Zero);
    private static readonly Guid Lab = Guid.NewGuid();

    private readonly NodeIdentity vendor = NodeIdentity.Create();

    [Theory]
    [InlineData(KeyAlgorithm.Es256)]
    [InlineData(KeyAlgorithm.EdDsa)]
    public void Read_OfWhatWasIssued_SaysTheSame(KeyAlgorithm algorithm)
    {
        var identity = NodeIdentity.Create(algorithm);
        var said = Statement(identity.Node) with
        {
            Skills = [new("lang:de", new(2026, 1, 2))],
            Qualifications = [new("preference-2", new(2026, 2, 3), 92), new("spans", new(2026, 2, 4))],
            Agreements = [new("nda", 3, new(2025, 12, 31))],
            TrainedUntil = new(2026, 12, 31),
            Confirmation = new("0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"),
        };
        var read = Read(said.Issue(identity.StatementKey), identity).ShouldBeOfType<StatementOutcome.Taken>();
        JsonSerializer.Serialize(read.Statement, FederationJson.Default.EngagementStatement)
            .ShouldBe(JsonSerializer.Serialize(said, FederationJson.Default.EngagementStatement));
        read.Key.ShouldBe(identity.StatementKey.Public);
    }

    [Theory]
    [InlineData(+5 * 60, 0, null)]
    [InlineData((5 * 60) + 1, 0, StatementFault.NotYet)]
    [InlineData(-86_400 + 1, 0, null)]
    [InlineData(-86_400, 0, StatementFault.Expired)]
    [InlineData(-60, 86_340, StatementFault.Expired)] // issued for a minute
    public void Read_WithTheIssuersClockAhead_TakesUpToFiveMinutes_AndNothingAfterItsEnd(int issuedAfter, int shorter, StatementFault? fault)
    {
        var issued = Now.AddSeconds(issuedAfter);
        var said = Statement(vendor.Node) with { IssuedAt = issued, ExpiresAt = issued.AddHours(24).AddSeconds(-shorter) };
        var later = shorter > 0 ? Now.AddMinutes(6) : Now;
        FaultOf(EngagementStatement.Read(said.Issue(vendor.StatementKey), vendor.Node, Lab, vendor.PublicKeys(Now), later)).ShouldBe(fault);
    }

    [Fact]
    public void Read_OfAnothersWord_IsRefused()
    {
        var other = NodeIdentity.Create();
        // Forged: signed by somebody else, under their own key id or under the vendor's.
        FaultOf(Read(Statement(vendor.Node).Issue(other.StatementKey), vendor)).ShouldBe(StatementFault.UnknownKey);
        var forged = Statement(vendor.Node).Issue(vendor.StatementKey).Split('.');
        var theirs = (Statement(vendor.Node) with { Role = StatementRole.Lead }).Issue(vendor.StatementKey).Split('.');
        FaultOf(Read($"{forged[0]}.{theirs[1]}.{forged[2]}", vendor)).ShouldBe(StatementFault.Signature);

        // Genuine, but of another vendor's name, for another lab's node, or signed as a withdrawal.
        FaultOf(Read(Statement(other.Node).Issue(vendor.StatementKey), vendor)).ShouldBe(StatementFault.Issuer);
        FaultOf(Read((Statement(vendor.Node) with { Audience = Guid.NewGuid() }).Issue(vendor.StatementKey), vendor)).ShouldBe(StatementFault.Audience);
        FaultOf(Read(Withdrawal(vendor.Node).Issue(vendor.StatementKey), vendor)).ShouldBe(StatementFault.Type);

        // A federation key signs no statements.
        FaultOf(Read(Statement(vendor.Node).Issue(vendor.FederationKey), vendor)).ShouldBe(StatementFault.UnknownKey);
    }

    [Fact]
    public void Read_AfterRotation_TakesTheOldKeyUntilItsEnd_AndAtOnceNoMoreAfterATheft()
    {
        var old = Statement(vendor.Node).Issue(vendor.StatementKey);
        var rotated = vendor.WithNewStatementKey(Now, TimeSpan.FromHours(1));
        Read(old, rotated).ShouldBeOfType<StatementOutcome.Taken>();
        FaultOf(EngagementStatement.Read(old, vendor.Node, Lab, rotated.PublicKeys(Now), Now.AddHours(1))).ShouldBe(StatementFault.UnknownKey);

        var stolen = rotated.WithNewStatementKey(Now, TimeSpan.Zero);
        FaultOf(Read(old, stolen)).ShouldBe(StatementFault.UnknownKey);
        Read(Statement(vendor.Node).Issue(stolen.StatementKey), stolen).ShouldBeOfType<StatementOutcome.Taken>();
    }

    [Theory]
    [InlineData("exp", """99999999999""")] // longer than a day
    [InlineData("iat", """1774745970.5""")]
    [InlineData("iat", "\"1774745970\"")]
    [InlineData("sub", "\"anna@example.com\"")]
    [InlineData("role", "\"owner\"")]
    [InlineData("role", "1")]
    [InlineData("eng", "null")]
    [InlineData("jti", null)]
    [InlineData("lab", "\"Not A Slug\"")]
    [InlineData("skl", "[null]")]
    [InlineData("qual", """[{"code":"a","at":"2026-01-01","score":101}]""")]
    [InlineData("agr", """[{"code":"nda","version":0,"at":"2026-01-01"}]""")]
    [InlineData("cnf", """{"jkt":"short"}""")]
    [InlineData("admin", "true")]
    public void Read_OfClaimsThatNobodyMayMake_IsMalformedThoughSigned(string claim, string? value)
    {
        var claims = JsonSerializer.SerializeToNode(Statement(vendor.Node), FederationJson.Default.EngagementStatement)!.AsObject();
        claims.Remove(claim);
        if (value is not null)
            claims[claim] = JsonNode.Parse(value);
        FaultOf(Read(Jws.Sign(vendor.StatementKey, EngagementStatement.Type, Encoding.UTF8.GetBytes(claims.ToJsonString())), vendor))
            .ShouldBe(StatementFault.Malformed);
    }

    [Fact]
    public void Withdrawal_OfLongAgo_IsStillTaken_ButNotAnothersOrTomorrows()
    {
        var withdrawal = Withdrawal(vendor.Node);
        ReadWithdrawal(withdrawal, Now.AddDays(30)).ShouldBeOfType<WithdrawalOutcome.Taken>().Withdrawal.ShouldBe(withdrawal);
        ReadWithdrawal(withdrawal, Now.AddHours(-1)).ShouldBe(new WithdrawalOutcome.Refused(StatementFault.NotYet));
        ReadWithdrawal(withdrawal with { Audience = Guid.NewGuid() }, Now).ShouldBe(new WithdrawalOutcome.Refused(StatementFault.Audience));
    }

    private static EngagementStatement Statement(Guid issuer) => new()
    {
        Issuer = issuer,
        Audience = Lab,
        Lab = "acme",
        Subject = "AAECAwQFBgcICQoLDA0ODw",
        Engagement = Guid.NewGuid(),
        Role = StatementRole.Expert,
        IssuedAt = Now,
        ExpiresAt = Now.AddHours(24),
        Id = Guid.NewGuid(),
    };

    private static Withdrawal Withdrawal(Guid issuer) => new()
    {
        Issuer = issuer,
        Audience = Lab,
        Engagement = Guid.NewGuid(),
        Subject = "AAECAwQFBgcICQoLDA0ODw",
        IssuedAt = Now,
        Id = Guid.NewGuid(),
        Reason = WithdrawalReason.Conduct,
    };

    private static StatementOutcome Read(string jws, NodeIdentity issuer) => EngagementStatement.Read(jws, issuer.Node, Lab, issuer.PublicKeys(Now), Now);

    private WithdrawalOutcome ReadWithdrawal(Withdrawal withdrawal, DateTimeOffset now) =>
        Federation.Statements.Withdrawal.Read(withdrawal.Issue(vendor.StatementKey), vendor.Node, Lab, vendor.PublicKeys(Now), now);

    private static StatementFault? FaultOf(StatementOutcome outcome) => (outcome as StatementOutcome.Refused)?.Fault;
}
