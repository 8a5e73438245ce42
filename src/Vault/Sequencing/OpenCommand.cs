using Cofferdam.Ledger;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Keys;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault.Sequencing;

/// <summary>What the sequencer decided of an open.</summary>
internal abstract record OpenDecision
{
    private OpenDecision() { }

    /// <param name="Heads">Sealed records in the order asked.</param>
    public sealed record Granted(long Receipt, HeadRow[] Heads) : OpenDecision;

    public sealed record Refused(OpenOutcome.Refused Outcome) : OpenDecision;
}

internal sealed class OpenCommand(LabKeys lab, OpenRequest request, bool projectKnown, VaultProcess process) : Command<OpenDecision>(lab)
{
    private readonly HeadRow[] found = new HeadRow[request.Records.Count];
    private readonly Reading?[] readings = new Reading?[request.Records.Count];
    private RefusalReason? refusal;
    private Suspension? suspension;
    private long sequence;

    public override IEnumerable<Guid> Opens => request.Records.Select(r => r.Id.Value);

    public override void Prepare(Batch batch)
    {
        sequence = batch.Reserve(Lab);
        suspension = batch.Sequencer.Suspensions.Covering(Disclosure.Of(request, process.Id), batch.Now);
        refusal = suspension is not null ? RefusalReason.Suspended
            : !projectKnown || !FindAll(batch) ? RefusalReason.NotFound
            : null;
        if (refusal is not null)
            return;

        for (var i = 0; i < found.Length; i++)
            readings[i] = batch.Read(found[i], request.Principal, sequence);
    }

    public override void Write(Batch batch)
    {
        var first = readings.Count(r => r is { First: true });
        if (refusal is null)
        {
            refusal = batch.Sequencer.Limits.Count(Lab.Number, request.Principal, request.Act, first, found.Length - first, batch.Now);
            if (refusal is not null)
                Unmark(batch);
        }

        batch.Append(
            Lab, sequence, refusal is null ? request.Act : Act.Refuse, request.Project, request.Principal, refusal is null ? first : 0,
            process.Facts(Lab, request.Project, request.Principal) with
            {
                Purpose = ReceiptText.Name(request.Purpose),
                Records = refusal is null ? Records() : Asked(),
                Refusal = refusal is { } reason ? ReceiptText.Name(reason) : null,
                Suspension = suspension is null ? null : ReceiptText.Facts(suspension),
                Epoch = batch.EpochOf(Lab),
                BudgetAfter = batch.Sequencer.Limits.Left(Lab.Number, request.Principal, request.Act, batch.Now),
                ActId = request.ActId,
                Assignment = request.Assignment,
                Session = request.Session,
                Destination = request.Destination,
            });
        Decided = refusal is { } refused
            ? new OpenDecision.Refused(new OpenOutcome.Refused(refused, sequence, suspension))
            : new OpenDecision.Granted(sequence, found);
    }

    private bool FindAll(Batch batch)
    {
        for (var i = 0; i < found.Length; i++)
        {
            var asked = request.Records[i];
            if (!batch.Heads.TryGetValue(asked.Id.Value, out var head)
                || head.Lab != Lab.Number || head.Project != request.Project.Value || head.Kind != asked.Kind || head.Sealed is null)
            {
                return false;
            }

            found[i] = head;
        }

        return true;
    }

    private void Unmark(Batch batch)
    {
        foreach (var reading in readings)
        {
            if (reading is { First: true })
                batch.Store.UnmarkDisclosed(reading);
        }
    }

    private ReceiptLine[] Records()
    {
        var records = new ReceiptLine[found.Length];
        for (var i = 0; i < found.Length; i++)
        {
            var head = found[i];
            records[i] = new(ReceiptText.Name(head.Kind), head.Id, head.Version, head.ContentId, head.Bytes, Again: readings[i] is not { First: true });
        }

        return records;
    }

    private ReceiptLine[] Asked() =>
        [.. request.Records.Select(r => new ReceiptLine(ReceiptText.Name(r.Kind), r.Id.Value, 0, ReadOnlyMemory<byte>.Empty, 0, Again: false))];
}
