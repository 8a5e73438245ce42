using Cofferdam.Ledger;
using Cofferdam.Vault.Attestation;
using Cofferdam.Vault.Budgets;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Keys;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault.Sequencing;

/// <summary>What the sequencer decided of an open.</summary>
internal abstract record OpenDecision
{
    private OpenDecision() { }

    /// <param name="Heads">Sealed records in the order asked.</param>
    /// <param name="Keys">The project's, as they were at the commit.</param>
    public sealed record Granted(long Receipt, HeadRow[] Heads, ProjectKeys Keys) : OpenDecision;

    public sealed record Refused(OpenOutcome.Refused Outcome) : OpenDecision;
}

/// <param name="proof">The person's signature, checked; null where there is none.</param>
internal sealed class OpenCommand(LabKeys lab, OpenRequest request, ShownProof? proof, KeyRing keys, VaultProcess process) : Command<OpenDecision>(lab)
{
    private readonly HeadRow[] found = new HeadRow[request.Records.Count];
    private readonly Reading[] readings = new Reading[request.Records.Count];
    private readonly bool[] first = new bool[request.Records.Count];
    private ProjectKeys? project;
    private RefusalReason? refusal;
    private bool attested;
    private Suspension? suspension;
    private Overspent? overspent;
    private long sequence;

    public override IEnumerable<Guid> Opens => request.Records.Select(r => r.Id.Value);

    public override IReadOnlyList<BudgetKey> Spends { get; } = Spending.Keys(lab, request, process);

    public override void Prepare(Batch batch)
    {
        sequence = batch.Reserve(Lab);
        suspension = batch.Sequencer.Suspensions.Covering(Disclosure.Of(request, process.Id), batch.Now);
        // Here and not before: the project may have been shredded since it was asked for.
        project = keys.Project(Lab, request.Project);
        refusal = suspension is not null ? RefusalReason.Suspended
            : !IsAdmitted(batch) ? RefusalReason.NotAttested
            : project is null || !FindAll(batch) ? RefusalReason.NotFound
            : !Array.TrueForAll(found, head => batch.IsHead(Lab, head)) ? RefusalReason.NotAsSealed
            : null;
        if (refusal is not null)
            return;

        for (var i = 0; i < found.Length; i++)
            readings[i] = batch.Read(found[i], request.Principal, sequence);
    }

    public override void Write(Batch batch)
    {
        if (refusal is null && attested && !batch.Nonces.IsFresh(Lab, proof!.Nonce))
            refusal = RefusalReason.NotAttested;
        long? cost = refusal is null ? Spend(batch) : null;
        batch.Append(
            Lab, sequence, refusal is null ? request.Act : Act.Refuse, request.Project, request.Principal, cost ?? 0,
            process.Facts(Lab, request.Project, request.Principal).Attested(attested && refusal is null ? proof : null) with
            {
                Purpose = ReceiptText.Name(request.Purpose),
                Records = refusal is null ? Records() : Asked(),
                Refusal = refusal is { } reason ? ReceiptText.Name(reason) : null,
                Suspension = suspension is null ? null : ReceiptText.Facts(suspension),
                Epoch = batch.EpochOf(Lab),
                BudgetAfter = batch.Spending.Left(Lab, request),
                Cost = cost,
                Particulars = overspent?.Budget is { } budget ? [new("budget", ReceiptText.Name(budget))] : [],
                Destination = request.Destination,
                ActId = request.ActId,
                Assignment = request.Assignment,
                Session = request.Session,
            });
        Decided = refusal is { } refused
            ? new OpenDecision.Refused(new OpenOutcome.Refused(refused, sequence, suspension, overspent?.Budget, overspent?.FreeAt))
            : new OpenDecision.Granted(sequence, found, project!);
    }

    // Whatever comes of the open, its nonce is used.
    private bool IsAdmitted(Batch batch)
    {
        var admission = Admissions.Judge(
            batch.Sequencer.Attestations.Of(batch, Lab), request.Principal, request.Act, proof, batch.Sequencer.Budgets.PolicyOf(Lab).Policy.UnsignedStaff, batch.Now);
        attested = admission == Admission.Attested;
        return admission == Admission.Asserted || (attested && batch.Nonces.Ask(Lab, proof!.Nonce));
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

    /// <summary>Counts what is read for the first time, or refuses all of it.</summary>
    /// <returns>What it cost; null where it was refused.</returns>
    private long? Spend(Batch batch)
    {
        var (cost, again) = (0L, 0);
        for (var i = 0; i < found.Length; i++)
        {
            first[i] = readings[i] is { First: true, TakenBy: null };
            if (first[i])
            {
                cost += batch.Spending.CostOf(Lab, found[i]);
                readings[i].TakenBy = sequence;
            }
            else
            {
                again++;
            }
        }

        overspent = batch.Spending.Spend(Lab, request, process, cost, again);
        if (overspent is not null)
        {
            refusal = overspent.Budget is null ? RefusalReason.RereadsSpent : RefusalReason.FirstReadsSpent;
            for (var i = 0; i < found.Length; i++)
            {
                if (first[i])
                    readings[i].TakenBy = null;
            }

            return null;
        }

        foreach (var head in found)
            batch.Spending.Note(request, process, head);
        return cost;
    }

    private ReceiptLine[] Records()
    {
        var records = new ReceiptLine[found.Length];
        for (var i = 0; i < found.Length; i++)
        {
            var head = found[i];
            records[i] = new(ReceiptText.Name(head.Kind), head.Id, head.Version, head.ContentId, head.Bytes, Again: !first[i]);
        }

        return records;
    }

    private ReceiptLine[] Asked() =>
        [.. request.Records.Select(r => new ReceiptLine(ReceiptText.Name(r.Kind), r.Id.Value, 0, ReadOnlyMemory<byte>.Empty, 0, Again: false))];
}
