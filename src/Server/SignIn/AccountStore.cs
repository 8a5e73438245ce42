using System.Text;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;

namespace Cofferdam.Server.SignIn;

/// <summary>Identity's store of accounts, but that the row of a TOTP secret names a sealed record instead of holding it.</summary>
internal sealed class AccountStore(AppDb db, NodeSecrets secrets, IdentityErrorDescriber describer)
    : UserOnlyStore<Account, AppDb, Guid>(db, describer)
{
    public override async Task SetAuthenticatorKeyAsync(Account user, string key, CancellationToken cancellationToken)
    {
        var record = await secrets.SealAsync(ProjectId.None, Encoding.UTF8.GetBytes(key), cancellation: cancellationToken);
        await base.SetAuthenticatorKeyAsync(user, record.Value.ToString("N"), cancellationToken);
    }

    public override async Task<string?> GetAuthenticatorKeyAsync(Account user, CancellationToken cancellationToken)
    {
        var record = await base.GetAuthenticatorKeyAsync(user, cancellationToken);
        return record is null
            ? null
            : Encoding.UTF8.GetString((await secrets.OpenAsync(ProjectId.None, new RecordId(Guid.ParseExact(record, "N")), cancellation: cancellationToken)).Span);
    }
}
