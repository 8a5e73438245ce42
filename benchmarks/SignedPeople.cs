using System.Diagnostics;
using System.Text.Json;
using Cofferdam.ApiClient;

namespace Cofferdam.Bench;

/// <summary>
/// A vendor's people at work as the page does it: every task's reply brings ids and nonce of the next, which is signed and
/// opened in one request.
/// </summary>
/// <param name="keys">By connection.</param>
internal sealed class SignedPeople(Load load, string route, IReadOnlyList<BrowserKey> keys)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    // What each asks next, and what each has asked last. Null: nothing was told of a next one.
    private readonly Post?[] next = new Post?[keys.Count];
    private readonly Post?[] last = new Post?[keys.Count];

    public int Tasks { get; private set; }

    /// <summary>Of <see cref="Tasks"/>; one each, where nothing was asked twice.</summary>
    public int Requests { get; private set; }

    public int Replayed { get; private set; }

    /// <summary>Of <see cref="Replayed"/>.</summary>
    public int Refused { get; private set; }

    /// <summary>The first task of everybody: it takes two requests, for nothing was told of it.</summary>
    public void Begin(Taken taken) => Exchange(most: keys.Count, taken, []);

    /// <summary>So many tasks.</summary>
    public Burst Run(int most, Taken taken)
    {
        var micros = new List<int>(most);
        var begun = Stopwatch.GetTimestamp();
        var (tasks, requests) = Exchange(most, taken, micros);
        Tasks += tasks;
        Requests += requests;
        return new Burst(tasks, Stopwatch.GetElapsedTime(begun).TotalSeconds, micros);
    }

    /// <summary>Everybody sends their last request again, proof and all: somebody has listened.</summary>
    public void Replay()
    {
        var again = last.ToArray();
        load.Exchange(
            index => Interlocked.Exchange(ref again[index], null),
            (_, _, status) =>
            {
                Replayed++;
                if (status == 428)
                    Refused++;
            });
    }

    private (int Tasks, int Requests) Exchange(int most, Taken taken, List<int> micros)
    {
        var (asked, tasks, requests) = (0, 0, 0);
        // Of requests that were challenged, or came too late, to be asked once more.
        var signed = new Post?[keys.Count];
        load.Exchange(
            index =>
            {
                if (signed[index] is { } again)
                    signed[index] = null;
                else if (asked++ < most)
                    again = next[index] ?? new Post($"{route}/tasks/next");
                else
                    return null;
                requests++;
                return last[index] = again;
            },
            (index, connection, status) =>
            {
                next[index] = null;
                switch (status)
                {
                    case 200:
                        tasks++;
                        micros.Add((int)Stopwatch.GetElapsedTime(connection.SentAt).TotalMicroseconds);
                        Take(index, connection.Reader, taken);
                        break;
                    case 428 when Challenge.Read(System.Text.Encoding.UTF8.GetString(connection.Reader.Body())) is { Opens: { } opens } challenge:
                        signed[index] = new Post(last[index]!.Path, string.Join(", ", opens.Select(open => keys[index].Prove(challenge.Lab, open))));
                        break;
                    // It was held ahead for a while only.
                    case 404 or 409 when !last[index]!.Path.EndsWith("/next", StringComparison.Ordinal):
                        signed[index] = new Post($"{route}/tasks/next");
                        break;
                    case 204:
                        throw new InvalidOperationException("the open slots ran out: measure with more --slots");
                    default:
                        throw new InvalidOperationException($"not a task: {ReplyReader.Text(connection.Reader.Reply)}");
                }
            });
        return (tasks, requests);
    }

    private void Take(int index, ReplyReader reply, Taken taken)
    {
        using var task = JsonDocument.Parse(reply.Body());
        var slot = task.RootElement.GetProperty("slot").GetGuid();
        load.Note(slot);
        taken.Add(index, slot);
        if (task.RootElement.TryGetProperty("next", out var told) && told.Deserialize<ApiClient.NextTask>(Web) is { } coming)
            next[index] = new Post($"{route}/tasks/{coming.Slot}/open", keys[index].Prove(coming.Lab, coming.Open));
    }
}
