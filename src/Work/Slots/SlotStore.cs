namespace Cofferdam.Work.Slots;

/// <summary>Runs the operations of the loop on one database. Used by one thread.</summary>
internal abstract class SlotStore : IDisposable
{
    /// <summary>Other servers may write the same slots.</summary>
    public abstract bool Shared { get; }

    /// <summary>Runs all in order, in one transaction, and returns when it is durable.</summary>
    /// <exception cref="System.Data.Common.DbException">Nothing was done.</exception>
    public abstract void Execute(List<SlotOperation> operations);

    public abstract void Dispose();
}
