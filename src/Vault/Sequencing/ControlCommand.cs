using Cofferdam.Vault.Keys;

namespace Cofferdam.Vault.Sequencing;

/// <summary>An act on the vault itself, or on records as a whole. Committed alone.</summary>
internal abstract class ControlCommand(LabKeys lab) : Command<object>(lab);

/// <param name="write">Runs in the transaction with a reserved sequence number; writes exactly that receipt, or none and reserves none.</param>
/// <param name="complete">Runs on the sequencer's thread once it is durable.</param>
/// <param name="mendsLog">See <see cref="Command.MendsLog"/>.</param>
internal sealed class ControlCommand<T>(LabKeys lab, Func<Batch, T> write, Action<T>? complete = null, bool mendsLog = false) : ControlCommand(lab)
    where T : notnull
{
    public override bool MendsLog => mendsLog;

    public override void Prepare(Batch batch)
    {
    }

    public override void Write(Batch batch) => Decided = write(batch);

    public override void Complete()
    {
        complete?.Invoke((T)Decided!);
        base.Complete();
    }
}
