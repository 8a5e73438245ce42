using System.Text.RegularExpressions;

namespace Cofferdam.Workforce.Pay.Payouts;

/// <summary>Where somebody's money goes. Sealed under the person's own key; opened by the person, and when a payout's file is made.</summary>
/// <param name="Name">Account holder as the bank knows them, 1 to 70 characters.</param>
/// <param name="Iban">ISO 13616, without blanks; null where the account has none.</param>
/// <param name="Account">Account number of a country without IBAN, 1 to 34 of A-Z, 0-9; null where there is an IBAN.</param>
/// <param name="Bic">ISO 9362, 8 or 11 characters; may be left out with an IBAN.</param>
public sealed partial record PayDetails(string Name, string? Iban = null, string? Account = null, string? Bic = null)
{
    /// <summary>What is wrong with it; null where nothing is.</summary>
    public Fault? Check()
    {
        if (!HolderName().IsMatch(Name))
            return new Fault("The account holder's name has 1 to 70 characters and begins with a letter.", "name");
        if (Iban is not null && (Account is not null || !IsIban(Iban)))
            return new Fault("This is no IBAN: a digit may be mistyped. Leave out blanks; give an account number only where there is no IBAN.", "iban");
        if (Iban is null && (Account is null || !AccountNumber().IsMatch(Account)))
            return new Fault("Give an IBAN, or an account number of up to 34 capital letters and digits.", "account");
        if (Bic is null ? Iban is null : !BankCode().IsMatch(Bic))
            return new Fault("A BIC has 8 or 11 characters. Without an IBAN it is needed.", "bic");
        return null;
    }

    /// <summary>Form and check digits (ISO 7064, MOD 97-10).</summary>
    public static bool IsIban(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!IbanForm().IsMatch(text))
            return false;
        var rest = 0;
        foreach (var c in text[4..] + text[..4])
            rest = (char.IsAsciiDigit(c) ? (rest * 10) + (c - '0') : (rest * 100) + (c - 'A' + 10)) % 97;
        return rest == 1;
    }

    // A name goes into files that spreadsheets open: it begins with a letter, so that it is never a formula.
    [GeneratedRegex(@"^\p{L}[^\p{C}]{0,69}$", RegexOptions.CultureInvariant)]
    private static partial Regex HolderName();

    [GeneratedRegex("^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$", RegexOptions.CultureInvariant)]
    private static partial Regex IbanForm();

    [GeneratedRegex("^[A-Z0-9]{1,34}$", RegexOptions.CultureInvariant)]
    private static partial Regex AccountNumber();

    [GeneratedRegex("^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$", RegexOptions.CultureInvariant)]
    private static partial Regex BankCode();
}
