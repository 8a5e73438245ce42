using Cofferdam.Vault.Attestation;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Keys;
using Cofferdam.Vault.Sequencing;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault;

/// <content>Suspensions.</content>
public sealed partial class VaultDoor
{
    public async Task<SuspendOutcome> SuspendAsync(SuspendRequest request, CancellationToken cancellation = default)
    {
        var lab = await node.LabAsync(request.Lab, cancellation);
        var (suspension, epoch) = ((Suspension, long))await node.Sequencer.SubmitAsync(
            new ControlCommand<(Suspension Suspension, long Epoch)>(lab, batch => Suspend(batch, lab, request), made => node.Suspensions.Add(made.Suspension)),
            cancellation);

        // In force here; what was judged before is in flight by now.
        var inFlight = node.HandOuts.InFlight().Where(one => one.Disclosure.IsIn(suspension)).Select(one => one.Receipt).ToList();
        if (node.Lease is null)
            return new SuspendOutcome(suspension, inFlight, Acknowledged: 1, Expired: 0);
        var others = await node.Lease.AcknowledgedAsync(epoch);
        inFlight.AddRange(others.InFlight.Where(id => InScope(lab, id, suspension)).Select(id => id - ReceiptRow.IdOf(lab.Number, 0)));
        return new SuspendOutcome(suspension, inFlight, others.Acknowledged + 1, others.Expired);
    }

    public async Task<ResumeOutcome> ResumeAsync(LabId lab, Guid suspension, Principal by, Proof? proof = null, CancellationToken cancellation = default)
    {
        var owner = await node.LabAsync(lab, cancellation);
        var shown = CheckAct(owner, proof, SignedBytes.Resume, SignedBytes.Id(suspension));
        return (ResumeOutcome)await node.Sequencer.SubmitAsync(
            new ControlCommand<ResumeOutcome>(
                owner,
                batch => Resume(batch, owner, suspension, by, shown),
                outcome =>
                {
                    if (outcome is ResumeOutcome.Resumed)
                        node.Suspensions.Remove(suspension);
                    else if (outcome is ResumeOutcome.SecondPersonNeeded)
                        node.Suspensions.NoteResumeBy(suspension, by.Pseudonym);
                }),
            cancellation);
    }

    public ValueTask<IReadOnlyList<Suspension>> SuspensionsAsync(LabId lab, CancellationToken cancellation = default)
    {
        var now = node.Time.GetUtcNow();
        return ValueTask.FromResult<IReadOnlyList<Suspension>>([.. node.Suspensions.Of(lab).Where(s => Suspensions.IsInForce(s, now))]);
    }

    public async Task<SuspensionProof?> SuspensionProofAsync(LabId lab, Guid suspension, CancellationToken cancellation = default)
    {
        var owner = await node.LabAsync(lab, cancellation);
        return SuspensionHistory.Find(suspension, lab, node.Store.SuspensionReceipts(owner.Number), row => node.Salt(owner, row)) is { } found
            ? SuspensionEvidence.Collect(node.Store, owner.Number, found.Suspension, found.Ended, cancellation)
            : null;
    }

    private static ProjectId ScopedProject(Scope scope) => scope.Kind == ScopeKind.Project ? new ProjectId(scope.Id) : ProjectId.None;

    private (Suspension Suspension, long Epoch) Suspend(Batch batch, LabKeys lab, SuspendRequest request)
    {
        var last = batch.Store.LastDisclosure(lab.Number, request.Scope);
        // As precise as receipts are.
        DateTimeOffset? until = request.Until is { } asked ? Micros.Time(Micros.Of(asked)) : null;
        var suspension = new Suspension(
            Guid.CreateVersion7(), request.Lab, request.Scope, request.Reason, batch.Now, until, batch.NextSequence(lab), last, request.By.Pseudonym, request.Drill);
        var epoch = AppendChange(batch, lab, Act.Suspend, suspension, request.By);
        batch.Store.InsertSuspension(new SuspensionRow(lab.Number, suspension));
        return (suspension, epoch);
    }

    private ResumeOutcome Resume(Batch batch, LabKeys lab, Guid id, Principal by, ShownProof? shown)
    {
        if (node.Suspensions.Of(lab.Id).FirstOrDefault(s => s.Id == id) is not { } suspension || !Suspensions.IsInForce(suspension, batch.Now))
            return new ResumeOutcome.NotInForce();
        if (!IsSigned(batch, lab, by, shown, out var attested))
            return new ResumeOutcome.NotSigned();
        if (node.Sequencer.Budgets.PolicyOf(lab).Policy.TwoToResume)
        {
            if (suspension.ResumeBy == by.Pseudonym)
                return new ResumeOutcome.SamePerson();
            if (suspension.ResumeBy is null)
            {
                AppendChange(batch, lab, Act.Propose, suspension, by, attested);
                return new ResumeOutcome.SecondPersonNeeded();
            }
        }

        var receipt = batch.NextSequence(lab);
        AppendChange(batch, lab, Act.Resume, suspension, by, attested);
        batch.Store.EndSuspension(id, batch.Now);
        return new ResumeOutcome.Resumed(receipt);
    }

    private long AppendChange(Batch batch, LabKeys lab, Act act, Suspension suspension, Principal by, ShownProof? attested = null)
    {
        var epoch = batch.RaiseEpoch(lab);
        AppendAct(batch, lab, act, ScopedProject(suspension.Scope), by, facts => facts.Attested(attested) with { Suspension = ReceiptText.Facts(suspension), Epoch = epoch });
        return epoch;
    }

    private bool InScope(LabKeys lab, long id, Suspension suspension) =>
        id >= ReceiptRow.IdOf(lab.Number, 0) && id < ReceiptRow.IdOf(lab.Number + 1, 0)
        && node.Store.Receipt(lab.Number, id - ReceiptRow.IdOf(lab.Number, 0)) is { } row && SuspensionEvidence.IsIn(row, suspension);
}
