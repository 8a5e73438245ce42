using System.Globalization;
using Cofferdam.Sealing;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Keys;
using Cofferdam.Vault.Sequencing;

namespace Cofferdam.Vault;

/// <content>Custody, rotation, resealing, recovery.</content>
public sealed partial class VaultDoor
{
    public async Task<KeyState> KeysAsync(LabId lab, CancellationToken cancellation = default)
    {
        // From the store alone: this is asked for most when the custodian is away.
        var row = node.Store.Lab(lab.Value) ?? throw new InvalidOperationException("The vault does not know this lab; create it first.");
        var custodian = node.Keys.Custodians.Find(row.Custodian);
        var key = new LabKey(row.Key, [], row.Custodian, row.Root, custodian?.Evaluation ?? false);
        return new KeyState(
            row.Custodian,
            key.Evaluation,
            Reachable: custodian is not null && await node.Watch.TroubleAsync(lab, key, cancellation) is null,
            node.Keys.Custodians.Names,
            row.KeyedAt,
            node.Store.CountProjects(row.Number),
            node.Store.Recovery(row.Number) is { } recovery ? new RecoveryState(recovery.Shares, recovery.Threshold, recovery.MadeAt) : null);
    }

    public async Task<long> RotateAsync(LabId lab, Principal by, CancellationToken cancellation = default)
    {
        var owner = await node.LabAsync(lab, cancellation);
        return await RekeyAsync(owner, Act.Rotate, by, recovery: null, [], cancellation);
    }

    public async Task<KeyOutcome> ChangeCustodianAsync(LabId lab, string custodian, Principal by, CancellationToken cancellation = default)
    {
        if (node.Keys.Custodians.Find(custodian) is not { } to || to.Name != custodian)
            return new KeyOutcome.UnknownCustodian();
        var owner = await node.LabAsync(lab, cancellation);
        var same = owner.Current;
        LabKey key;
        byte[] wrapped;
        try
        {
            (key, wrapped) = await Rekeying.WrapAsync(lab, same.Id, same.Key, to, cancellation);
        }
        catch (KeyCustodyException e)
        {
            return new KeyOutcome.Unavailable(e.Message);
        }

        return new KeyOutcome.Done((long)await node.Sequencer.SubmitAsync(
            new ControlCommand<long>(
                owner,
                batch =>
                {
                    Rekeying.Replace(batch, owner, same, key, wrapped);
                    return AppendAct(batch, owner, Act.ChangeCustodian, ProjectId.None, by, facts => facts with
                    {
                        Particulars = [new("custodian", key.Custodian), new("from", same.Custodian), new("root", key.Root)],
                    });
                },
                _ => node.Rekeying.Take(owner, key)),
            cancellation));
    }

    public async Task<ResealStep> ResealAsync(LabId lab, ProjectId project, Principal by, CancellationToken cancellation = default)
    {
        var owner = await node.LabAsync(lab, cancellation);
        return await new Resealing(node).StepAsync(
            owner, project, (batch, facts) => AppendAct(batch, owner, Act.Reseal, project, by, facts), cancellation);
    }

    public async Task<RecoveryShareSet> MakeRecoveryKeyAsync(LabId lab, int shares, int threshold, Principal by, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(shares, RecoveryShares.Most);
        ArgumentOutOfRangeException.ThrowIfLessThan(threshold, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threshold, shares);
        var owner = await node.LabAsync(lab, cancellation);
        var (publicKey, texts) = RecoveryKey.Create(threshold, shares);
        // With a new lab key: shares of an earlier recovery key open the old one, which then wraps nothing any more.
        var receipt = await RekeyAsync(
            owner,
            Act.Recovery,
            by,
            new RecoveryKeyMade(publicKey, shares, threshold),
            [
                new("fingerprint", Convert.ToHexStringLower(RecoveryKey.Fingerprint(publicKey))),
                new("shares", shares.ToString(CultureInfo.InvariantCulture)),
                new("step", "made"),
                new("threshold", threshold.ToString(CultureInfo.InvariantCulture)),
            ],
            cancellation);
        return new RecoveryShareSet(texts, threshold, receipt);
    }

    private async Task<long> RekeyAsync(
        LabKeys lab, Act act, Principal by, RecoveryKeyMade? recovery, IReadOnlyList<KeyValuePair<string, string>> particulars, CancellationToken cancellation)
    {
        LabKey key;
        byte[] wrapped;
        try
        {
            (key, wrapped) = await Rekeying.MakeAsync(lab.Id, node.Keys.Custodians.Of(lab.Current.Custodian), cancellation);
        }
        catch (KeyCustodyException e)
        {
            throw new VaultUnavailableException(VaultTrouble.Custodian, e.Message, e);
        }

        return (long)await node.Sequencer.SubmitAsync(
            new ControlCommand<long>(
                lab,
                batch =>
                {
                    node.Rekeying.Install(batch, lab, key, wrapped, recovery);
                    return AppendAct(batch, lab, act, ProjectId.None, by, facts => facts with
                    {
                        Particulars = [.. particulars.Append(new("custodian", key.Custodian)).Append(new("root", key.Root)).OrderBy(one => one.Key, StringComparer.Ordinal)],
                    });
                },
                _ => node.Rekeying.Take(lab, key)),
            cancellation);
    }
}
