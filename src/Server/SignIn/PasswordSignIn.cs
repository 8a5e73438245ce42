using Cofferdam.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Server.SignIn;

/// <summary>Password and one-time code, always both.</summary>
internal sealed class PasswordSignIn(
    AppDb db, UserManager<Account> accounts, IUserStore<Account> store, PasswordHashing passwords, SignInOptions options, TimeProvider time)
{
    /// <summary>The account; null where name, password or code is wrong, the code was used before, or the account rests.</summary>
    /// <remarks>
    /// A try is counted before it is checked, in the statement that also sees whether the account rests: many tries at
    /// once get no further than the same tries one by one.
    /// </remarks>
    public async Task<Account?> CheckAsync(string name, string password, string code, CancellationToken cancellation)
    {
        if (password.Length > options.MaxPasswordLength)
            return null;
        var account = await accounts.FindByNameAsync(name);
        if (account?.PasswordHash is null || !await CountTryAsync(account.Id, cancellation))
        {
            await passwords.IsRightAsync(null, password, cancellation);
            return null;
        }

        if (!await passwords.IsRightAsync(account, password, cancellation))
            return null;
        var secret = await ((IUserAuthenticatorKeyStore<Account>)store).GetAuthenticatorKeyAsync(account, cancellation);
        if (secret is null || Totp.Match(Totp.FromBase32(secret), code, time.GetUtcNow()) is not { } step)
            return null;
        return await AcceptAsync(account.Id, step, cancellation) ? account : null;
    }

    private async Task<bool> CountTryAsync(Guid account, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        DateTimeOffset? rest = now + options.RestAfterFailures;
        var last = options.MaxFailures - 1;
        return await db.Users
            .Where(row => row.Id == account && (row.LockoutEnd == null || row.LockoutEnd <= now))
            .ExecuteUpdateAsync(set => set
                .SetProperty(row => row.LockoutEnd, row => row.AccessFailedCount >= last ? rest : null)
                .SetProperty(row => row.AccessFailedCount, row => row.AccessFailedCount >= last ? 0 : row.AccessFailedCount + 1), cancellation) == 1;
    }

    /// <summary>False where this code, or a later one, was accepted before (RFC 6238 §5.2).</summary>
    private async Task<bool> AcceptAsync(Guid account, long step, CancellationToken cancellation) =>
        await db.Users
            .Where(row => row.Id == account && row.TotpStep < step)
            .ExecuteUpdateAsync(set => set
                .SetProperty(row => row.TotpStep, step)
                .SetProperty(row => row.LockoutEnd, (DateTimeOffset?)null)
                .SetProperty(row => row.AccessFailedCount, 0), cancellation) == 1;
}
