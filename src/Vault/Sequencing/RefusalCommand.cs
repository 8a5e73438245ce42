using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Keys;

namespace Cofferdam.Vault.Sequencing;

/// <summary>A refusal that was decided outside the sequencer.</summary>
/// <param name="withdraws">The receipt of the open that was not handed out after all; null where there was none.</param>
internal sealed class RefusalCommand(LabKeys lab, ProjectId project, RefusalNote note, VaultProcess process, long? withdraws = null) : Command<object>(lab)
{
    private long sequence;

    public override void Prepare(Batch batch) => sequence = batch.Reserve(Lab);

    public override void Write(Batch batch)
    {
        batch.Append(
            Lab, sequence, Act.Refuse, project, note.Principal, 0,
            process.Facts(Lab, project, note.Principal) with
            {
                Refusal = ReceiptText.Name(note.Reason),
                Asked = note.Asked,
                Session = note.Session,
                Withdraws = withdraws,
            });
        Decided = sequence;
    }
}
