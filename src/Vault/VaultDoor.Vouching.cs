using System.Buffers.Text;
using Cofferdam.Vault.Attestation;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Keys;
using Cofferdam.Vault.Sequencing;

namespace Cofferdam.Vault;

/// <content>Vendors' statements on people.</content>
public sealed partial class VaultDoor
{
    public async Task<VouchOutcome> VouchAsync(
        LabId lab, string statement, Principal by, ReadOnlyMemory<byte> browserKey = default, CancellationToken cancellation = default)
    {
        if (Statement.Parse(statement) is not { } said)
            return new VouchOutcome.Refused(VouchFault.Malformed);
        var thumbprint = browserKey.IsEmpty ? null : ThumbprintOf(browserKey.Span);
        if (!browserKey.IsEmpty && (thumbprint is null || thumbprint != said.BrowserKey))
            return new VouchOutcome.Refused(VouchFault.OtherKey);
        var owner = await node.LabAsync(lab, cancellation);
        if (CheckSignature(owner, said, out var signer) is { } fault)
            return new VouchOutcome.Refused(fault);
        var admitting = new Admitting(said, signer!, thumbprint is null ? null : browserKey.ToArray(), thumbprint);
        AttestationRow? person = null, key = null;
        return (VouchOutcome)await node.Sequencer.SubmitAsync(
            new ControlCommand<VouchOutcome>(
                owner, batch => Vouch(batch, owner, admitting, by, out person, out key), _ => Take(owner, person, key)),
            cancellation);
    }

    public async Task<VouchOutcome> WithdrawPersonAsync(
        LabId lab, Guid engagement, Guid pseudonym, string? withdrawal, Principal by, CancellationToken cancellation = default)
    {
        Statement? said = null;
        if (withdrawal is not null && (said = Statement.ParseWithdrawal(withdrawal)) is null)
            return new VouchOutcome.Refused(VouchFault.Malformed);
        if (said is not null && (said.Engagement != engagement || Subject.Pseudonym(engagement, said.Subject) != pseudonym))
            return new VouchOutcome.Refused(VouchFault.UnknownPerson);
        var owner = await node.LabAsync(lab, cancellation);
        StatementKey? signer = null;
        if (said is not null && CheckSignature(owner, said, out signer) is { } fault)
            return new VouchOutcome.Refused(fault);
        AttestationRow? row = null;
        return (VouchOutcome)await node.Sequencer.SubmitAsync(
            new ControlCommand<VouchOutcome>(
                owner,
                batch =>
                {
                    var known = batch.Sequencer.Attestations.Of(batch, owner);
                    if (said is not null && StatementRules.Fault(said, signer!, known, withdraws: true, batch.Now) is { } late)
                        return new VouchOutcome.Refused(late);
                    var before = known.Person(pseudonym);
                    if (said is null && before?.Engagement != engagement)
                        return new VouchOutcome.Refused(VouchFault.UnknownPerson);
                    var gone = Withdrawn(before, said, signer, engagement, pseudonym, batch.Now);
                    row = batch.Attest(owner, AttestationKind.Person, pseudonym, RowText.Write(gone));
                    return new VouchOutcome.Withdrawn(AppendChange(batch, owner, Act.Vouch, by, attested: null, AttestationText.Withdrawn(gone, said is not null)));
                },
                _ => Take(owner, row)),
            cancellation);
    }

    private VouchOutcome Vouch(Batch batch, LabKeys lab, Admitting admitting, Principal by, out AttestationRow? person, out AttestationRow? key)
    {
        (person, key) = (null, null);
        var known = batch.Sequencer.Attestations.Of(batch, lab);
        RequireSettled(batch, lab);
        var said = admitting.Said;
        if (StatementRules.Fault(said, admitting.Signer, known, withdraws: false, batch.Now) is { } fault)
            return new VouchOutcome.Refused(fault);
        var pseudonym = Subject.Pseudonym(said.Engagement, said.Subject);
        var enrolled = admitting.Thumbprint is { } thumbprint ? known.KeyOf(thumbprint) : null;
        // One key is one person's, and what was revoked is not enrolled again. A key of staff has no engagement.
        if (enrolled is not null && (enrolled.Pseudonym != pseudonym || enrolled.RevokedAt is not null))
            return new VouchOutcome.Refused(VouchFault.OtherKey);
        var again = known.Person(pseudonym) is { } before && StatementRules.IsShownAgain(said, before);
        if (again && (enrolled is not null || admitting.Thumbprint is null))
            return new VouchOutcome.Refused(VouchFault.NotNewer);

        var signer = Fingerprints.Of(admitting.Signer);
        var until = DateTimeOffset.FromUnixTimeSeconds(said.Expires);
        var row = new PersonRow(pseudonym, said.Engagement, said.Role, said.Issued, said.StatementId, said.BrowserKey, until, signer, Withdrawn: false);
        long receipt = -1;
        if (!again)
        {
            person = batch.Attest(lab, AttestationKind.Person, pseudonym, RowText.Write(row));
            receipt = AppendChange(batch, lab, Act.Vouch, by, attested: null, AttestationText.Of(row));
        }

        if (admitting.Thumbprint is null || enrolled is not null)
            return new VouchOutcome.Vouched(receipt, pseudonym, until, enrolled?.Id);
        var enrols = new KeyRow(
            Guid.CreateVersion7(batch.Now), pseudonym, said.Engagement, admitting.PublicKey!, admitting.Thumbprint, signer, batch.Now, RevokedAt: null);
        key = batch.Attest(lab, AttestationKind.Key, enrols.Id, RowText.Write(enrols));
        return new VouchOutcome.Vouched(AppendChange(batch, lab, Act.Enrol, by, attested: null, AttestationText.Of(enrols)), pseudonym, until, enrols.Id);
    }

    /// <summary>Checks a signature by the terms as they stand in the store, on this thread; whether they still do, the sequencer asks.</summary>
    private VouchFault? CheckSignature(LabKeys lab, Statement said, out StatementKey? signer)
    {
        signer = null;
        if (node.Store.AttestationRow(lab.Number, AttestationKind.Terms, said.Engagement) is not { } row)
            return VouchFault.OtherEngagement;
        var terms = RowText.Terms(node.AttestationSeals.Checked(lab, row));
        return StatementRules.FaultOfTerms(said, terms) ?? StatementRules.Signed(said, terms, out signer);
    }

    // A statement that was issued before is overtaken, by the vendor's clock where the vendor withdraws.
    private static PersonRow Withdrawn(PersonRow? before, Statement? said, StatementKey? signer, Guid engagement, Guid pseudonym, DateTimeOffset now) =>
        (before ?? new PersonRow(pseudonym, engagement, "", 0, "", null, DateTimeOffset.UnixEpoch, Fingerprints.Of(signer!), Withdrawn: true)) with
        {
            Withdrawn = true,
            Issued = Math.Max(before?.Issued ?? 0, said?.Issued ?? now.ToUnixTimeSeconds()),
            StatementId = said?.StatementId ?? before?.StatementId ?? "",
        };

    private static string? ThumbprintOf(ReadOnlySpan<byte> browserKey) =>
        BrowserKey.IsPoint(browserKey) ? Base64Url.EncodeToString(BrowserKey.Thumbprint(browserKey)) : null;

    /// <param name="PublicKey">Of the browser; null where none is to be enrolled.</param>
    private sealed record Admitting(Statement Said, StatementKey Signer, byte[]? PublicKey, string? Thumbprint);
}
