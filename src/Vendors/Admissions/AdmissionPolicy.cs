using System.Text.Json;
using System.Text.RegularExpressions;
using Cofferdam.Federation.Statements;
using Cofferdam.Vendors.Terms;

namespace Cofferdam.Vendors.Admissions;

/// <summary>What the lab asks of a vendor's people, beyond what the vault checks of their statements.</summary>
internal static partial class AdmissionPolicy
{
    /// <summary>Why somebody so stated is not let in: a code; null where they may be.</summary>
    public static string? Fault(VendorTerms terms, EngagementStatement said, DateTimeOffset now)
    {
        var required = JsonSerializer.Deserialize(terms.Agreements, VendorsJson.Default.IReadOnlyListRequiredAgreement)!;
        return terms.Ends <= now ? "ended"
            : terms.Training && !(said.TrainedUntil >= DateOnly.FromDateTime(now.UtcDateTime)) ? "training"
            : !required.All(one => said.Agreements.Any(signed => signed.Code == one.Code && signed.Version >= one.Version)) ? "agreements"
            : null;
    }

    /// <summary>People come and go: so many may be known of an engagement.</summary>
    public static int MostKnown(VendorTerms terms) => Math.Max(100, terms.Headcount * 20);

    public static AdmissionFacts Facts(EngagementStatement said) => new(
        [.. said.Skills.Select(skill => skill.Code)], [.. said.Qualifications.Select(test => test.Code)],
        [.. said.Agreements.Select(agreement => $"{agreement.Code}/{agreement.Version}")], said.TrainedUntil);

    /// <summary>Whether it is a code as this lab writes skills.</summary>
    public static bool IsSkill(string code) => Skill().IsMatch(code);

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,31}$", RegexOptions.CultureInvariant)]
    private static partial Regex Skill();
}
