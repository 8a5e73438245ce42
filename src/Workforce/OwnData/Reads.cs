using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Workforce.Access;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.OwnData;

/// <summary>One time that something held about the person was opened, or was asked for and refused.</summary>
/// <param name="Receipt">Sequence number in the vendor's ledger.</param>
/// <param name="By">Handle of who; <c>you</c>; or <c>the node itself</c>.</param>
/// <param name="Role">What they are at the vendor; null for the node itself.</param>
/// <param name="Fields">What was opened.</param>
/// <param name="Refused">Nothing was handed out.</param>
/// <param name="Sound">The receipt is as the ledger has it. False: somebody changed it since; tell an owner.</param>
public sealed record ReadView(
    long Receipt, DateTimeOffset At, string By, VendorRole? Role, Purpose Purpose, IReadOnlyList<string> Fields, int Records, bool Refused, bool Sound);

/// <summary>Who read what is held about a person: the vault's receipts under that person's key.</summary>
internal sealed class Reads(IVault vault, AppDb db)
{
    public const int PageRows = 200;

    private static readonly Act[] Disclosing = [Act.Open, Act.Export, Act.Send, Act.Refuse];

    /// <summary>Newest first.</summary>
    /// <param name="before">Sequence number to go on from; null: from the newest.</param>
    public async Task<List<ReadView>> PageAsync(LabId vendor, Guid person, long? before, CancellationToken cancellation)
    {
        var receipts = await vault.ReceiptsAsync(
            new ReceiptQuery(vendor, Project: new ProjectId(person), Acts: Disclosing, Before: before, Limit: PageRows), cancellation);
        var readers = receipts.Select(receipt => receipt.Principal.Pseudonym).Distinct().ToArray();
        var people = await db.People.AsNoTracking().Where(row => readers.Contains(row.Id)).ToDictionaryAsync(row => row.Id, cancellation);
        return [.. receipts.Select(receipt => View(receipt, person, people.GetValueOrDefault(receipt.Principal.Pseudonym)))];
    }

    private static ReadView View(ReceiptEntry receipt, Guid person, Person? reader) => new(
        receipt.Sequence, receipt.Time,
        receipt.Principal.Pseudonym == person ? "you" : receipt.Principal.Kind is PrincipalKind.Service ? "the node itself" : reader?.Name ?? receipt.Principal.Pseudonym.ToString(),
        reader?.Role, receipt.Purpose,
        [.. receipt.Records.Select(record => HeldFields.Of(record.Kind) is { } field ? Names.Of(field) : Names.Of(record.Kind)).Distinct().Order()],
        receipt.Records.Count, receipt.Act is Act.Refuse, receipt.Fits);
}
