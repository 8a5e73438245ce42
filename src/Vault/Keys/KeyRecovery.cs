using System.Security.Cryptography;
using Cofferdam.Sealing;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Keys;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault;

/// <summary>What became of a recovery.</summary>
public abstract record RecoverOutcome
{
    private RecoverOutcome() { }

    /// <summary>The lab's key is with the custodian that was named. The vault's next start writes the receipt.</summary>
    public sealed record Recovered : RecoverOutcome;

    /// <summary>The shares are too few, not as they were given out, or of another recovery key than the newest.</summary>
    /// <param name="Sentence">Which it is.</param>
    public sealed record SharesDoNotFit(string Sentence) : RecoverOutcome;

    /// <summary>There is no such lab in the store, or no recovery key was made for it.</summary>
    public sealed record NothingToRecover : RecoverOutcome;
}

/// <summary>Opens a lab whose custodian is lost, with the shares of its recovery key. The vault must not be running.</summary>
public static class KeyRecovery
{
    /// <summary>The same for a lab by its name in addresses.</summary>
    /// <param name="slug">Null: the node itself, whose own secrets are kept like a lab's.</param>
    /// <exception cref="VaultInUseException">A vault process has the store open.</exception>
    /// <exception cref="KeyCustodyException">The custodian cannot take the key.</exception>
    public static async Task<RecoverOutcome> RecoverAsync(
        VaultOptions options, string? slug, IReadOnlyList<string> shares, CustodianChoice to, CancellationToken cancellation = default)
    {
        Guid? lab = LabId.Node.Value;
        if (slug is not null)
        {
            using var store = VaultStore.Open(options);
            lab = store.Labs().FirstOrDefault(row => row.Slug == slug)?.Id;
        }

        return lab is { } id ? await RecoverAsync(options, new LabId(id), shares, to, cancellation) : new RecoverOutcome.NothingToRecover();
    }

    /// <summary>Unwraps the lab key with the shares and wraps it under a new root key.</summary>
    /// <param name="shares">As their holders typed them, in any order.</param>
    /// <param name="to">The custodian that keeps the root key from now on; start the vault with it.</param>
    /// <exception cref="VaultInUseException">A vault process has the store open.</exception>
    /// <exception cref="KeyCustodyException">The custodian cannot take the key.</exception>
    public static async Task<RecoverOutcome> RecoverAsync(
        VaultOptions options, LabId lab, IReadOnlyList<string> shares, CustodianChoice to, CancellationToken cancellation = default)
    {
        using var store = VaultStore.Open(options);
        if (store.Lab(lab.Value) is not { } row || store.Recovery(row.Number) is not { } recovery)
            return new RecoverOutcome.NothingToRecover();
        if (RecoveryShares.TryCombine(shares) is not CombineOutcome.Combined combined)
            return new RecoverOutcome.SharesDoNotFit(Say(RecoveryShares.TryCombine(shares)));
        var opened = RecoveryKey.TryUnwrap(combined.PrivateKey, KeyContext.Recovery(lab.Value, row.Key), recovery.Wrapped, out var key);
        CryptographicOperations.ZeroMemory(combined.PrivateKey);
        if (!opened)
            return new RecoverOutcome.SharesDoNotFit("The shares are of another recovery key than the newest of this lab.");

        using var custodian = to.Create(options.KeyFolder, options.Time);
        var (fresh, wrapped) = await Rekeying.WrapAsync(lab, row.Key, key, custodian, cancellation);
        store.Begin();
        try
        {
            store.ReplaceLabKey(row.Number, fresh with { Custodian = row.Custodian, Root = row.Root }, fresh, wrapped, options.Time.GetUtcNow());
            store.NoteRecovered(row.Number, told: false);
            store.Commit();
        }
        catch
        {
            store.Rollback();
            throw;
        }

        CryptographicOperations.ZeroMemory(key);
        return new RecoverOutcome.Recovered();
    }

    private static string Say(CombineOutcome outcome) => outcome switch
    {
        CombineOutcome.TooFew few => $"{few.Given} shares were given; it takes {few.Needed}.",
        CombineOutcome.Faulty { Fault: ShareFault.Mistyped } faulty => $"Share {faulty.Position + 1} is mistyped or no share.",
        CombineOutcome.Faulty { Fault: ShareFault.OfAnotherKey } faulty => $"Share {faulty.Position + 1} is of another recovery key than those before it.",
        CombineOutcome.Faulty faulty => $"Share {faulty.Position + 1} was given twice.",
        _ => "Each share looks right, and together they give another key: one of them was made up.",
    };
}
