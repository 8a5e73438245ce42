using System.Globalization;
using System.Text;
using System.Xml;

namespace Cofferdam.Workforce.Pay.Payouts;

/// <summary>A payout as an ISO 20022 customer credit transfer initiation, pain.001.001.09: docs/formats/pay.md, "pain.001".</summary>
/// <remarks>One group, one payment information block: one debtor account, one currency, one day. The schema fixes the order of elements.</remarks>
internal static class Pain001
{
    public const string Namespace = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09";

    public static void Write(TransferOrder order, Stream to)
    {
        using var xml = XmlWriter.Create(to, new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(false), NewLineChars = "\n" });
        xml.WriteStartDocument();
        xml.WriteStartElement("Document", Namespace);
        xml.WriteStartElement("CstmrCdtTrfInitn");
        Header(xml, order);
        PaymentInformation(xml, order);
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndDocument();
    }

    private static void Header(XmlWriter xml, TransferOrder order)
    {
        xml.WriteStartElement("GrpHdr");
        xml.WriteElementString("MsgId", order.Id);
        xml.WriteElementString("CreDtTm", order.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        Sums(xml, order);
        xml.WriteStartElement("InitgPty");
        xml.WriteElementString("Nm", order.From.Name);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void PaymentInformation(XmlWriter xml, TransferOrder order)
    {
        // The SEPA rulebook asks for euro and IBANs throughout; what is not that is left to the banks' agreement.
        var sepa = order.Currency.Code == "EUR" && order.From.Iban is not null && order.Transfers.All(transfer => transfer.To.Iban is not null);
        xml.WriteStartElement("PmtInf");
        xml.WriteElementString("PmtInfId", order.Id);
        xml.WriteElementString("PmtMtd", "TRF");
        Sums(xml, order);
        if (sepa)
            Nested(xml, "SEPA", "PmtTpInf", "SvcLvl", "Cd");
        Nested(xml, order.ExecuteOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), "ReqdExctnDt", "Dt");
        Nested(xml, order.From.Name, "Dbtr", "Nm");
        Account(xml, "DbtrAcct", order.From);
        // A debtor agent is mandatory; with an IBAN alone it is said to be left out (EPC132-08).
        if (order.From.Bic is { } bic)
            Nested(xml, bic, "DbtrAgt", "FinInstnId", "BICFI");
        else
            Nested(xml, "NOTPROVIDED", "DbtrAgt", "FinInstnId", "Othr", "Id");
        xml.WriteElementString("ChrgBr", sepa ? "SLEV" : "SHAR");
        foreach (var transfer in order.Transfers)
            CreditTransfer(xml, transfer, order.Currency);
        xml.WriteEndElement();
    }

    private static void CreditTransfer(XmlWriter xml, Transfer transfer, Currency currency)
    {
        xml.WriteStartElement("CdtTrfTxInf");
        Nested(xml, transfer.Id, "PmtId", "EndToEndId");
        xml.WriteStartElement("Amt");
        xml.WriteStartElement("InstdAmt");
        xml.WriteAttributeString("Ccy", currency.Code);
        xml.WriteString(new Money(transfer.Minor, currency).Text());
        xml.WriteEndElement();
        xml.WriteEndElement();
        if (transfer.To.Bic is { } bic)
            Nested(xml, bic, "CdtrAgt", "FinInstnId", "BICFI");
        Nested(xml, transfer.To.Name, "Cdtr", "Nm");
        Account(xml, "CdtrAcct", transfer.To);
        Nested(xml, transfer.Reference, "RmtInf", "Ustrd");
        xml.WriteEndElement();
    }

    private static void Account(XmlWriter xml, string element, PayDetails of)
    {
        if (of.Iban is { } iban)
            Nested(xml, iban, element, "Id", "IBAN");
        else
            Nested(xml, of.Account!, element, "Id", "Othr", "Id");
    }

    private static void Sums(XmlWriter xml, TransferOrder order)
    {
        xml.WriteElementString("NbOfTxs", order.Transfers.Count.ToString(CultureInfo.InvariantCulture));
        xml.WriteElementString("CtrlSum", order.Total.Text());
    }

    private static void Nested(XmlWriter xml, string text, params ReadOnlySpan<string> elements)
    {
        foreach (var element in elements)
            xml.WriteStartElement(element);
        xml.WriteString(text);
        foreach (var _ in elements)
            xml.WriteEndElement();
    }
}
