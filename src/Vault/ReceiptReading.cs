using System.Diagnostics.CodeAnalysis;
using Cofferdam.Ledger;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault;

/// <summary>Turns a stored receipt into what the contract hands out.</summary>
internal static class ReceiptReading
{
    /// <param name="salt">Empty where the receipt's person was erased.</param>
    public static ReceiptEntry Entry(ReceiptRow row, byte[] salt)
    {
        if (!TryParse(row, out var facts))
        {
            // Edited in the store. Handed on as it is, so that whoever verifies the ledger sees which one it is.
            return new ReceiptEntry(
                row.Sequence, row.Time, row.Act, ProjectId.None, Principal.Service, Purpose.None, [], null, null, null, Guid.Empty, null, row.What, row.Who, salt, row.Leaf);
        }

        return new ReceiptEntry(
            row.Sequence,
            row.Time,
            row.Act,
            new ProjectId(facts.Project),
            new Principal(ReceiptText.Principal(facts.PrincipalKind), facts.Pseudonym, facts.Engagement),
            facts.Purpose is { } purpose ? ReceiptText.PurposeOf(purpose) : Purpose.None,
            [.. facts.Records.Select(r => new ReceiptRecord(ReceiptText.Kind(r.Kind), new RecordId(r.Id), r.Version, r.ContentId, r.Bytes, r.Again))],
            facts.Assignment,
            facts.Session,
            facts.Refusal is { } refusal ? ReceiptText.Refusal(refusal) : null,
            facts.Process,
            facts.Destination,
            row.What,
            row.Who,
            salt,
            row.Leaf);
    }

    private static bool TryParse(ReceiptRow row, [NotNullWhen(true)] out ReceiptFacts? facts)
    {
        try
        {
            facts = Receipt.Parse(row.What, row.Who);
            return true;
        }
        catch (FormatException)
        {
            facts = null;
            return false;
        }
    }
}
