using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Cofferdam.Federation.Engagements;

namespace Cofferdam.Bench;

/// <summary>How soon a lab's open pages know that work has stopped, and its sessions that they are over.</summary>
/// <param name="cookies">Of the people whose pages are open.</param>
internal sealed class LabTelling(HttpClient http, Guid project, IReadOnlyList<string> cookies)
{
    private static readonly TimeSpan UntilAllWait = TimeSpan.FromSeconds(2);

    /// <summary>Suspends the project while everybody's page waits.</summary>
    /// <returns>Milliseconds from the request that suspends until each was told.</returns>
    public async Task<double[]> SuspendAsync(string owner, int pages)
    {
        long begun = 0;
        var waiting = Enumerable.Range(0, pages).Select(async i =>
        {
            var reply = await http.AskAsync(Waiting(cookies[i % cookies.Count]));
            var told = NodeHttp.Since(Volatile.Read(ref begun));
            using var standing = JsonDocument.Parse(reply);
            return standing.RootElement.GetProperty("suspended").GetString() == "plannedPause" ? told : throw new InvalidOperationException($"told something else: {standing.RootElement}");
        }).ToArray();
        await Task.Delay(UntilAllWait);
        if (waiting.Any(page => page.IsCompleted))
            throw new InvalidOperationException("a page was told of a suspension before there was one");

        Volatile.Write(ref begun, Stopwatch.GetTimestamp());
        using var suspension = JsonDocument.Parse(await http.AskAsync(new HttpRequestMessage(HttpMethod.Post, "/api/labs/lab/suspensions")
        {
            Content = JsonContent.Create(new { scope = "project", id = project, reason = "plannedPause" }),
        }.As(owner)));
        var told = await Task.WhenAll(waiting);
        await http.AskAsync(new HttpRequestMessage(HttpMethod.Delete, $"/api/labs/lab/suspensions/{suspension.RootElement.GetProperty("suspension").GetGuid()}").As(owner));
        return told;
    }

    /// <summary>The vendor hands in the withdrawals of all at once, while everybody's page waits.</summary>
    /// <param name="withdrawals">Of those whose cookies these are, in their order.</param>
    /// <returns>Milliseconds from the request that hands them in until each page knew that its session is over; and whether every session is.</returns>
    public async Task<(double[] Told, bool AllEnded)> WithdrawAsync(BenchPeer vendor, IReadOnlyList<string> withdrawals)
    {
        long begun = 0;
        var waiting = Enumerable.Range(0, withdrawals.Count).Select(async i =>
        {
            // Nothing has changed, or work has just gone on: a page then asks again.
            while (true)
            {
                using var reply = await http.SendAsync(Waiting(cookies[i]));
                if (reply.StatusCode is HttpStatusCode.Unauthorized)
                    return Volatile.Read(ref begun) is var since and > 0 ? NodeHttp.Since(since) : throw new InvalidOperationException("a session was over before it was ended");
                reply.EnsureSuccessStatusCode();
            }
        }).ToArray();
        await Task.Delay(UntilAllWait);
        Volatile.Write(ref begun, Stopwatch.GetTimestamp());
        foreach (var some in withdrawals.Chunk(EngagementJson.MostStatements))
            await http.AskAsync(vendor.Signed("/federation/withdrawals", EngagementJson.Write([.. some])));
        var told = await Task.WhenAll(waiting);
        var ended = true;
        for (var i = 0; i < withdrawals.Count; i++)
        {
            using var reply = await http.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/api/session").As(cookies[i]));
            ended &= reply.StatusCode is HttpStatusCode.Unauthorized;
        }

        return (told, ended);
    }

    private HttpRequestMessage Waiting(string cookie) => new HttpRequestMessage(HttpMethod.Get, $"/api/labs/lab/told/{project}?known=none").As(cookie);
}
