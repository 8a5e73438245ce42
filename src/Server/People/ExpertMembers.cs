using Cofferdam.Server.Access;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Vendors.Admissions;
using Cofferdam.Work.Access;
using Cofferdam.Work.Labs;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Server.People;

/// <summary>Memberships of vendors' people, which go by what their vendors say.</summary>
internal sealed class ExpertMembers(MembershipChanges changes, Memberships memberships, IServiceScopeFactory scopes) : IExpertMembers
{
    public async Task EndAsync(LabId lab, Guid pseudonym)
    {
        await using var scope = scopes.CreateAsyncScope();
        await changes.RemoveAsync(lab, pseudonym, scope.ServiceProvider.GetRequiredService<AppDb>());
    }

    public async Task ReturnAsync(LabId lab, Guid pseudonym, Role role)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        if (await db.Members.SingleOrDefaultAsync(row => row.Lab == lab.Value && row.Pseudonym == pseudonym) is not { } member || (member.LeftAt is null && member.Role == role))
            return;
        (member.LeftAt, member.Role) = (null, role);
        await db.SaveChangesAsync();
        memberships.Forget(lab, member.Account);
    }
}
