using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Keys;
using Cofferdam.Vault.Sequencing;

namespace Cofferdam.Vault.Attestation;

/// <summary>What an operator does about keys of a lab's staff that are all lost.</summary>
internal static class StaffKeys
{
    /// <summary>Revokes those that there are, with a receipt for each, in the name of nobody who could have signed.</summary>
    public static async Task ForgetAsync(VaultNode node, LabKeys lab, CancellationToken cancellation)
    {
        List<AttestationRow> rows = [];
        await node.Sequencer.SubmitAsync(
            new ControlCommand<int>(
                lab,
                batch =>
                {
                    rows.Clear();
                    foreach (var key in batch.Sequencer.Attestations.Of(batch, lab).LiveStaffKeys)
                    {
                        var epoch = batch.RaiseEpoch(lab);
                        rows.Add(batch.Attest(lab, AttestationKind.Key, key.Id, RowText.Write(key with { RevokedAt = batch.Now })));
                        node.AppendOwn(batch, lab, Act.Revoke, ProjectId.None, facts => facts with
                        {
                            Epoch = epoch,
                            Particulars = [.. AttestationText.Of(key), new("step", "forgotten")],
                        });
                    }

                    return rows.Count;
                },
                _ => rows.ForEach(row => node.Sequencer.Attestations.Take(lab, row))),
            cancellation);
    }
}
