using Cofferdam.Ledger;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault.Attestation;

/// <summary>What terms may say.</summary>
internal static class TermsRules
{
    private const int MostKid = 100;

    /// <returns>What is wrong; null where nothing is.</returns>
    public static TermsOutcome.Invalid? Fault(EngagementTerms terms)
    {
        if (terms.Engagement == Guid.Empty || terms.Vendor == Guid.Empty || terms.Node == Guid.Empty)
            return new("engagement", "Engagement, vendor and node each have an id.");
        if (terms.Headcount is < 0 or > EngagementTerms.MostHeadcount)
            return new("headcount", $"A headcount is 0 to {EngagementTerms.MostHeadcount:N0}.");
        if (terms.Lab is { Length: 0 or > MostKid })
            return new("lab", "The lab's name in statements is its slug.");
        if (terms.Keys.Count > EngagementTerms.MostKeys || terms.Keys.DistinctBy(key => key.Kid).Count() < terms.Keys.Count)
            return new("keys", $"A vendor has at most {EngagementTerms.MostKeys} keys, each under a name of its own.");
        return terms.Keys.All(IsKey) ? null : new("keys", "A key is a point of P-256 or 32 bytes of Ed25519, and has a printable name.");
    }

    /// <summary>With times as precise as receipts are, which is what they are compared with.</summary>
    public static EngagementTerms AsPrecise(EngagementTerms terms) => terms with
    {
        Ends = AsPrecise(terms.Ends),
        Keys = [.. terms.Keys.Select(key => key with { From = Micros.Time(Micros.Of(key.From)), Until = AsPrecise(key.Until) })],
    };

    private static DateTimeOffset? AsPrecise(DateTimeOffset? time) => time is { } at ? Micros.Time(Micros.Of(at)) : null;

    private static bool IsKey(StatementKey key) =>
        key.Kid.Length is > 0 and <= MostKid && key.Kid.All(letter => letter is > ' ' and <= '~')
        && key.Algorithm switch
        {
            StatementAlgorithm.Es256 => BrowserKey.IsPoint(key.PublicKey.Span),
            StatementAlgorithm.EdDsa => key.PublicKey.Length == Ed25519.PublicKeyBytes,
            _ => false,
        };
}
