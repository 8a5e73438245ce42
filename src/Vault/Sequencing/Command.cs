using Cofferdam.Vault.Keys;

namespace Cofferdam.Vault.Sequencing;

/// <summary>Something that gets a receipt. Commands that wait at the same time are committed together.</summary>
/// <remarks>
/// The sequencer calls <see cref="Prepare"/> on all commands of a batch, then lets the store note the readings, then
/// <see cref="Write"/> on all, commits, and only then <see cref="Complete"/>. Both may run again after a failure.
/// </remarks>
internal abstract class Command(LabKeys lab)
{
    public LabKeys Lab { get; } = lab;

    /// <summary>Records whose heads it needs with their sealed bytes.</summary>
    public virtual IEnumerable<Guid> Opens => [];

    /// <summary>Records whose head versions it needs.</summary>
    public virtual IEnumerable<Guid> Seals => [];

    /// <summary>Mends a log that may not grow otherwise.</summary>
    public virtual bool MendsLog => false;

    /// <summary>Looks at the heads; says what it will read and reserves its place in the ledger.</summary>
    public abstract void Prepare(Batch batch);

    /// <summary>Decides, and writes its receipt.</summary>
    public abstract void Write(Batch batch);

    /// <summary>The batch is durable.</summary>
    public abstract void Complete();

    /// <summary>The batch is not; nothing of it happened.</summary>
    public abstract void Fail(Exception exception);
}

/// <summary>A command whose caller waits for a <typeparamref name="T"/>.</summary>
internal abstract class Command<T>(LabKeys lab) : Command(lab)
{
    private readonly TaskCompletionSource<T> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Outcome => completion.Task;

    /// <summary>What the caller gets once the batch is durable. Set by <see cref="Command.Prepare"/> or <see cref="Command.Write"/>.</summary>
    protected T? Decided { get; set; }

    public override void Complete() => completion.TrySetResult(Decided!);

    public override void Fail(Exception exception) => completion.TrySetException(exception);
}
