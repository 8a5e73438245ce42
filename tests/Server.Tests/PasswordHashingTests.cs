using Cofferdam.Server.SignIn;
using Cofferdam.Storage;
using Microsoft.AspNetCore.Identity;
using Xunit;

namespace Cofferdam.Server.Tests;

public sealed class PasswordHashingTests
{
    [Fact]
    public async Task Hash_MoreThanFourAtOnce_WaitsItsTurn()
    {
        using var held = new HeldHasher();
        using var passwords = new PasswordHashing(held);
        var account = new Account();
        var under = Enumerable.Range(0, PasswordHashing.AtOnce)
            .Select(_ => Task.Factory.StartNew(() => passwords.HashAsync(account, "a password", default), TaskCreationOptions.LongRunning).Unwrap()).ToList();
        for (var i = 0; i < PasswordHashing.AtOnce; i++)
            await held.Entered.WaitAsync(TestContext.Current.CancellationToken);

        using var gone = new CancellationTokenSource();
        var waiting = passwords.IsRightAsync(null, "a password", gone.Token);
        waiting.IsCompleted.ShouldBeFalse();
        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => waiting);

        held.Go.Set();
        account.PasswordHash = (await Task.WhenAll(under))[0];
        (await passwords.IsRightAsync(account, "a password", default)).ShouldBeTrue();
        (await passwords.IsRightAsync(account, "another", default)).ShouldBeFalse();
        (await passwords.IsRightAsync(null, "a password", default)).ShouldBeFalse();
    }

    /// <summary>Hashes when it is let.</summary>
    private sealed class HeldHasher : PasswordHasher<Account>, IDisposable
    {
        public SemaphoreSlim Entered { get; } = new(0);
        public ManualResetEventSlim Go { get; } = new();

        public override string HashPassword(Account user, string password)
        {
            Entered.Release();
            Go.Wait();
            return base.HashPassword(user, password);
        }

        public void Dispose()
        {
            Entered.Dispose();
            Go.Dispose();
        }
    }
}
