using Cofferdam.Server.SignIn;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Workforce.Access;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Server.Vendor;

/// <summary>Sign-in as the vendor's rooms know it.</summary>
internal sealed class VendorAccounts(AppDb db, Enrolment enrolment, Sessions sessions, NodeSecrets secrets) : IVendorAccounts
{
    public async Task<AccountInvitation> InviteAsync(LabId vendor, VendorRole role, Guid? by, CancellationToken cancellation)
    {
        var (invitation, token) = enrolment.Invite(vendor.Value, (byte)role, by);
        await db.SaveChangesAsync(cancellation);
        return new AccountInvitation(invitation.Id, token, invitation.ExpiresAt);
    }

    public async Task ForgetAsync(Guid account, string name)
    {
        foreach (var session in await sessions.Of(account, db).Select(row => row.Id).ToListAsync())
            await sessions.EndAsync(session, db, CancellationToken.None);
        await db.Set<SessionRow>().Where(row => row.Account == account).ExecuteDeleteAsync();
        foreach (var record in await db.Set<IdentityUserToken<Guid>>().Where(row => row.UserId == account).Select(row => row.Value).ToListAsync())
            if (Guid.TryParseExact(record, "N", out var secret))
                await secrets.RemoveAsync(ProjectId.None, new RecordId(secret), RecordKind.Secret);
        await db.Set<IdentityUserToken<Guid>>().Where(row => row.UserId == account).ExecuteDeleteAsync();
        await db.Set<IdentityUserPasskey<Guid>>().Where(row => row.UserId == account).ExecuteDeleteAsync();
        await db.Users.Where(row => row.Id == account).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.UserName, name)
            .SetProperty(row => row.NormalizedUserName, name.ToUpperInvariant())
            .SetProperty(row => row.PasswordHash, (string?)null)
            .SetProperty(row => row.SecurityStamp, Guid.NewGuid().ToString()));
    }
}
