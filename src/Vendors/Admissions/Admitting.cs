using System.Text.Json;
using Cofferdam.Federation.Engagements;
using Cofferdam.Federation.Keys;
using Cofferdam.Federation.Peers;
using Cofferdam.Federation.Statements;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Vendors.Terms;
using Cofferdam.Work.Access;
using Cofferdam.Work.Engagements;
using Cofferdam.Work.Labs;
using Cofferdam.Work.Skills;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Vendors.Admissions;

/// <summary>A statement that an enrolment may rest on.</summary>
internal sealed record Stated(EngagementStatement Statement, VendorTerms Terms, Admission Admission);

/// <summary>
/// Takes what vendors say of their people. What a statement is worth the vault decides, by the terms of its engagement; the
/// rest is the lab's policy. Whoever does not meet it, or is no longer vouched for, is out at once.
/// </summary>
internal sealed class Admitting(AppDb db, IVault vault, NodeIdentities identities, IExpertMembers members, TimeProvider time)
{
    /// <summary>Takes a statement of a vendor on one of its people.</summary>
    /// <param name="peer">The node that handed it in.</param>
    public async Task<StatementReply> TakeAsync(Peer peer, string jws, CancellationToken cancellation)
    {
        var (stated, fault) = await ReadAsync(peer, jws, cancellation);
        if (stated is null)
            return new StatementReply(null, fault);
        var (admission, lab) = (stated.Admission, new LabId(stated.Terms.Lab));
        if (fault is not null)
        {
            // The vendor itself says what is missing: whoever was in by an earlier statement is out.
            if (admission.EnrolledAt is not null)
                await EndAsync(lab, admission, AdmissionState.Withdrawn, CancellationToken.None);
            return new StatementReply(Code(admission.State.ToString()), fault, admission.Pseudonym);
        }

        if (admission.State is AdmissionState.Waiting or AdmissionState.Declined)
        {
            await db.SaveChangesAsync(CancellationToken.None);
            return new StatementReply(Code(admission.State.ToString()), null, admission.Pseudonym);
        }

        switch (await vault.VouchAsync(lab, jws, Principal.Service, cancellation: CancellationToken.None))
        {
            case VouchOutcome.Vouched vouched:
                await VouchedAsync(lab, stated, vouched.Until);
                return new StatementReply(Code(admission.State.ToString()), null, admission.Pseudonym);
            case VouchOutcome.Refused refused:
                return new StatementReply(null, Code(refused.Fault.ToString()), admission.Pseudonym);
            default:
                throw new InvalidOperationException("A statement is taken or refused.");
        }
    }

    /// <summary>Takes a vendor's word that somebody is out.</summary>
    public async Task<StatementReply> WithdrawAsync(Peer peer, string jws, CancellationToken cancellation)
    {
        var read = Withdrawal.Read(jws, peer.Node, (await identities.GetAsync(cancellation)).Node, peer.Keys, time.GetUtcNow());
        if (read is not WithdrawalOutcome.Taken { Withdrawal: var said })
            return new StatementReply(null, Code(((WithdrawalOutcome.Refused)read).Fault.ToString()));
        if (await TermsAsync(said.Engagement, peer, cancellation) is not { } terms)
            return new StatementReply(null, "engagement");
        var (lab, pseudonym) = (new LabId(terms.Lab), Subject.Pseudonym(said.Engagement, said.Subject));
        if (await db.Admissions.SingleOrDefaultAsync(row => row.Pseudonym == pseudonym, cancellation) is not { } admission)
            return new StatementReply(null, "unknown-person");
        var outcome = await vault.WithdrawPersonAsync(lab, said.Engagement, pseudonym, jws, Principal.Service, CancellationToken.None);
        // Overtaken by a newer statement: the person is in again.
        if (outcome is VouchOutcome.Refused { Fault: VouchFault.NotNewer and var overtaken })
            return new StatementReply(Code(admission.State.ToString()), Code(overtaken.ToString()), pseudonym);
        // By new keys that staff have yet to sign for, the vault takes no vendor's word. To put somebody out it needs none.
        if (outcome is VouchOutcome.Refused)
            await EndAsync(lab, admission, AdmissionState.Withdrawn, CancellationToken.None);
        else
            await LeaveAsync(lab, admission, AdmissionState.Withdrawn);
        return new StatementReply(Code(admission.State.ToString()), null, pseudonym);
    }

