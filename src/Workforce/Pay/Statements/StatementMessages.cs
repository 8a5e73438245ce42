using Cofferdam.Workforce.Pay.Entries;
using Cofferdam.Workforce.Pay.Floors;

namespace Cofferdam.Workforce.Pay.Statements;

/// <param name="Until">Last day that counts, by each expert's own calendar; those for whom it is not over yet get none.</param>
/// <param name="Expert">One expert; null: everybody who has entries that are in no statement.</param>
public sealed record StatementsRequest(DateOnly Until, Guid? Expert = null);

/// <param name="Statements">How many were made.</param>
/// <param name="Waiting">Experts for whom the day is not over yet.</param>
public sealed record StatementsMade(int Statements, int Waiting);

/// <param name="Number">From 1, per expert.</param>
/// <param name="Total">Minor units: the sum of its lines.</param>
/// <param name="Head">The ledger's last entry when it was made.</param>
/// <param name="HeadHash">That entry's hash, lower-case hex: who keeps it can show that nothing before was changed.</param>
/// <param name="Paid">The payout that it is in has been approved.</param>
public sealed record StatementView(
    Guid Id, Guid Expert, int Number, string Currency, DateOnly From, DateOnly Until, string Zone, int Lines, long Total, long Head, string HeadHash, DateTimeOffset MadeAt, bool Paid)
{
    internal static StatementView Of(PayStatement of, bool paid) => new(
        of.Id, of.Expert, of.Number, of.Currency, of.From, of.Until, of.Zone, of.Lines, of.Total, of.Head, Convert.ToHexStringLower(of.HeadHash), of.MadeAt, paid);
}

/// <param name="Rows">Newest first.</param>
/// <param name="Next">What to pass as <c>before</c> for the rows that follow; null at the end.</param>
public sealed record StatementPage(IReadOnlyList<StatementView> Rows, Guid? Next);

/// <summary>What an hour earned on one engagement in the period of a statement.</summary>
/// <param name="Earned">Minor units, without what was topped up.</param>
/// <param name="Hour">Minor units per hour; null where no time was worked.</param>
/// <param name="Shortfall">Minor units that were missing to the floor of the place.</param>
/// <param name="ToppedUp">Minor units of that which the statement pays.</param>
/// <param name="Unknown">Seconds for which no floor is known.</param>
public sealed record StatementRateView(Guid Statement, Guid Engagement, long Seconds, long Earned, long? Hour, long Shortfall, long ToppedUp, long Unknown)
{
    internal static StatementRateView Of(PayStatementRate of) => new(
        of.Statement, of.Engagement, of.Seconds, of.Earned, EffectiveRate.Hour(of.Earned, of.Seconds), of.Shortfall, of.ToppedUp, of.Unknown);
}

/// <summary>A statement with its lines.</summary>
/// <param name="Lines">In order of entry, from <c>after</c>, at most 256.</param>
/// <param name="Next">What to pass as <c>after</c> for the lines that follow; null at the end.</param>
public sealed record StatementContent(StatementView Statement, IReadOnlyList<StatementRateView> Rates, IReadOnlyList<EntryView> Lines, long? Next);
