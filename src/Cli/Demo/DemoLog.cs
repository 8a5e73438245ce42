using System.Collections.Concurrent;
using Cofferdam.ApiClient;
using Cofferdam.Cli.Demo.Shapes;

namespace Cofferdam.Cli.Demo;

/// <summary>A task that a client was handed.</summary>
internal readonly record struct Handed(long Receipt, Guid Person, Guid Slot, Guid Item);

/// <summary>An answer whose submission the server acknowledged.</summary>
/// <param name="Shown">The judgement as it was sent, as JSON.</param>
/// <param name="Meaning">What it says about content; null where it says nothing.</param>
internal sealed record Acknowledged(Guid Slot, Guid Item, Guid Person, string Shown, string? Meaning, string? Rationale);

/// <summary>What the demo's people saw and were told: the other book, which the server's own is compared with.</summary>
internal sealed class DemoLog(DemoShape shape)
{
    private readonly ConcurrentDictionary<Guid, Acknowledged> bySlot = new();
    private readonly ConcurrentDictionary<(Guid Person, Guid Item), Guid> held = new();
    private readonly HashSet<Guid> known = [];
    private long submitted;
    private long returned;
    private long escalated;
    private long reviewed;
    private long twice;
    private long goldSeen;

    public ConcurrentBag<Handed> Handed { get; } = [];

    /// <summary>The last acknowledged answer per slot, but for items whose answer was known beforehand.</summary>
    public IEnumerable<Acknowledged> Answers => bySlot.Values.Where(answer => !known.Contains(answer.Item));

    public long Submitted => Interlocked.Read(ref submitted);

    public long Returned => Interlocked.Read(ref returned);

    public long Escalated => Interlocked.Read(ref escalated);

    public long Reviewed => Interlocked.Read(ref reviewed);

    /// <summary>Tasks of which people were told afterwards that their answer was known.</summary>
    public long GoldSeen => Interlocked.Read(ref goldSeen);

    /// <summary>The lab knows the answer to this item. Said before anybody works.</summary>
    public void Know(Guid item) => known.Add(item);

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

    public void Acknowledge(DemoPerson person, AnnotationTask task, QuestionAnswer judgement, string? rationale, bool told)
    {
        bySlot[task.Slot] = new Acknowledged(task.Slot, task.Item, person.Pseudonym, Json.Of(judgement), shape.Meaning(task, judgement), rationale);
        if (told)
            Interlocked.Increment(ref goldSeen);
        Interlocked.Increment(ref submitted);
    }

    /// <param name="state">What became of the slot.</param>
    public void Review(string decision, string state)
    {
        Interlocked.Increment(ref reviewed);
        if (decision == "return")
            Interlocked.Increment(ref returned);
        if (state == "escalated")
            Interlocked.Increment(ref escalated);
    }
}
