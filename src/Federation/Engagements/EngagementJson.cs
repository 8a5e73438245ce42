using System.Text.Json;
using Cofferdam.Federation.Signing;

namespace Cofferdam.Federation.Engagements;

/// <summary>Terms and briefs as they travel.</summary>
public static class EngagementJson
{
    /// <summary>Largest message: 64 KiB.</summary>
    public const int MostBytes = 64 << 10;

    public static byte[] Write(OfferedTerms terms) => JsonSerializer.SerializeToUtf8Bytes(terms, FederationJson.Default.OfferedTerms);

    public static byte[] Write(Brief brief) => JsonSerializer.SerializeToUtf8Bytes(brief, FederationJson.Default.Brief);

    /// <returns>Null where it is not what <see cref="Write(OfferedTerms)"/> writes, or out of its ranges.</returns>
    public static OfferedTerms? ReadTerms(ReadOnlySpan<byte> json) =>
        StrictJson.Read(json, FederationJson.Default.OfferedTerms) is { } read && Fault(read) is null ? read : null;

    /// <returns>Null where it is not what <see cref="Write(Brief)"/> writes, or out of its ranges.</returns>
    public static Brief? ReadBrief(ReadOnlySpan<byte> json) =>
        StrictJson.Read(json, FederationJson.Default.Brief) is { } read && Fault(read) is null ? read : null;

    /// <summary>Most statements or withdrawals in one request.</summary>
    public const int MostStatements = 100;

    /// <summary>Statements or withdrawals as they are handed in: an array of compact JWS.</summary>
    public static byte[] Write(IReadOnlyList<string> statements) => JsonSerializer.SerializeToUtf8Bytes([.. statements], FederationJson.Default.StringArray);

    /// <returns>Null where it is not that, or there are too many.</returns>
    public static IReadOnlyList<string>? ReadStatements(ReadOnlySpan<byte> json) =>
        StrictJson.Read(json, FederationJson.Default.StringArray) is { Length: <= MostStatements } read && Array.TrueForAll(read, one => one is not null) ? read : null;

    public static byte[] Write(IReadOnlyList<StatementReply> replies) => JsonSerializer.SerializeToUtf8Bytes([.. replies], FederationJson.Default.StatementReplyArray);

    /// <returns>Null where it is not what <see cref="Write(IReadOnlyList{StatementReply})"/> writes.</returns>
    public static IReadOnlyList<StatementReply>? ReadReplies(ReadOnlySpan<byte> json) => StrictJson.Read(json, FederationJson.Default.StatementReplyArray);

    /// <summary>The first field of terms that is out of its range; null where none is.</summary>
    public static string? Fault(OfferedTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return terms.Revision < 1 ? "revision"
            : !IsText(terms.Programme, 1, 200) ? "programme"
            : terms.Tier is < 1 or > 5 ? "tier"
            : terms.Currency is not { Length: 3 } || !terms.Currency.All(char.IsAsciiLetterUpper) ? "currency"
            : !AreSound(terms.Rates) ? "rates"
            : terms.NoticeDays is < 0 or > 365 ? "noticeDays"
            : terms.PausePay is < 0 or > 100 ? "pausePay"
            : terms.SubContractors.Count > 20 || !terms.SubContractors.All(name => IsText(name, 1, 200)) ? "subContractors"
            : terms.Clocks.Incident is < 0 or > 8_760 || terms.Clocks.Withdrawal is < 0 or > 8_760 ? "clocks"
            : terms.Headcount is < 0 or > 100_000 ? "headcount"
            : terms.Agreements.Count > 50 || !terms.Agreements.All(one => IsText(one?.Code, 1, 64) && one!.Version > 0) ? "agreements"
            : null;
    }

    /// <summary>The first field of a brief that is out of its range; null where none is.</summary>
    public static string? Fault(Brief brief)
    {
        ArgumentNullException.ThrowIfNull(brief);
        return brief.Revision < 1 ? "revision"
            : !IsText(brief.CodeName, 1, 60) ? "codeName"
            : !AreCodes(brief.Skills) ? "skills"
            : !AreCodes(brief.Languages) ? "languages"
            : brief.HoursPerWeek is < 0 or > 168 ? "hoursPerWeek"
            : brief.Places is < 0 or > 100_000 ? "places"
            : !AreSound(brief.Rates) ? "rates"
            : brief.Kinds.Count > 6 || !brief.Kinds.All(Enum.IsDefined) ? "kinds"
            : !IsText(brief.Description, 0, 4_000) ? "description"
            : brief.ContentClasses is { } classes && (classes.Count > 16 || !AreCodes(classes)) ? "contentClasses"
            : null;
    }

    private static bool AreSound(IReadOnlyList<AgreedRate> rates) => rates.Count <= 50
        && rates.All(rate => rate is { MinorUnits: >= 0 and <= 100_000_000 } && Enum.IsDefined(rate.Kind) && Enum.IsDefined(rate.Unit) && (rate.Skill is null || IsText(rate.Skill, 1, 64)));

    private static bool AreCodes(IReadOnlyList<string> codes) => codes.Count <= 50 && codes.All(code => IsText(code, 1, 64));

    private static bool IsText(string? text, int least, int most) => text is not null && text.Length >= least && text.Length <= most && (least == 0 || !string.IsNullOrWhiteSpace(text));
}
