using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Cofferdam.Federation.Events;

namespace Cofferdam.Bench;

/// <summary>What came of handing a vendor's node work events.</summary>
/// <param name="Events">Told, each counted once.</param>
/// <param name="Batches">All that were sent.</param>
/// <param name="Repeated">Of these, sent a second time.</param>
/// <param name="Exact">Kept events, pay entries and minor units are just those of the events, each once.</param>
internal sealed record Intake(int Events, int Batches, int Repeated, double Seconds, bool Exact, string Kept)
{
    /// <summary>As many as a lab sends at most.</summary>
    private const int BatchEvents = 500;

    private const int Lanes = 4;

    /// <summary>Hands in pairs of a task taken and submitted; every third batch comes twice.</summary>
    public static async Task<Intake> MeasureAsync(Node vendor, BenchPeer lab, HttpClient http, int events, int engagements)
    {
        var engaged = Math.Min(engagements, 20);
        var batches = Math.Max(1, events / (engaged * BatchEvents));
        var size = Math.Min(BatchEvents, Math.Max(2, events / engaged / 2 * 2));
        var work = new Queue<int>(Enumerable.Range(0, engaged));
        var (sent, repeated) = (0, 0);
        var begun = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(_ => LaneAsync()));
        var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;

        var told = engaged * batches * size;
        var kept = await vendor.AskAsync(VendorHost.Count);
        var wanted = string.Create(CultureInfo.InvariantCulture, $"{told} {told / 2} {told / 2 * VendorSeed.TaskPay}");
        return new Intake(told, sent, repeated, seconds, kept == wanted, kept);

        // An engagement's batches go in order, one after the other, as a lab sends them.
        async Task LaneAsync()
        {
            while (Next() is { } engagement)
            {
                for (var batch = 0; batch < batches; batch++)
                {
                    var body = Batch(engagement, batch * size, size);
                    var again = (engagement + batch) % 3 == 0;
                    await SendAsync(body, (batch + 1) * size);
                    if (again)
                        await SendAsync(body, (batch + 1) * size);
                    Interlocked.Add(ref repeated, again ? 1 : 0);
                }
            }
        }

        int? Next()
        {
            lock (work)
                return work.TryDequeue(out var engagement) ? engagement : null;
        }

        async Task SendAsync(byte[] body, long cursor)
        {
            Interlocked.Increment(ref sent);
            using var answer = JsonDocument.Parse(await http.AskAsync(lab.Webhook(body)));
            if (answer.RootElement.GetProperty("cursor").GetInt64() != cursor)
                throw new InvalidOperationException($"the vendor keeps events up to another number than {cursor}: {answer.RootElement}");
        }
    }

    private static byte[] Batch(int engagement, int from, int count)
    {
        var id = VendorSeed.Id(VendorSeed.Engagements, engagement);
        var (source, now) = (WorkEvent.SourceOf("lab", id), DateTimeOffset.UtcNow);
        var assignment = Guid.Empty;
        return WorkEventBatch.Write([.. Enumerable.Range(from, count).Select(i =>
        {
            var taken = i % 2 == 0;
            assignment = taken ? Guid.CreateVersion7() : assignment;
            return new WorkEvent(
                Guid.NewGuid(), source, taken ? WorkEventTypes.AssignmentStarted : WorkEventTypes.AssignmentSubmitted, now, i + 1,
                VendorSeed.Id(VendorSeed.Pseudonyms, (engagement * VendorSeed.Placed) + (i / 2 % VendorSeed.Placed)),
                new WorkEventData(assignment, id, WorkKind.Task, taken ? null : 60));
        })]);
    }
}
