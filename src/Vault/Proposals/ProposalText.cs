using System.Globalization;
using System.Security.Cryptography;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Proposals;

/// <summary>What receipts say of a proposal, as particulars (docs/formats/receipt.md).</summary>
internal static class ProposalText
{
    public const string Proposal = "proposal";

    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    /// <summary>Everything that two people agree on: a proposal's row fits its receipts only where all of it is the same.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Particulars(ProposalRow row, DateTimeOffset? effectiveAt = null)
    {
        List<KeyValuePair<string, string>> particulars =
        [
            new("kind", Name(row.Kind)),
            new(Proposal, row.Id.ToString()),
        ];
        if (effectiveAt is { } at)
            particulars.Add(new("effectiveAt", Time(at)));
        if (row.Policy is { } policy)
            particulars.Add(new("policy", Convert.ToHexStringLower(SHA256.HashData(policy))));
        if (row.Subject is { } subject)
            particulars.Add(new("subject", subject.ToString()));
        // The order in which they are written and read back.
        particulars.Sort((a, b) => string.CompareOrdinal(a.Key, b.Key));
        return particulars;
    }

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    public static string? Value(IReadOnlyList<KeyValuePair<string, string>> particulars, string name) =>
        particulars.FirstOrDefault(particular => particular.Key == name).Value;

    public static string Name(ProposalKind kind)
    {
        var name = kind.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
