using Cofferdam.Ledger;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Keys;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault;

/// <summary>A stored receipt, read and compared with its leaf.</summary>
/// <param name="Facts">Null where a part is not in its canonical spelling.</param>
internal sealed record ReadReceipt(ReceiptEntry Entry, ReceiptFacts? Facts, ReceiptFit Fit);

internal enum ReceiptFit
{
    /// <summary>The leaf commits to both parts, and the columns say the same.</summary>
    Right,

    /// <summary>Edited in the store.</summary>
    Wrong,

    /// <summary>The principal's salt key is gone: nobody can tell any more.</summary>
    Erased,
}

/// <summary>Turns a stored receipt into what the contract hands out.</summary>
internal static class ReceiptReading
{
    /// <summary>Reads a receipt. Edited ones are handed on too, as they are, so that whoever looks sees which they are.</summary>
    /// <param name="saltOf">The salt that a principal's receipt of this number has; empty where the person was erased.</param>
    public static ReadReceipt Read(LabKeys lab, ReceiptRow row, Func<Guid, byte[]> saltOf)
    {
        var facts = Parse(row);
        // The columns are copies that nothing binds. Whose receipt it is, the part says that the leaf commits to.
        var salt = saltOf(facts?.Pseudonym ?? row.Principal);
        var fit = facts is null || !ColumnsAgree(lab, row, facts) ? ReceiptFit.Wrong
            : salt.Length == 0 ? ReceiptFit.Erased
            : Receipt.Verify(row.Leaf, row.What, row.Who, salt) ? ReceiptFit.Right
            : ReceiptFit.Wrong;
        return new ReadReceipt(facts is null ? Unread(row, salt) : Entry(row, facts, salt, fit), facts, fit);
    }

    private static ReceiptEntry Entry(ReceiptRow row, ReceiptFacts facts, byte[] salt, ReceiptFit fit) => new(
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
        row.Leaf,
        Fits: fit == ReceiptFit.Right,
        facts.Key is { } key ? new Proof(key, facts.Nonce, facts.Signature) : null);

    private static ReceiptEntry Unread(ReceiptRow row, byte[] salt) => new(
        row.Sequence, row.Time, row.Act, ProjectId.None, Principal.Service, Purpose.None, [], null, null, null, Guid.Empty, null, row.What, row.Who, salt, row.Leaf,
        Fits: false);

    private static bool ColumnsAgree(LabKeys lab, ReceiptRow row, ReceiptFacts facts) =>
        facts.Lab == lab.Id.Value && facts.Project == row.Project && facts.Pseudonym == row.Principal
        && Receipt.TryParseLeaf(row.Leaf, out var leaf) && leaf.Sequence == row.Sequence && leaf.Time == row.Time && ReceiptText.IsName(row.Act, leaf.Act);

    private static ReceiptFacts? Parse(ReceiptRow row)
    {
        try
        {
            return Receipt.Parse(row.What, row.Who);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
