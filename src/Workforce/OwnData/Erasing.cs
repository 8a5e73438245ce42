using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Workforce.Access;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.OwnData;

/// <summary>Erases a person: records at once, rows in one transaction, the key once a second person approves.</summary>
/// <remarks>
/// Receipts stay, and with them the proof of who read what: they hold ids and hashes. The person's row stays under a name
/// that says nothing, because the pay ledger and the receipts refer to it. A stop in between leaves an account that can
/// ask again: the account is the last thing to go.
/// </remarks>
internal sealed class Erasing(IVault vault, AppDb db, IEnumerable<IPersonalData> rooms, PersonRecords records, IVendorAccounts accounts, Store store, TimeProvider time)
{
    public async Task<ErasureForetold> ForetellAsync(VendorActor actor, CancellationToken cancellation)
    {
        var name = await db.People.Where(row => row.Id == actor.Person).Select(row => row.Name).SingleAsync(cancellation);
        var count = await db.HeldRecords.CountAsync(row => row.Person == actor.Person, cancellation);
        return new ErasureForetold(
            name, count,
            [
                $"{count} sealed records about you are removed at once: {string.Join(", ", HeldFields.All.Select(facts => Names.Of(facts.Field)))}.",
                .. rooms.Select(room => $"{room.Section}: {room.OnErasure}"),
                "Your account ends: every way of signing in is taken from it, every session of yours ends now, and your handle is replaced.",
                "The destruction of the key under which your records were sealed is proposed in your name. A manager approves it; from then on copies of the store that were made earlier cannot be read either.",
                "This cannot be undone. Export what you want to keep first.",
            ],
            [
                "Receipts of who read what: they hold numbers and hashes, no content, and prove what was done with your data.",
                "What you were paid and for what, under a number without your name: the law asks for the books.",
                "Labs where you worked know you under a random name that was made for that lab alone; they are told that you left, not who you are.",
            ]);
    }

    /// <returns>Null where the vault did not take the proposal: it needs a signature.</returns>
    public async Task<ErasureDone?> EraseAsync(VendorActor actor)
    {
        var account = await db.People.Where(row => row.Id == actor.Person).Select(row => row.Account).SingleAsync();
        if (await ProposeAsync(actor) is not { } proposal)
            return null;
        var removed = await RemoveRecordsAsync(actor);
        // What SQLite deletes it otherwise leaves in free pages until they are used again.
        if (store.IsSqlite)
        {
            await db.Database.OpenConnectionAsync();
            await db.Database.ExecuteSqlRawAsync("PRAGMA secure_delete = ON");
        }

        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            foreach (var room in rooms)
                await room.ForgetAsync(actor.Person, CancellationToken.None);
            await db.HeldRecords.Where(row => row.Person == actor.Person).ExecuteDeleteAsync();
            var now = time.GetUtcNow();
            var name = $"erased-{Guid.NewGuid().ToString("N")[..12]}";
            await db.People.Where(row => row.Id == actor.Person)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Name, name).SetProperty(row => row.LeftAt, now));
            await accounts.ForgetAsync(account, name);
            db.Erasures.Add(new Erasure { Person = actor.Person, Proposal = proposal, Records = removed, ErasedAt = now });
            await db.SaveChangesAsync();
            await transaction.CommitAsync();
        }

        if (store.IsSqlite)
            await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        return new ErasureDone(removed, proposal);
    }

    private async Task<Guid?> ProposeAsync(VendorActor actor)
    {
        // Asked again after a stop in between: the proposal is there already.
        var known = (await vault.ProposalsAsync(actor.Vendor)).FirstOrDefault(one =>
            one.Kind is ProposalKind.ShredProject && one.Subject == actor.Person && one.State is (ProposalState.Open or ProposalState.Approved));
        if (known is not null)
            return known.Id;
        return await vault.ProposeAsync(actor.Vendor, ProposalKind.ShredProject, actor.Person, actor.Principal) is ProposalOutcome.Accepted accepted
            ? accepted.Proposal.Id
            : null;
    }

    // By what the vault has, not by our rows: a record that a stop left without a row goes too.
    private async Task<int> RemoveRecordsAsync(VendorActor actor)
    {
        List<HeldRecord> held = [];
        foreach (var facts in HeldFields.All)
            await foreach (var id in vault.ListAsync(actor.Vendor, actor.Own, facts.Kind, DateTimeOffset.UnixEpoch))
                held.Add(new HeldRecord { Record = id.Value, Person = actor.Person, Field = facts.Field, SealedAt = default, DueAt = default });
        await records.RemoveAsync(actor.Vendor, actor.Person, actor.Principal, held);
        return held.Count;
    }
}
