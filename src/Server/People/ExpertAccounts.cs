using Cofferdam.Server.Access;
using Cofferdam.Server.SignIn;
using Cofferdam.Storage;
using Cofferdam.Vendors.Admissions;
using Cofferdam.Work.Labs;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Server.People;

/// <summary>Accounts of vendors' people: one per person and lab, with a passkey for each device that was enrolled.</summary>
internal sealed class ExpertAccounts(AppDb db, UserManager<Account> accounts, Sessions sessions, Memberships memberships, TimeProvider time)
{
    /// <summary>The account's id: that of the person's account here, or a new one.</summary>
    public async Task<Guid> IdAsync(EnrollingExpert expert, CancellationToken cancellation) =>
        await Members(expert).Select(member => (Guid?)member.Account).SingleOrDefaultAsync(cancellation) ?? Guid.CreateVersion7();

    /// <summary>Account, membership, passkey and a session that is bound to the browser key: all or none.</summary>
    /// <param name="account">The id that the passkey was made for.</param>
    /// <param name="key">As the vault knows it.</param>
    /// <returns>The session's cookie; null where the passkey is another account's.</returns>
    public async Task<string?> EnrolAsync(EnrollingExpert expert, Guid account, UserPasskeyInfo passkey, Guid key)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        var member = await Members(expert).SingleOrDefaultAsync();
        if (member is not null && member.Account != account)
            return null;
        var holder = member is null ? null : await accounts.FindByIdAsync(account.ToString());
        if (holder is null)
        {
            holder = new Account { Id = account, UserName = expert.Name, CreatedAt = time.GetUtcNow() };
            Require(await accounts.CreateAsync(holder));
        }

        Require(await accounts.AddOrUpdatePasskeyAsync(holder, passkey));
        if (member is null)
        {
            db.Members.Add(new Member
            {
                Lab = expert.Lab.Value,
                Account = account,
                Name = expert.Name,
                Role = expert.Role,
                Pseudonym = expert.Pseudonym,
                Engagement = expert.Engagement,
                CreatedAt = time.GetUtcNow(),
            });
        }
        else
        {
            (member.LeftAt, member.Role) = (null, expert.Role);
        }

        var cookie = sessions.Start(db, account, SessionKind.Passkey, key);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        memberships.Forget(expert.Lab, account);
        return cookie;
    }

    private IQueryable<Member> Members(EnrollingExpert expert) =>
        db.Members.Where(member => member.Lab == expert.Lab.Value && member.Pseudonym == expert.Pseudonym);

    private static void Require(IdentityResult result)
    {
        if (!result.Succeeded)
            throw new InvalidOperationException($"Identity refused: {string.Join(", ", result.Errors.Select(error => error.Code))}.");
    }
}
