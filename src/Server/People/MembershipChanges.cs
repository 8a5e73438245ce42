using Cofferdam.Server.Access;
using Cofferdam.Server.SignIn;
using Cofferdam.Server.Tokens;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Labs;
using Cofferdam.Work.Projects;
using Cofferdam.Work.Slots;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Server.People;

internal enum MembershipChange
{
    Done,

    /// <summary>There is no such member, or not any more.</summary>
    NoMember,

    /// <summary>The lab would be left without an owner.</summary>
    LastOwner,
}

/// <summary>Changes and ends memberships, with all that hangs on them. One at a time: two owners must not remove each other.</summary>
internal sealed class MembershipChanges(Memberships memberships, Sessions sessions, ApiTokens tokens, SlotLoop slots, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1);

    public void Dispose() => turn.Dispose();

    public async Task<MembershipChange> GiveAsync(LabId lab, Guid person, Role role, AppDb db)
    {
        await turn.WaitAsync();
        try
        {
            var (member, fault) = await FindAsync(lab, person, keepsOwner: role is Role.Owner, db);
            if (member is null || member.Role == role)
                return fault;
            member.Role = role;
            // Staff are the lab's own.
            if (!EngagementMoves.IsVendors(role))
                member.Engagement = null;
            await SaveAsync(member, db);
            // Who may have no token keeps none: a program is not who the lab asked.
            if (!Policies.Roles[Policies.Observer].Contains(role))
                await RevokeAsync(lab, member.Account, db);
            return MembershipChange.Done;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Nothing that the person did is touched; what they have in hand goes back to the queue.</summary>
    public async Task<MembershipChange> RemoveAsync(LabId lab, Guid person, AppDb db)
    {
        await turn.WaitAsync();
        try
        {
            var (member, fault) = await FindAsync(lab, person, keepsOwner: false, db);
            if (member is null)
                return fault;
            member.LeftAt = time.GetUtcNow();
            await SaveAsync(member, db);
            await RevokeAsync(lab, member.Account, db);
            foreach (var session in await sessions.Of(member.Account, db).Select(row => row.Id).ToListAsync())
                await sessions.EndAsync(session, db, CancellationToken.None);
            await ReleaseAsync(lab, person, db);
            return MembershipChange.Done;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <param name="keepsOwner">The person is an owner afterwards.</param>
    private static async Task<(Member? Member, MembershipChange Fault)> FindAsync(LabId lab, Guid person, bool keepsOwner, AppDb db)
    {
        var members = db.Members.Where(row => row.Lab == lab.Value && row.LeftAt == null);
        if (await members.SingleOrDefaultAsync(row => row.Pseudonym == person) is not { } member)
            return (null, MembershipChange.NoMember);
        return member.Role is Role.Owner && !keepsOwner && await members.CountAsync(row => row.Role == Role.Owner) == 1
            ? (null, MembershipChange.LastOwner)
            : (member, MembershipChange.Done);
    }

    // Links that the person has made and nobody has used would let others in by a role that is gone.
    private async Task SaveAsync(Member member, AppDb db)
    {
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.SaveChangesAsync();
        await db.Set<Invitation>().Where(row => row.Lab == member.Lab && row.CreatedBy == member.Pseudonym && row.UsedAt == null && row.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.RevokedAt, now));
        await transaction.CommitAsync();
        memberships.Forget(new LabId(member.Lab), member.Account);
    }

    private async Task RevokeAsync(LabId lab, Guid account, AppDb db)
    {
        foreach (var token in await db.Set<ApiToken>().Where(row => row.Lab == lab.Value && row.Account == account && row.RevokedAt == null).Select(row => row.Id).ToListAsync())
            await tokens.RevokeAsync(token, db, CancellationToken.None);
    }

    private async Task ReleaseAsync(LabId lab, Guid person, AppDb db)
    {
        var projects = db.Projects.Where(project => project.Lab == lab.Value);
        var held = await db.Slots.AsNoTracking()
            .Where(slot => slot.Holder == person && slot.State == SlotState.Leased && projects.Any(project => project.Id == slot.Project))
            .Select(slot => new { slot.Project, slot.Id }).ToListAsync();
        foreach (var slot in held)
            await slots.ReleaseAsync(slot.Project, slot.Id, person);
    }
}
