using System.Text;
using Cofferdam.Federation.Events;
using Cofferdam.Federation.Keys;

namespace Cofferdam.Federation.Tests.Events;

public sealed class WorkEventTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_774_745_970);

    private readonly NodeIdentity lab = NodeIdentity.Create();

    [Fact]
    public void Read_OfWhatWasWritten_IsTheSame_AndSaysNothingElse()
    {
        var events = Events(from: 41, count: 3);
        var body = WorkEventBatch.Write(events);
        WorkEventBatch.Read(body).ShouldNotBeNull().ShouldBe(events);
        Encoding.UTF8.GetString(WorkEventBatch.Write([events[0] with { Data = null, Subject = null }])).ShouldBe(
            $$"""[{"specversion":"1.0","id":"{{events[0].Id}}","source":"{{events[0].Source}}","type":"cofferdam.assignment.submitted","time":"2026-03-29T00:59:30+00:00","cfdseq":41}]""");
    }

    [Fact]
    public void Write_OfEventsOutOfOrder_Throws()
    {
        var events = Events(from: 1, count: 3);
        Should.Throw<ArgumentException>(() => WorkEventBatch.Write([events[1], events[0]]));
        Should.Throw<ArgumentException>(() => WorkEventBatch.Write([events[0], events[2]]));
        Should.Throw<ArgumentException>(() => WorkEventBatch.Write([events[0], events[1] with { Source = "/labs/other" }]));
        Should.Throw<ArgumentException>(() => WorkEventBatch.Write([]));
    }

    [Theory]
    [InlineData("\"cfdseq\":41", "\"cfdseq\":0")]
    [InlineData("\"cfdseq\":41", "\"cfdseq\":2147483648")]
    [InlineData("\"cfdseq\":41", "\"cfdseq\":41,\"cfdseq\":41")]
    [InlineData("\"specversion\":\"1.0\"", "\"specversion\":\"0.3\"")]
    [InlineData("\"specversion\":\"1.0\",", "")]
    [InlineData("\"seconds\":90", "\"seconds\":-1")]
    [InlineData("\"seconds\":90", "\"seconds\":86401")]
    [InlineData("\"seconds\":90", "\"prompt\":\"text of a lab's\"")]
    [InlineData("\"kind\":\"task\"", "\"kind\":\"holiday\"")]
    [InlineData("\"kind\":\"task\"", "\"kind\":\"task\",\"reason\":\"Anna was late\"")]
    [InlineData("[{", "[null,{")]
    [InlineData("[{", "{")]
    public void Read_OfABatchThatIsNotOurs_IsNull(string part, string instead)
    {
        var body = Encoding.UTF8.GetString(WorkEventBatch.Write(Events(from: 41, count: 1)));
        var changed = body.Replace(part, instead, StringComparison.Ordinal);
        changed.ShouldNotBe(body);
        WorkEventBatch.Read(Encoding.UTF8.GetBytes(changed)).ShouldBeNull();
    }

    [Fact]
    public void Verify_OfASignedBody_HoldsForItsIdTimeAndBytesAlone()
    {
        var body = "[]"u8.ToArray();
        var signature = WebhookSignature.Sign([lab.FederationKey], "m1", Now, body);
        signature.ShouldStartWith("v1a,");
        Verify("m1", "1774745970", signature, body).ShouldBe(WebhookVerdict.Genuine);
        Verify("m2", "1774745970", signature, body).ShouldBe(WebhookVerdict.Signature);
        Verify("m1", "1774745971", signature, body).ShouldBe(WebhookVerdict.Signature);
        Verify("m1", "1774745970", signature, "[ ]"u8.ToArray()).ShouldBe(WebhookVerdict.Signature);
        Verify("m1", "01774745970", signature, body).ShouldBe(WebhookVerdict.Malformed);
        Verify("m.1", "1774745970", signature, body).ShouldBe(WebhookVerdict.Malformed);
        Verify("m1", "1774745970", null, body).ShouldBe(WebhookVerdict.Malformed);
        Verify("m1", "1774745970", signature.Replace("v1a,", "v1,", StringComparison.Ordinal), body).ShouldBe(WebhookVerdict.Signature);
        Verify("m1", "1774745970", "v1a,A", body).ShouldBe(WebhookVerdict.Signature);
    }

    [Theory]
    [InlineData(-300, WebhookVerdict.Genuine)]
    [InlineData(300, WebhookVerdict.Genuine)]
    [InlineData(-301, WebhookVerdict.Clock)]
    [InlineData(301, WebhookVerdict.Clock)]
    public void Verify_WithClocksApart_TakesUpToFiveMinutesBothWays(int seconds, WebhookVerdict verdict)
    {
        var signature = WebhookSignature.Sign([lab.FederationKey], "m1", Now, "[]"u8);
        WebhookSignature.Verify(lab.PublicKeys(Now).FederationKeys(Now), "m1", "1774745970", signature, "[]"u8, Now.AddSeconds(seconds)).ShouldBe(verdict);
    }

    [Fact]
    public void Verify_DuringRotation_HoldsForWhoKnowsEitherKey_AndAfterATheftForTheNewOneAlone()
    {
        var rotated = lab.WithNewFederationKey(Now, TimeSpan.FromDays(7));
        var both = WebhookSignature.Sign(rotated.FederationKeys(Now), "m1", Now, "[]"u8);
        both.Split(' ').Length.ShouldBe(2);
        Verify("m1", "1774745970", both, "[]"u8.ToArray()).ShouldBe(WebhookVerdict.Genuine);
        WebhookSignature.Verify([rotated.FederationKey.Public], "m1", "1774745970", both, "[]"u8, Now).ShouldBe(WebhookVerdict.Genuine);

        var stolen = lab.WithNewFederationKey(Now, TimeSpan.Zero).PublicKeys(Now);
        var thief = WebhookSignature.Sign([lab.FederationKey], "m1", Now, "[]"u8);
        WebhookSignature.Verify(stolen.FederationKeys(Now), "m1", "1774745970", thief, "[]"u8, Now).ShouldBe(WebhookVerdict.Signature);
    }

    private WebhookVerdict Verify(string id, string time, string? signature, byte[] body) =>
        WebhookSignature.Verify(lab.PublicKeys(Now).FederationKeys(Now), id, time, signature, body, Now);

    private static List<WorkEvent> Events(long from, int count)
    {
        var source = WorkEvent.SourceOf("acme", Guid.NewGuid());
        return [.. Enumerable.Range(0, count).Select(i => new WorkEvent(
            Guid.NewGuid(), source, WorkEventTypes.AssignmentSubmitted, Now, from + i, Guid.NewGuid(),
            new WorkEventData(Guid.NewGuid(), Guid.NewGuid(), WorkKind.Task, 90)))];
    }
}