    /// <summary>The lab's own word that somebody is out, who may have been let in by mistake.</summary>
    public async Task EndAsync(LabId lab, Admission admission, AdmissionState state, CancellationToken cancellation, Principal? by = null)
    {
        await vault.WithdrawPersonAsync(lab, admission.Engagement, admission.Pseudonym, withdrawal: null, by ?? Principal.Service, cancellation);
        await LeaveAsync(lab, admission, state);
    }

    /// <summary>Reads a statement and finds, or makes, the admission that it is about.</summary>
    /// <returns>No statement: it is none of a vendor's for an engagement of its own. Otherwise the fault is the lab's policy.</returns>
    public async Task<(Stated? Stated, string? Fault)> ReadAsync(Peer peer, string jws, CancellationToken cancellation)
    {
        var read = EngagementStatement.Read(jws, peer.Node, (await identities.GetAsync(cancellation)).Node, peer.Keys, time.GetUtcNow());
        if (read is not StatementOutcome.Taken { Statement: var said })
            return (null, Code(((StatementOutcome.Refused)read).Fault.ToString()));
        if (await TermsAsync(said.Engagement, peer, cancellation) is not { } terms
            || !await db.Labs.AnyAsync(lab => lab.Id == terms.Lab && lab.Slug == said.Lab, cancellation))
            return (null, "engagement");

        var pseudonym = Subject.Pseudonym(said.Engagement, said.Subject);
        var admission = await db.Admissions.SingleOrDefaultAsync(row => row.Pseudonym == pseudonym, cancellation);
        var fault = await db.IsOpenAsync(new LabId(terms.Lab), said.Engagement, cancellation) ? AdmissionPolicy.Fault(terms, said, time.GetUtcNow()) : "ended";
        // Known people of this vendor may fill the headcount; a list without end they may not.
        if (admission is null && await db.Admissions.CountAsync(row => row.Engagement == said.Engagement, cancellation) >= AdmissionPolicy.MostKnown(terms))
            return (null, "headcount");
        if (admission is null)
        {
            admission = new Admission
            {
                Pseudonym = pseudonym,
                Engagement = said.Engagement,
                Role = Role.Annotator,
                Facts = "",
                Until = said.ExpiresAt,
                FirstAt = time.GetUtcNow(),
                State = terms.ByHand ? AdmissionState.Waiting : AdmissionState.Admissible,
            };
            db.Admissions.Add(admission);
        }

        admission.Role = said.Role is StatementRole.Lead ? Role.Reviewer : Role.Annotator;
        admission.Facts = JsonSerializer.Serialize(AdmissionPolicy.Facts(said), VendorsJson.Default.AdmissionFacts);
        return (new Stated(said, terms, admission), fault);
    }

    /// <summary>The vault goes by the statement: the person is in, or may come in.</summary>
    public async Task VouchedAsync(LabId lab, Stated stated, DateTimeOffset until)
    {
        var admission = stated.Admission;
        admission.Until = until;
        admission.State = admission.EnrolledAt is null ? AdmissionState.Admissible : AdmissionState.Enrolled;
        await db.SaveChangesAsync(CancellationToken.None);
        if (admission.EnrolledAt is not null)
            await members.ReturnAsync(lab, admission.Pseudonym, admission.Role);
        await SkillsAsync(lab, stated);
    }

    private async Task LeaveAsync(LabId lab, Admission admission, AdmissionState state)
    {
        // Out first, noted second: whatever fails in between, nobody is in who should not be.
        await members.EndAsync(lab, admission.Pseudonym);
        admission.State = state;
        await db.SaveChangesAsync(CancellationToken.None);
    }

    // What the vendor has seen shown is what tasks are given out by.
    private async Task SkillsAsync(LabId lab, Stated stated)
    {
        var codes = stated.Statement.Skills.Select(skill => skill.Code).Where(AdmissionPolicy.IsSkill).ToHashSet(StringComparer.Ordinal);
        var person = stated.Admission.Pseudonym;
        var has = await db.MemberSkills.Where(row => row.Lab == lab.Value && row.Person == person && row.Kind == SkillKind.Skill).ToListAsync();
        db.MemberSkills.RemoveRange(has.Where(row => !codes.Remove(row.Code)));
        db.MemberSkills.AddRange(codes.Select(code => new MemberSkill { Lab = lab.Value, Person = person, Kind = SkillKind.Skill, Code = code }));
        await db.SaveChangesAsync(CancellationToken.None);
    }

    private Task<VendorTerms?> TermsAsync(Guid engagement, Peer peer, CancellationToken cancellation) =>
        db.VendorTerms.AsNoTracking().SingleOrDefaultAsync(row => row.Engagement == engagement && row.Peer == peer.Id, cancellation);

    private static string Code(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);
}
