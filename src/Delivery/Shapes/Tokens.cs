using System.Globalization;
using System.Text;
using System.Text.Json;
using Cofferdam.Delivery.Reading;

namespace Cofferdam.Delivery.Shapes;

/// <param name="Start">First code point; <paramref name="End"/> is behind the last.</param>
internal readonly record struct Token(int Start, int End);

/// <summary>Cuts a text into tokens.</summary>
internal static class Tokens
{
    /// <summary>The item's own: texts that follow one another in its text, in its field <c>tokens</c>.</summary>
    /// <returns>Null where the item has none, or they are not of its text.</returns>
    public static List<Token>? OfItem(DeliveredItem item, CodePoints text)
    {
        if (item.Part("fields") is not { ValueKind: JsonValueKind.Object } fields
            || !fields.TryGetProperty("tokens"u8, out var given) || given.ValueKind is not JsonValueKind.Array)
            return null;

        var tokens = new List<Token>(given.GetArrayLength());
        var at = 0;
        foreach (var token in given.EnumerateArray())
        {
            if (token.ValueKind is not JsonValueKind.String || token.GetString() is not { Length: > 0 } written)
                return null;
            Rune[] runes = [.. written.EnumerateRunes()];
            while (at < text.Count && Rune.IsWhiteSpace(text.Runes[at]))
                at++;
            if (at + runes.Length > text.Count || !text.Runes.GetRange(at, runes.Length).SequenceEqual(runes))
                return null;
            tokens.Add(new Token(at, at += runes.Length));
        }

        // Words behind the last token would be lost.
        return text.Runes.Skip(at).All(Rune.IsWhiteSpace) ? tokens : null;
    }

    /// <summary>Words between white space; each mark of punctuation, symbol and ideograph alone.</summary>
    public static List<Token> Of(CodePoints text)
    {
        var tokens = new List<Token>();
        var inWord = false;
        foreach (var (start, end) in text.Characters())
        {
            var first = text.Runes[start];
            if (Rune.IsWhiteSpace(first))
            {
                inWord = false;
                continue;
            }

            var alone = StandsAlone(first);
            if (inWord && !alone)
                tokens[^1] = tokens[^1] with { End = end };
            else
                tokens.Add(new Token(start, end));
            inWord = !alone;
        }

        return tokens;
    }

    private static bool StandsAlone(Rune rune) => IsIdeograph(rune) || Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.DashPunctuation or UnicodeCategory.OpenPunctuation or UnicodeCategory.ClosePunctuation or UnicodeCategory.InitialQuotePunctuation
        or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.OtherPunctuation or UnicodeCategory.MathSymbol or UnicodeCategory.CurrencySymbol
        or UnicodeCategory.ModifierSymbol or UnicodeCategory.OtherSymbol;

    // Scripts that put no space between words: CJK ideographs, kana.
    private static bool IsIdeograph(Rune rune) => rune.Value is (>= 0x3040 and <= 0x30FF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF)
        or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);
}
