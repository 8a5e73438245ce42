using System.Buffers;
using System.Text.Json;
using Cofferdam.Federation.Signing;

namespace Cofferdam.Federation.Events;

/// <summary>Work events of one engagement in order, as they travel: a CloudEvents JSON batch (CloudEvents JSON format 1.0 §4).</summary>
public static class WorkEventBatch
{
    public const string ContentType = "application/cloudevents-batch+json";

    /// <summary>Most events of one batch.</summary>
    public const int MostEvents = 1_000;

    private const long LastSequence = int.MaxValue;
    private const int MostSeconds = 24 * 60 * 60;

    private static readonly SearchValues<char> ReasonCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz-");

    /// <summary>Writes a batch.</summary>
    /// <param name="events">1 to <see cref="MostEvents"/>, of one source, their sequence rising by one.</param>
    /// <exception cref="ArgumentException">They are not that.</exception>
    public static byte[] Write(IReadOnlyList<WorkEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        return IsSound(events)
            ? JsonSerializer.SerializeToUtf8Bytes(events, FederationJson.Default.IReadOnlyListWorkEvent)
            : throw new ArgumentException("A batch has 1 to 1,000 events of one source, in order and without gaps.", nameof(events));
    }

    /// <summary>Reads a batch of another node.</summary>
    /// <returns>Null where it is not what <see cref="Write"/> writes. Types that are not known are left to the caller.</returns>
    public static IReadOnlyList<WorkEvent>? Read(ReadOnlySpan<byte> body) =>
        StrictJson.Read(body, FederationJson.Default.WorkEventArray) is { } events && IsSound(events) ? events : null;

    private static bool IsSound(IReadOnlyList<WorkEvent> events)
    {
        if (events.Count is 0 or > MostEvents)
            return false;
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i] is not { } one || !IsSound(one) || one.Source != events[0].Source || one.Sequence != events[0].Sequence + i)
                return false;
        }

        return true;
    }

    private static bool IsSound(WorkEvent one) =>
        one.SpecVersion == "1.0"
        && one.Source.Length is > 0 and <= 200
        && one.Type.Length is > 0 and <= 100
        && one.Sequence is > 0 and <= LastSequence
        && one.Data is null or { Seconds: null or (>= 0 and <= MostSeconds), Reason: null or { Length: > 0 and <= 64 }, Totals: null or { Count: <= 60 } }
        && one.Data?.Reason.AsSpan().ContainsAnyExcept(ReasonCharacters) is not true;
}
