using Cofferdam.Workforce.Pay.Rates;
using Cofferdam.Workforce.Pay.Statements;

namespace Cofferdam.Workforce.Pay.Entries;

/// <summary>One line of the pay ledger, with all that is needed to work out its amount by hand.</summary>
/// <param name="Entry">Its number.</param>
/// <param name="At">When it happened.</param>
/// <param name="Day">The date on the expert's wall.</param>
/// <param name="Event">Number of the work event in its engagement.</param>
/// <param name="Pieces">Pieces that are paid.</param>
/// <param name="Seconds">As reported.</param>
/// <param name="Counted">As paid.</param>
/// <param name="Card">The rate card.</param>
/// <param name="Each">Minor units per piece.</param>
/// <param name="Hour">Minor units per hour.</param>
/// <param name="CarriedIn">3,600ths of a minor unit that rounding had left over before.</param>
/// <param name="Amount">Minor units.</param>
/// <param name="CarriedOut">3,600ths of a minor unit that rounding leaves over now.</param>
/// <param name="Refers">The entry that this one is about.</param>
/// <param name="By">Who made it; null for what follows from an event or a rule.</param>
/// <param name="HasWords">There are words for it to be opened.</param>
public sealed record EntryView(
    long Entry, EntryKind Kind, Guid Expert, DateTimeOffset At, DateOnly Day, Guid Engagement, long? Event, Guid? Assignment, PaidKind? Paid, WorkAct? Act, int Pieces,
    long Seconds, long Counted, Guid? Card, long Each, long Hour, long CarriedIn, long Amount, long CarriedOut, string Currency, long? Refers, EntryReason? Reason,
    Guid? By, bool HasWords)
{
    internal static EntryView Of(PayEntry entry) => new(
        entry.Sequence, entry.Kind, entry.Expert, entry.At, entry.Day, entry.Engagement, entry.Event, entry.Assignment, entry.Paid, entry.Act, entry.Pieces,
        entry.Seconds, entry.Counted, entry.Card, entry.Each, entry.Hour, entry.Kind is EntryKind.Work ? StatementCsv.CarriedIn(entry) : 0,
        entry.Amount, entry.Carry, entry.Currency, entry.Refers, entry.Reason, entry.By, entry.Words is not null);
}

/// <param name="Next">What to pass as <c>after</c> for the rows that follow; null at the end.</param>
public sealed record EntryPage(IReadOnlyList<EntryView> Rows, long? Next);

/// <param name="Entry">The entry that is put right: work, pause pay or top-up.</param>
/// <param name="Amount">Minor units that are added, or taken back where negative.</param>
/// <param name="Words">1 to 4,000 characters, which the expert reads.</param>
/// <param name="Seconds">Paid seconds that are added or taken away.</param>
/// <param name="Currency">Only where the entry has none, because no rate card covered it.</param>
/// <param name="Id">Chosen by the caller, so that the request may be sent again.</param>
public sealed record CorrectionRequest(long Entry, long Amount, EntryReason Reason, string Words, long Seconds = 0, string? Currency = null, Guid? Id = null);

/// <param name="Engagement">What stopped.</param>
/// <param name="Stop">Number of the event that stopped it; of a stop that no event told of, a negative number that stands for it.</param>
/// <param name="Experts">Whose placement stops: 1 to 1,000.</param>
/// <param name="NoticeGiven">When they were told.</param>
/// <param name="Stopped">When it stopped.</param>
public sealed record PausePayRequest(Guid Engagement, long Stop, IReadOnlyList<Guid> Experts, DateTimeOffset NoticeGiven, DateTimeOffset Stopped);

/// <summary>What somebody has to look at.</summary>
/// <param name="OverBound">Work whose reported seconds passed a bound, and that nothing has put right: the rest is unpaid until a correction pays it.</param>
/// <param name="Unrated">Work that no rate card covered, and that nothing has put right.</param>
/// <param name="BelowFloor">Statements that paid less per hour than the floor of the place, or for which no floor is known.</param>
public sealed record PayFindings(IReadOnlyList<EntryView> OverBound, IReadOnlyList<EntryView> Unrated, IReadOnlyList<StatementRateView> BelowFloor);
