using System.Text.Json.Serialization;
using Cofferdam.Federation.Events;
using Cofferdam.Federation.Signing;

namespace Cofferdam.Federation.Engagements;

/// <summary>What a rate is paid for.</summary>
[JsonConverter(typeof(Named<RateUnit>))]
public enum RateUnit : byte
{
    [JsonStringEnumMemberName("each")] Each = 1,

    /// <summary>3,600 counted seconds.</summary>
    [JsonStringEnumMemberName("hour")] Hour = 2,
}

/// <summary>What the lab pays for one kind of work.</summary>
/// <param name="MinorUnits">0 to 100,000,000, in the currency of the terms.</param>
/// <param name="Skill">Only for work that asks for this skill; null: for all other.</param>
public sealed record AgreedRate(WorkKind Kind, RateUnit Unit, long MinorUnits, string? Skill = null);

/// <summary>Within how many hours each side tells the other, 0 to 8,760.</summary>
/// <param name="Incident">The vendor tells of an incident.</param>
/// <param name="Withdrawal">The vendor tells of somebody who is not to work any more.</param>
public sealed record NoticeClocks(int Incident, int Withdrawal);

/// <summary>An agreement that everybody on the engagement has signed.</summary>
/// <param name="Version">This one or a later one; from 1.</param>
public sealed record RequiredAgreement(string Code, int Version);

/// <summary>What a lab and a vendor have agreed on an engagement: told by the lab, once and after every change.</summary>
/// <param name="Lab">Slug of the lab.</param>
/// <param name="Revision">Counts up with each change; the higher one is in force.</param>
/// <param name="Programme">1 to 200 characters.</param>
/// <param name="Tier">How much inspection the vendor owes: 1 to 5.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="NoticeDays">0 to 365: notice that people get before work ends.</param>
/// <param name="PausePay">Percent of the usual day that a pause is paid with, 0 to 100.</param>
/// <param name="SubContractors">At most 20 names; empty: none.</param>
/// <param name="Headcount">People at one time.</param>
/// <param name="ByHand">The lab's staff admit each person.</param>
/// <param name="Agreements">At most 50.</param>
/// <param name="Training">Training must be in date.</param>
/// <param name="SingleEvents">Work events come one by one; otherwise one total per person and day.</param>
/// <param name="Ends">Nobody works from then on; null: until it is changed.</param>
public sealed record OfferedTerms(
    Guid Engagement, string Lab, long Revision, string Programme, int Tier, string Currency, IReadOnlyList<AgreedRate> Rates, int NoticeDays, int PausePay,
    IReadOnlyList<string> SubContractors, NoticeClocks Clocks, int Headcount, bool ByHand, IReadOnlyList<RequiredAgreement> Agreements, bool Training,
    bool SingleEvents, DateTimeOffset? Ends = null);

/// <summary>What a lab publishes of work to a vendor: all that the vendor ever sees of it.</summary>
/// <param name="Revision">Counts up with each change; the higher one is in force.</param>
/// <param name="CodeName">1 to 60 characters, chosen for the vendor.</param>
/// <param name="Skills">Codes, at most 50.</param>
/// <param name="Languages">Codes (BCP 47), at most 50.</param>
/// <param name="HoursPerWeek">Expected of one person, 0 to 168.</param>
/// <param name="Places">People looked for.</param>
/// <param name="Rates">In the currency of the terms.</param>
/// <param name="Kinds">Of work.</param>
/// <param name="Description">Written by the lab for the vendor: 0 to 4,000 characters.</param>
/// <param name="Open">False: taken back, or filled.</param>
/// <param name="Lineage">
/// The same for every brief of the same work, whatever its code name, so that who is offered work anew sees what it paid
/// before; null: a brief of its own.
/// </param>
/// <param name="ContentClasses">Classes of content that people may meet, such as <c>violence</c>: codes, at most 16.</param>
public sealed record Brief(
    Guid Id, Guid Engagement, long Revision, string CodeName, IReadOnlyList<string> Skills, IReadOnlyList<string> Languages, int HoursPerWeek, int Places,
    IReadOnlyList<AgreedRate> Rates, IReadOnlyList<WorkKind> Kinds, string Description, bool Open, Guid? Lineage = null,
    IReadOnlyList<string>? ContentClasses = null);
