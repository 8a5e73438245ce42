using Cofferdam.Workforce.Pay.Entries;
using Cofferdam.Workforce.Pay.Rates;

namespace Cofferdam.Workforce.Pay.Statements;

/// <summary>A statement as CSV, UTF-8, with all that is needed to work out each amount by hand: docs/formats/pay.md.</summary>
internal static class StatementCsv
{
    private static readonly string[] Columns =
    [
        "entry", "at", "day", "kind", "engagement", "event", "assignment", "paid", "act", "pieces", "seconds", "counted_seconds", "rate_card", "per_piece", "per_hour",
        "carried_in", "amount", "carried_out", "currency", "refers_to", "reason",
    ];

    public static void Write(IEnumerable<PayEntry> entries, TextWriter to)
    {
        CsvLine.Write(to, [.. Columns]);
        foreach (var entry in entries)
        {
            var work = entry.Kind is EntryKind.Work;
            CsvLine.Write(
                to, entry.Sequence, CsvLine.Time(entry.At), CsvLine.Day(entry.Day), Names.Of(entry.Kind), entry.Engagement, entry.Event, entry.Assignment,
                Names.Of(entry.Paid), Names.Of(entry.Act), entry.Pieces, entry.Seconds, entry.Counted, entry.Card, Rate(entry, entry.Each), Rate(entry, entry.Hour),
                work ? CarriedIn(entry) : null, Amount(entry, entry.Amount), work ? entry.Carry : null, entry.Currency, entry.Refers, Names.Of(entry.Reason));
        }
    }

    /// <summary>What rounding had left over before an entry, in 3,600ths of a minor unit: follows from what it left over after.</summary>
    public static long CarriedIn(PayEntry entry) =>
        (entry.Amount * Carry.Denominator) + entry.Carry - (entry.Pieces * entry.Each * Carry.Denominator) - (entry.Counted * entry.Hour);

    private static string? Rate(PayEntry entry, long minor) => entry.Card is null ? null : Amount(entry, minor);

    private static string Amount(PayEntry entry, long minor) => new Money(minor, Currency.Of(entry.Currency)).Text();
}
