using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Sequencing;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault;

/// <content>Suspensions.</content>
public sealed partial class VaultDoor
{
    public async Task<SuspendOutcome> SuspendAsync(SuspendRequest request, CancellationToken cancellation = default)
    {
        var lab = await node.LabAsync(request.Lab, cancellation);
        var made = (Suspension)await node.Sequencer.SubmitAsync(
            new ControlCommand<Suspension>(
                lab,
                batch =>
                {
                    var last = batch.Store.LastDisclosure(lab.Number, request.Scope);
                    var id = Guid.CreateVersion7();
                    var suspension = new Suspension(
                        id, request.Lab, request.Scope, request.Reason, batch.Now, request.Until, batch.NextSequence(lab), last, request.By.Pseudonym, request.Drill);
                    AppendAct(batch, lab, Act.Suspend, ScopedProject(request.Scope), request.By, facts => facts with
                    {
                        Suspension = ReceiptText.Facts(suspension),
                        Epoch = node.Suspensions.Epoch + 1,
                    });
                    batch.Store.InsertSuspension(new SuspensionRow(lab.Number, suspension));
                    return suspension;
                },
                node.Suspensions.Add),
            cancellation);
        return new SuspendOutcome(made, [], Acknowledged: 1, Expired: 0);
    }

    public async Task<ResumeOutcome> ResumeAsync(LabId lab, Guid suspension, Principal by, CancellationToken cancellation = default)
    {
        var owner = await node.LabAsync(lab, cancellation);
        var receipt = (long)await node.Sequencer.SubmitAsync(
            new ControlCommand<long>(
                owner,
                batch =>
                {
                    if (node.Suspensions.Of(lab).FirstOrDefault(s => s.Id == suspension) is not { } lifted)
                        return -1;
                    batch.Store.EndSuspension(suspension, batch.Now);
                    return AppendAct(batch, owner, Act.Resume, ScopedProject(lifted.Scope), by, facts => facts with
                    {
                        Suspension = ReceiptText.Facts(lifted),
                        Epoch = node.Suspensions.Epoch + 1,
                    });
                },
                resumed =>
                {
                    if (resumed >= 0)
                        node.Suspensions.Remove(suspension);
                }),
            cancellation);
        return receipt < 0 ? new ResumeOutcome.NotInForce() : new ResumeOutcome.Resumed(receipt);
    }

    public ValueTask<IReadOnlyList<Suspension>> SuspensionsAsync(LabId lab, CancellationToken cancellation = default)
    {
        var now = node.Time.GetUtcNow();
        return ValueTask.FromResult<IReadOnlyList<Suspension>>([.. node.Suspensions.Of(lab).Where(s => s.Until is not { } until || until > now)]);
    }

    public Task<SuspensionProof?> SuspensionProofAsync(LabId lab, Guid suspension, CancellationToken cancellation = default) => throw new NotImplementedException();

    private static ProjectId ScopedProject(Scope scope) => scope.Kind == ScopeKind.Project ? new ProjectId(scope.Id) : ProjectId.None;
}
