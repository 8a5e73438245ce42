namespace Cofferdam.Work.Slots;

/// <summary>Something to be done to slots: a few statements, run by the loop in one transaction with others'.</summary>
/// <remarks>All members but the task are called by the loop's thread alone.</remarks>
internal abstract class SlotOperation
{
    /// <summary>What to run, asked anew for every attempt and round. Later statements see what earlier ones did.</summary>
    public abstract ReadOnlySpan<Statement> Script { get; }

    public abstract void Bind(Statement statement, Arguments arguments);

    /// <summary>Called for each row that a statement returns.</summary>
    public abstract void Read(Statement statement, Row row);

    /// <summary>Called after the script ran, before the commit.</summary>
    public virtual void Ran()
    {
    }

    /// <summary>Called when the script is durable.</summary>
    /// <returns>True where the operation has more to do in another round; then it is not done yet.</returns>
    public virtual bool GoesOn() => false;

    /// <summary>Who asked has the answer.</summary>
    public abstract bool IsEnded { get; }

    /// <summary>It is durable: answers who asked.</summary>
    public abstract void Committed();

    /// <summary>Nothing of it was done.</summary>
    public abstract void Failed(Exception reason);

    /// <summary>Forgets what a failed attempt read.</summary>
    /// <returns>False where it cannot be tried again.</returns>
    public abstract bool Restart();
}

/// <summary>An operation that answers with a <typeparamref name="T"/>.</summary>
internal abstract class SlotOperation<T> : SlotOperation
{
    // Continuations run elsewhere: the loop's thread only writes.
    private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly T nothing;

    /// <param name="nothing">The answer where no statement returns a row.</param>
    protected SlotOperation(T nothing) => Outcome = this.nothing = nothing;

    /// <summary>Completes once the operation is durable.</summary>
    public Task<T> Done => done.Task;

    public override bool IsEnded => done.Task.IsCompleted;

    /// <summary>What the rows read so far come to.</summary>
    protected T Outcome { get; set; }

    public override void Committed() => done.TrySetResult(Outcome);

    public override void Failed(Exception reason) => done.TrySetException(reason);

    public override bool Restart()
    {
        Outcome = nothing;
        return true;
    }
}
