using System.Security.Cryptography;
using Cofferdam.Ledger;
using Cofferdam.TestKit;
using Cofferdam.Vault.Contract;
using Xunit;

namespace Cofferdam.Vault.Tests;

/// <summary>A backup made while the vault works opens elsewhere, as of one moment.</summary>
public sealed class BackupTests
{
    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Restore_OfABackupMadeUnderLoad_OpensAllOfThatMomentAndItsLedgerVerifies(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database, VaultFixture.Unbounded);
        List<RecordRef> before = [];
        for (var i = 0; i < 50; i++)
            before.Add(await fixture.SealAsync($"{i}"));
        using var stop = new CancellationTokenSource();
        var clients = Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
                (await fixture.OpenAsync(await fixture.SealAsync("later"))).ShouldBeOfType<OpenOutcome.Opened>();
        })).ToArray();
        var file = Path.Combine(fixture.Options.KeyFolder, "backup.cfdb");

        await VaultBackup.WriteAsync(fixture.Options, file);
        await stop.CancelAsync();
        await Task.WhenAll(clients);

        await using var elsewhere = await fixture.ElsewhereAsync();
        (await VaultBackup.RestoreAsync(elsewhere.Options, file, [])).ShouldBe(RestoreOutcome.Restored);
        (await VaultBackup.RestoreAsync(elsewhere.Options, file, [])).ShouldBe(RestoreOutcome.NotEmpty);
        await elsewhere.ReopenAsync();
        foreach (var record in before)
            (await elsewhere.OpenAsync(record)).ShouldBeOfType<OpenOutcome.Opened>();
        (await elsewhere.CountAsync("SELECT count(*) FROM record")).ShouldBeGreaterThanOrEqualTo(50);
        (await elsewhere.VerifyAsync()).ShouldBeOfType<LedgerFinding.Sound>();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Restore_BackupCutEditedOrWithoutTheKey_ChangesNothing(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var item = await fixture.SealAsync("text");
        var set = await fixture.Vault.MakeRecoveryKeyAsync(LabId.Node, 2, 2, fixture.Expert);
        var file = Path.Combine(fixture.Options.KeyFolder, "backup.cfdb");
        await VaultBackup.WriteAsync(fixture.Options, file);
        var bytes = await File.ReadAllBytesAsync(file);
        await using var elsewhere = await fixture.ElsewhereAsync();

        await Should.ThrowAsync<CryptographicException>(() => RestoreAsync(bytes[..^1]));
        await Should.ThrowAsync<CryptographicException>(() => RestoreAsync([.. bytes[..^20], (byte)(bytes[^20] ^ 1), .. bytes[^19..]]));
        (await RestoreAsync([.. bytes[..30], (byte)(bytes[30] ^ 1), .. bytes[31..]])).ShouldBe(RestoreOutcome.CannotBeOpened);
        (await RestoreAsync("no backup"u8.ToArray())).ShouldBe(RestoreOutcome.CannotBeOpened);

        // The node's own key file lost: the shares open it.
        File.Move(Path.Combine(fixture.Options.KeyFolder, $"{LabId.Node}.2.key"), file + ".away");
        await Should.ThrowAsync<Sealing.KeyCustodyException>(() => RestoreAsync(bytes));
        (await VaultBackup.RestoreAsync(elsewhere.Options, file, [.. set.Shares])).ShouldBe(RestoreOutcome.Restored);
        File.Move(file + ".away", Path.Combine(fixture.Options.KeyFolder, $"{LabId.Node}.2.key"));
        await elsewhere.ReopenAsync();
        (await elsewhere.OpenAsync(item)).ShouldBeOfType<OpenOutcome.Opened>();

        async Task<RestoreOutcome> RestoreAsync(byte[] content)
        {
            await File.WriteAllBytesAsync(file + ".edited", content);
            return await VaultBackup.RestoreAsync(elsewhere.Options, file + ".edited", []);
        }
    }
}
