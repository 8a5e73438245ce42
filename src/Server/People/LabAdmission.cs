using System.Text.Json;
using Cofferdam.Server.SignIn;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Labs;
using Cofferdam.Work.Notices;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Server.People;

/// <summary>Enrolment links of a lab node make members of a lab.</summary>
internal sealed class LabAdmission(IVault vault, NoticeBoard notices, TimeProvider time) : IAdmission
{
    public async ValueTask<(string From, string Role)?> OfAsync(Invitation invitation, AppDb db, CancellationToken cancellation)
    {
        // Otherwise a link that somebody put by would let them in again under another name.
        if (invitation.CreatedBy is { } maker && await vault.IsSuspendedAsync(new LabId(invitation.Lab), maker, cancellation))
            return null;
        var lab = await db.Labs.AsNoTracking().SingleAsync(lab => lab.Id == invitation.Lab, cancellation);
        return (lab.Slug, JsonNamingPolicy.CamelCase.ConvertName(((Role)invitation.Role).ToString()));
    }

    public void Admit(NewMember member, AppDb db) => db.Add(new Member
    {
        Lab = member.Lab,
        Account = member.Account.Id,
        Name = member.Account.UserName!,
        Role = (Role)member.Role,
        Pseudonym = Guid.NewGuid(),
        Engagement = member.Engagement,
        CreatedAt = time.GetUtcNow(),
    });

    public async Task AdmittedAsync(Invitation invitation, Account account, AppDb db)
    {
        if (invitation.CreatedBy is { } maker)
            await notices.TellAsync(new NewNotice(new LabId(invitation.Lab), NoticeKind.InvitationUsed, Subject: invitation.Id), [maker]);
    }

    public async Task<Belonging> BelongingAsync(Guid account, AppDb db, CancellationToken cancellation) => new(
        await db.Members.AsNoTracking()
            .Where(member => member.Account == account && member.LeftAt == null)
            .Join(db.Labs, member => member.Lab, lab => lab.Id, (member, lab) => new SessionLab(lab.Slug, member.Role, member.Pseudonym))
            .ToListAsync(cancellation),
        Vendor: null);
}
