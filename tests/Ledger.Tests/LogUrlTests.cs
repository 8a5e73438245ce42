using System.Net;

namespace Cofferdam.Ledger.Tests;

public sealed class LogUrlTests
{
    [Fact]
    public async Task VerifyAsync_ServedLog_IsSound()
    {
        var log = await TestLogs.InMemoryAsync(TestLogs.Leaves(300));
        using var http = new HttpClient(new Served(log));

        var report = await LogVerification.VerifyAsync(new LogUrl(http, new Uri("https://lab.test/log")), new LogCheck { Policy = TestLogs.Policy });

        report.Sound.ShouldBeTrue();
    }

    // A server that says nothing of the length, and sends without an end.
    [Fact]
    public async Task ReadAsync_LongerThanAllowed_IsNotReadOn()
    {
        var log = new MemoryLog();
        log.Files["checkpoint"] = new byte[SignedNote.MaxBytes + 1];
        log.Files["tile/0/000"] = new byte[8193];
        using var http = new HttpClient(new Served(log));
        var source = new LogUrl(http, new Uri("https://lab.test/log/"));

        await Should.ThrowAsync<InvalidDataException>(() => source.ReadCheckpointAsync().AsTask());
        (await source.ReadTileAsync(new TilePath(0, 0, 256))).ShouldBeNull();
        (await LogVerification.VerifyAsync(source, new LogCheck { Policy = TestLogs.Policy })).Findings.ShouldHaveSingleItem().Fault.ShouldBe(LogFault.NoCheckpoint);
    }

    [Fact]
    public async Task ReadAsync_ServerInTrouble_IsNoAnswer()
    {
        using var http = new HttpClient(new Served(null));

        await Should.ThrowAsync<HttpRequestException>(() => new LogUrl(http, new Uri("https://lab.test/log")).ReadCheckpointAsync().AsTask());
    }

    private sealed class Served(MemoryLog? log) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri!.AbsolutePath;
            path.ShouldStartWith("/log/");
            var answer = new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
            if (log is not null)
            {
                var found = log.Files.TryGetValue(path["/log/".Length..], out var content);
                answer = new HttpResponseMessage(found ? HttpStatusCode.OK : HttpStatusCode.NotFound) { Content = new StreamContent(new MemoryStream(content ?? [])) };
                answer.Content.Headers.ContentLength = null;
            }

            return Task.FromResult(answer);
        }
    }
}
