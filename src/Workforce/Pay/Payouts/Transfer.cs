namespace Cofferdam.Workforce.Pay.Payouts;

/// <summary>One expert's money in a payout.</summary>
/// <param name="Id">End-to-end id, which comes back on the bank's statement: 1 to 35 characters.</param>
/// <param name="To">Where it goes.</param>
/// <param name="Minor">Minor units, above 0.</param>
/// <param name="Reference">What the expert reads on theirs.</param>
internal sealed record Transfer(string Id, PayDetails To, long Minor, string Reference);

/// <summary>All that a payout's file says.</summary>
/// <param name="Id">Message id, 1 to 35 characters, never used twice.</param>
/// <param name="From">The vendor's account.</param>
/// <param name="At">When it was approved: the same payout makes the same file again.</param>
internal sealed record TransferOrder(string Id, Currency Currency, DateOnly ExecuteOn, DateTimeOffset At, PayDetails From, IReadOnlyList<Transfer> Transfers)
{
    /// <summary>The sum of the transfers.</summary>
    public Money Total => new(Transfers.Sum(transfer => transfer.Minor), Currency);
}
