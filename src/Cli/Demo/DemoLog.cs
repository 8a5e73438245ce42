using System.Collections.Concurrent;
using System.Text.Json;
using Cofferdam.ApiClient;

namespace Cofferdam.Cli.Demo;

/// <summary>A task that a client was handed.</summary>
internal readonly record struct Handed(long Receipt, Guid Person, Guid Slot, Guid Item);

/// <summary>An answer whose submission the server acknowledged.</summary>
/// <param name="Choice">Negative: left; positive: right; 0: a tie.</param>
/// <param name="Chosen">The response on the chosen side as it was shown, as JSON; null for a tie.</param>
internal sealed record Acknowledged(Guid Slot, Guid Item, Guid Person, int Choice, string? Chosen, string? Rationale);

/// <summary>What the demo's people saw and were told: the other book, which the server's own is compared with.</summary>
internal sealed class DemoLog
{
    private readonly ConcurrentDictionary<Guid, Acknowledged> bySlot = new();
    private readonly ConcurrentDictionary<(Guid Person, Guid Item), Guid> held = new();
    private long submitted;
    private long returned;
    private long reviewed;
    private long twice;

    public ConcurrentBag<Handed> Handed { get; } = [];

    /// <summary>The last acknowledged answer per slot.</summary>
    public IReadOnlyDictionary<Guid, Acknowledged> Answers => bySlot;

    public long Submitted => Interlocked.Read(ref submitted);

    public long Returned => Interlocked.Read(ref returned);

    public long Reviewed => Interlocked.Read(ref reviewed);

    /// <summary>How often a person was handed an item that the same person had in another slot.</summary>
    public long Twice => Interlocked.Read(ref twice);

    public void Hand(DemoPerson person, AnnotationTask task)
    {
        Handed.Add(new Handed(task.Receipt, person.Pseudonym, task.Slot, task.Item));
        if (held.GetOrAdd((person.Pseudonym, task.Item), task.Slot) != task.Slot)
            Interlocked.Increment(ref twice);
    }

    /// <summary>A person gave a slot back without an answer, and may be handed the item again in another.</summary>
    public void Release(DemoPerson person, AnnotationTask task) => held.TryRemove((person.Pseudonym, task.Item), out _);

    public void Hand(DemoPerson reviewer, ReviewTask task) => Handed.Add(new Handed(task.Receipt, reviewer.Pseudonym, task.Slot, task.Item));

    public void Acknowledge(DemoPerson person, AnnotationTask task, int choice, string? rationale)
    {
        var chosen = choice switch { < 0 => task.Left.GetRawText(), > 0 => task.Right.GetRawText(), _ => null };
        bySlot[task.Slot] = new Acknowledged(task.Slot, task.Item, person.Pseudonym, choice, Normal(chosen), rationale);
        Interlocked.Increment(ref submitted);
    }

    public void Review(bool accepted)
    {
        Interlocked.Increment(ref reviewed);
        if (!accepted)
            Interlocked.Increment(ref returned);
    }

    /// <summary>JSON in one spelling, so that two writers' escapes compare.</summary>
    public static string? Normal(string? json)
    {
        if (json is null)
            return null;
        using var document = JsonDocument.Parse(json);
        return JsonSerializer.Serialize(document.RootElement, CliJson.Default.JsonElement);
    }
}
