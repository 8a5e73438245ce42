using Cofferdam.Storage;
using Microsoft.AspNetCore.Identity;

namespace Cofferdam.Server.SignIn;

/// <summary>
/// Hashes and compares passwords, a few at a time and the others in order: each costs a core for a good part of a second,
/// and anybody may ask, so that otherwise a sign-in from everywhere would leave nothing for those at work.
/// </summary>
internal sealed class PasswordHashing(IPasswordHasher<Account> hasher) : IDisposable
{
    public const int AtOnce = 4;

    private readonly SemaphoreSlim places = new(AtOnce);

    /// <summary>A hash that no password has, so that an unknown name takes as long as a wrong password.</summary>
    private string? nobodysHash;

    public Task<string> HashAsync(Account account, string password, CancellationToken cancellation) =>
        InTurnAsync(() => hasher.HashPassword(account, password), cancellation);

    /// <param name="account">Null where there is none by this name: takes as long, and is false.</param>
    public Task<bool> IsRightAsync(Account? account, string password, CancellationToken cancellation) => InTurnAsync(
        () =>
        {
            var hash = account?.PasswordHash ?? (nobodysHash ??= hasher.HashPassword(new Account(), Guid.NewGuid().ToString()));
            var matches = hasher.VerifyHashedPassword(account ?? new Account(), hash, password) != PasswordVerificationResult.Failed;
            return matches && account?.PasswordHash is not null;
        },
        cancellation);

    public void Dispose() => places.Dispose();

    private async Task<T> InTurnAsync<T>(Func<T> work, CancellationToken cancellation)
    {
        await places.WaitAsync(cancellation);
        try
        {
            return work();
        }
        finally
        {
            places.Release();
        }
    }
}
