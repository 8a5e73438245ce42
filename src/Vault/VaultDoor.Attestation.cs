using System.Buffers.Text;
using Cofferdam.Vault.Attestation;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Heads;
using Cofferdam.Vault.Keys;
using Cofferdam.Vault.Sequencing;

namespace Cofferdam.Vault;

/// <content>Signatures of people under what is opened in their name: nonces, terms, browser keys.</content>
public sealed partial class VaultDoor
{
    public async ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> NoncesAsync(LabId lab, Guid key, int count, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, IVault.MaxNonces);
        var nonceKey = node.AttestationSeals.NonceKey(await node.LabAsync(lab, cancellation));
        var nonces = new ReadOnlyMemory<byte>[count];
        for (var i = 0; i < count; i++)
            nonces[i] = Nonces.Make(nonceKey, key, node.Time.GetUtcNow());
        return nonces;
    }

    public async Task<TermsOutcome> SetTermsAsync(LabId lab, EngagementTerms terms, Principal by, Proof? proof = null, CancellationToken cancellation = default)
    {
        if (TermsRules.Fault(terms) is { } fault)
            return fault;
        var owner = await node.LabAsync(lab, cancellation);
        var shown = CheckAct(owner, proof, SignedBytes.Terms, SignedBytes.TermsAct(terms));
        var content = RowText.Write(TermsRules.AsPrecise(terms));
        AttestationRow? row = null;
        return (TermsOutcome)await node.Sequencer.SubmitAsync(
            new ControlCommand<TermsOutcome>(
                owner,
                batch =>
                {
                    RequireSettled(batch, owner);
                    if (!IsSigned(batch, owner, by, shown, out var attested))
                        return new TermsOutcome.NotSigned();
                    row = batch.Attest(owner, AttestationKind.Terms, terms.Engagement, content);
                    return new TermsOutcome.Set(AppendChange(batch, owner, Act.Terms, by, attested, AttestationText.Of(terms)));
                },
                _ => Take(owner, row)),
            cancellation);
    }

    public async Task<long?> RevokeKeyAsync(LabId lab, Guid key, Principal by, CancellationToken cancellation = default)
    {
        var owner = await node.LabAsync(lab, cancellation);
        AttestationRow? row = null;
        var receipt = (long)await node.Sequencer.SubmitAsync(
            new ControlCommand<long>(
                owner,
                batch =>
                {
                    var known = batch.Sequencer.Attestations.Of(batch, owner);
                    // Without any staff key the server's word would be enough again, so that the last is replaced first.
                    if (known.Key(key) is not { RevokedAt: null } found || (found.Engagement is null && known.StaffKeys == 1))
                        return -1;
                    row = batch.Attest(owner, AttestationKind.Key, key, RowText.Write(found with { RevokedAt = batch.Now }));
                    return AppendChange(batch, owner, Act.Revoke, by, attested: null, AttestationText.Of(found));
                },
                _ => Take(owner, row)),
            cancellation);
        return receipt < 0 ? null : receipt;
    }

    public async Task<IReadOnlyList<EnrolledKey>> EnrolledKeysAsync(LabId lab, Guid? pseudonym = null, CancellationToken cancellation = default)
    {
        var owner = await node.LabAsync(lab, cancellation);
        return
        [
            .. node.Store.AttestationRowsOf(owner.Number, AttestationKind.Key)
                .Select(row => RowText.Key(node.AttestationSeals.Checked(owner, row)))
                .Where(key => pseudonym is null || key.Pseudonym == pseudonym)
                .OrderByDescending(key => key.Id)
                .Select(key => new EnrolledKey(
                    key.Id, key.Pseudonym, key.Engagement, key.PublicKey, Base64Url.DecodeFromChars(key.Thumbprint), key.Since, key.RevokedAt)),
        ];
    }

    public async Task<StaffKeyOutcome> EnrolStaffKeyAsync(
        LabId lab, Guid pseudonym, ReadOnlyMemory<byte> browserKey, Principal by, Proof? proof = null, CancellationToken cancellation = default)
    {
        if (pseudonym == Guid.Empty || !BrowserKey.IsPoint(browserKey.Span))
            return new StaffKeyOutcome.Invalid();
        var owner = await node.LabAsync(lab, cancellation);
        var shown = CheckAct(owner, proof, SignedBytes.StaffKey, SignedBytes.StaffKeyAct(pseudonym, browserKey.Span));
        var thumbprint = Base64Url.EncodeToString(BrowserKey.Thumbprint(browserKey.Span));
        AttestationRow? row = null;
        return (StaffKeyOutcome)await node.Sequencer.SubmitAsync(
            new ControlCommand<StaffKeyOutcome>(
                owner,
                batch =>
                {
                    RequireSettled(batch, owner);
                    var known = batch.Sequencer.Attestations.Of(batch, owner);
                    if (known.Person(pseudonym) is not null || known.KeyOf(thumbprint) is not null)
                        return new StaffKeyOutcome.Invalid();
                    if (!IsSigned(batch, owner, by, shown, out var attested))
                        return new StaffKeyOutcome.NotSigned();
                    var key = new KeyRow(Guid.CreateVersion7(batch.Now), pseudonym, null, browserKey.ToArray(), thumbprint, Signer: null, batch.Now, RevokedAt: null);
                    row = batch.Attest(owner, AttestationKind.Key, key.Id, RowText.Write(key));
                    return new StaffKeyOutcome.Enrolled(key.Id, AppendChange(batch, owner, Act.Enrol, by, attested, AttestationText.Of(key)));
                },
                _ => Take(owner, row)),
            cancellation);
    }

    /// <summary>Checks the signature under an act, on this thread; whether it counts, the sequencer decides.</summary>
    private ShownProof? CheckAct(LabKeys lab, Proof? proof, string name, byte[] content) =>
        node.Verifying.Check(lab, proof, one => SignedBytes.Act(lab.Id, name, content, one.Key, one.Nonce.Span));

    /// <summary>Whether an act that widens access may be done, and uses up the proof's nonce. On the sequencer's thread.</summary>
    /// <param name="attested">The proof that counts; null: it may be done on the server's word.</param>
    private static bool IsSigned(Batch batch, LabKeys lab, Principal by, ShownProof? shown, out ShownProof? attested)
    {
        attested = null;
        switch (Admissions.Judge(batch.Sequencer.Attestations.Of(batch, lab), by, shown, batch.Now))
        {
            case Admission.Asserted:
                return true;
            case Admission.Attested when batch.Nonces.Ask(lab, shown!.Nonce):
                batch.Nonces.Use();
                attested = shown;
                return batch.Nonces.IsFresh(lab, shown.Nonce);
            default:
                return false;
        }
    }

    /// <summary>Nobody is let in for the first time while it cannot be told who had been.</summary>
    private static void RequireSettled(Batch batch, LabKeys lab)
    {
        if (batch.HeadsOf(lab).Standing == HeadStanding.Disputed)
            throw AttestationSeals.Edited();
    }

    private long AppendChange(
        Batch batch, LabKeys lab, Act act, Principal by, ShownProof? attested, IReadOnlyList<KeyValuePair<string, string>> particulars)
    {
        var epoch = batch.RaiseEpoch(lab);
        return AppendAct(batch, lab, act, ProjectId.None, by, facts => facts.Attested(attested) with { Epoch = epoch, Particulars = particulars });
    }

    private void Take(LabKeys lab, params ReadOnlySpan<AttestationRow?> rows)
    {
        foreach (var row in rows)
        {
            if (row is not null)
                node.Sequencer.Attestations.Take(lab, row);
        }
    }
}
