using Cofferdam.Vault.Budgets;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Keys;
using Cofferdam.Vault.Sequencing;

namespace Cofferdam.Vault.Proposals;

/// <summary>What approved proposals do. A new kind adds its line to <see cref="CarryOutAsync"/>.</summary>
internal sealed class ProposalActs
{
    private readonly VaultNode node;
    private readonly Shredding shredding;

    public ProposalActs(VaultNode node)
    {
        this.node = node;
        shredding = new Shredding(node, this);
    }

    /// <summary>Carries out an approved proposal whose time has come, once, or withdraws it where its receipts do not bear it out.</summary>
    public async Task CarryOutAsync(ProposalRow row, CancellationToken cancellation)
    {
        var lab = await node.LabAsync(node.Store.LabId(row.Lab), cancellation);
        if (!Fits(lab, row))
        {
            await CommitAsync(lab, row, ProposalState.Withdrawn, batch => Append(batch, lab, row, Act.Withdraw, [new("reason", "notBorneOut")]), cancellation);
            return;
        }

        switch (row.Kind)
        {
            case ProposalKind.RaiseBudget:
                var policy = PolicySetting.Of(row.Policy!);
                await CommitAsync(
                    lab, row, ProposalState.Done,
                    batch => node.AppendOwn(batch, lab, Act.Policy, ProjectId.None, policy.Write(batch, lab, ProposalText.Particulars(row))),
                    cancellation, () => node.Sequencer.Budgets.Take(lab, policy.InForce));
                break;
            case ProposalKind.ShredProject or ProposalKind.ShredLab or ProposalKind.ErasePerson:
                await shredding.ShredAsync(lab, row, cancellation);
                break;
            default:
                // Of a kind that this release does not know: left for the one that does.
                break;
        }
    }

    /// <summary>Finishes what proposals that were carried out have left to do outside the store.</summary>
    /// <returns>False where something is left to be tried again.</returns>
    public Task<bool> FinishAsync(CancellationToken cancellation) => shredding.FinishAsync(cancellation);

    /// <summary>Commits a proposal's act and its end together; does nothing where it was withdrawn or done meanwhile.</summary>
    /// <param name="write">Writes the act and its receipt in the transaction, with <see cref="Append"/>; returns the receipt's sequence number.</param>
    /// <param name="complete">Runs on the sequencer's thread once it is durable.</param>
    public Task CommitAsync(
        LabKeys lab, ProposalRow row, ProposalState to, Func<Batch, long> write, CancellationToken cancellation, Action? complete = null) =>
        node.Sequencer.SubmitAsync(
            new ControlCommand<bool>(
                lab,
                batch =>
                {
                    var done = row with { State = to, Receipt = batch.NextSequence(lab) };
                    if (!batch.Store.MoveProposal(done, ProposalState.Approved))
                        return false;
                    if (write(batch) != done.Receipt)
                        throw new InvalidOperationException("An act of a proposal writes one receipt.");
                    return true;
                },
                moved =>
                {
                    if (moved)
                        complete?.Invoke();
                }),
            cancellation);

    /// <summary>The receipt of an act of a proposal: it names the proposal, and with it the two people.</summary>
    public long Append(Batch batch, LabKeys lab, ProposalRow row, Act act, IReadOnlyList<KeyValuePair<string, string>> more) =>
        node.AppendOwn(batch, lab, act, row.Project, facts => facts with
        {
            Particulars = [.. ProposalText.Particulars(row).Concat(more).OrderBy(one => one.Key, StringComparer.Ordinal)],
        });

    private bool Fits(LabKeys lab, ProposalRow row) =>
        new ProposalHistory(sequence => node.Store.Receipt(lab.Number, sequence), receipt => node.Salt(lab, receipt))
            .Approves(row, row.Approved is { } approved ? node.Store.ProposalEnds(lab.Number, approved) : []);
}
