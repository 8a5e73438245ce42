namespace Cofferdam.Workforce.Pay.Payouts;

/// <summary>A payout as CSV, UTF-8: one line per transfer.</summary>
internal static class TransferCsv
{
    public static void Write(TransferOrder order, Stream to)
    {
        using var text = new StreamWriter(to, leaveOpen: true);
        CsvLine.Write(text, "payout", "transfer", "execute_on", "name", "iban", "account", "bic", "currency", "amount", "reference");
        foreach (var transfer in order.Transfers)
        {
            CsvLine.Write(
                text, order.Id, transfer.Id, CsvLine.Day(order.ExecuteOn), transfer.To.Name, transfer.To.Iban, transfer.To.Account, transfer.To.Bic,
                order.Currency.Code, new Money(transfer.Minor, order.Currency).Text(), transfer.Reference);
        }
    }
}
