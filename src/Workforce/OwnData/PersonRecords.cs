using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Workforce.Access;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.OwnData;

/// <summary>Seals, opens and removes what is held about a person, under that person's own key, each record with its clock.</summary>
/// <remarks>Every room that keeps something confidential about a person keeps it through this, so that export, erasure and the clock reach it.</remarks>
internal sealed class PersonRecords(IVault vault, AppDb db, TimeProvider time)
{
    /// <summary>Seals a record and starts its clock anew.</summary>
    /// <param name="record">Whose head it replaces; null for a new one.</param>
    /// <returns>Its id.</returns>
    /// <exception cref="InvalidOperationException">The person has no key: erased.</exception>
    public async Task<Guid> SealAsync(VendorActor by, Guid person, HeldField field, ReadOnlyMemory<byte> plaintext, Guid? record = null)
    {
        var id = record ?? RecordId.New().Value;
        var now = time.GetUtcNow();
        var due = now.AddDays(await DaysAsync(field));
        // The clock first: no record is without one. Of a record that then is not sealed, nothing is there to remove.
        var written = await db.HeldRecords.Where(row => row.Record == id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.SealedAt, now).SetProperty(row => row.DueAt, due), CancellationToken.None);
        if (written == 0)
        {
            db.HeldRecords.Add(new HeldRecord { Record = id, Person = person, Field = field, SealedAt = now, DueAt = due });
            await db.SaveChangesAsync(CancellationToken.None);
        }

        var request = new SealRequest(by.Vendor, new ProjectId(person), by.Principal, [new SealItem(HeldFields.Of(field).Kind, new RecordId(id), plaintext)]);
        return await vault.SealAsync(request, CancellationToken.None) is SealOutcome.Sealed
            ? id
            : throw new InvalidOperationException($"What is held about {person} cannot be sealed: there is no key.");
    }

    /// <summary>Opens those of the records that are still held, in the reader's name and session.</summary>
    /// <param name="wanted">At most <see cref="IVault.MaxRecordsPerAct"/>.</param>
    /// <returns>Plaintext by record; without those that the clock has removed.</returns>
    public async Task<(IReadOnlyDictionary<Guid, ReadOnlyMemory<byte>> Opened, OpenOutcome.Refused? Refused)> OpenAsync(
        VendorActor reader, Guid person, Purpose purpose, IReadOnlyCollection<Guid> wanted, CancellationToken cancellation)
    {
        var held = wanted.Count == 0 ? [] : await db.HeldRecords.AsNoTracking().Where(row => row.Person == person && wanted.Contains(row.Record)).ToListAsync(cancellation);
        if (held.Count == 0)
            return (new Dictionary<Guid, ReadOnlyMemory<byte>>(), null);
        var outcome = await vault.OpenAsync(
            new OpenRequest(reader.Vendor, new ProjectId(person), reader.Principal, Act.Open, purpose, [.. held.Select(Ref)], Session: reader.Session), cancellation);
        return outcome is OpenOutcome.Opened opened
            ? (opened.Records.ToDictionary(record => record.Id.Value, record => record.Plaintext), null)
            : (new Dictionary<Guid, ReadOnlyMemory<byte>>(), (OpenOutcome.Refused)outcome);
    }

    /// <summary>Removes records of one person, with a receipt, and forgets their clocks.</summary>
    public async Task RemoveAsync(LabId vendor, Guid person, Principal by, IReadOnlyList<HeldRecord> held)
    {
        foreach (var chunk in held.Chunk(IVault.MaxRecordsPerAct))
        {
            await vault.RemoveAsync(vendor, new ProjectId(person), by, [.. chunk.Select(Ref)], CancellationToken.None);
            var ids = chunk.Select(row => row.Record).ToArray();
            await db.HeldRecords.Where(row => ids.Contains(row.Record)).ExecuteDeleteAsync(CancellationToken.None);
        }
    }

    /// <summary>How long a field is kept.</summary>
    public async Task<int> DaysAsync(HeldField field) =>
        await db.RetentionRules.Where(row => row.Field == field).Select(row => (int?)row.Days).SingleOrDefaultAsync() ?? HeldFields.Of(field).Days;

    private static RecordRef Ref(HeldRecord row) => new(HeldFields.Of(row.Field).Kind, new RecordId(row.Record));
}
