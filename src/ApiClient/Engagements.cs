using System.Text.Json;

namespace Cofferdam.ApiClient;

public sealed record Engagement(Guid Id);

internal sealed record EngagementBody(string Name);

/// <param name="Kind"><c>task</c>, <c>reading</c>, <c>qualification</c>, <c>question</c>, <c>rework</c> or <c>review</c>.</param>
/// <param name="Unit"><c>each</c> or <c>hour</c>.</param>
/// <param name="MinorUnits">In the currency of the terms.</param>
public sealed record AgreedRate(string Kind, string Unit, long MinorUnits);

/// <summary>Hours within which each side tells the other.</summary>
public sealed record NoticeClocks(int Incident, int Withdrawal);

public sealed record RequiredAgreement(string Code, int Version);

/// <summary>What a lab and a vendor agree on an engagement; ranges as in <c>docs/formats/federation.md</c>.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="PausePay">Percent.</param>
/// <param name="SingleEvents">Work events one by one, and not one total per person and day.</param>
public sealed record TermsBody(
    string Programme, int Tier, string Currency, IReadOnlyList<AgreedRate> Rates, int NoticeDays, int PausePay, NoticeClocks Clocks, int Headcount,
    IReadOnlyList<RequiredAgreement> Agreements, bool SingleEvents)
{
    /// <summary>The pairing with the vendor's node; the sender of the terms puts it in.</summary>
    public Guid Peer { get; init; }
}

/// <summary>What a lab tells a vendor of work.</summary>
public sealed record BriefBody(
    string CodeName, string Description, IReadOnlyList<AgreedRate> Rates, IReadOnlyList<string> Kinds, IReadOnlyList<string> Languages, int HoursPerWeek, int Places);

internal sealed record BriefMade(BriefOf Brief);

internal sealed record BriefOf(Guid Id);

/// <summary>What a vendor pays for one kind of work, in minor units.</summary>
/// <param name="Hour">For 3,600 counted seconds.</param>
public sealed record WorkRate(string Kind, long Each, long Hour);

/// <summary>A vendor's open places for the work of a brief.</summary>
public sealed record NeedBody(int Places, string Currency, IReadOnlyList<WorkRate> Rates, int WeekHours, JsonElement? Terms = null)
{
    public Guid Brief { get; init; }
}

/// <param name="Kind"><c>confidentiality</c>, <c>termsOfWork</c> or <c>intellectualProperty</c>.</param>
public sealed record AgreementBody(string Title, string Kind, string Text);

/// <summary>A public listing.</summary>
/// <param name="RateFrom">Minor units per hour.</param>
public sealed record ListingBody(string Title, string Text, string Currency, long RateFrom, long RateTo, int HoursPerWeek);
