using System.Text;

namespace Cofferdam.Work.Forms.Rules;

/// <summary>What options of a choice and labels of spans must be.</summary>
internal static class OptionRule
{
    /// <param name="what">What one of them is called.</param>
    /// <returns>What is wrong with them, as a sentence; null where nothing is.</returns>
    public static string? Fault(IReadOnlyList<Option>? options, int least, int most, string what)
    {
        if (options is null || options.Count < least || options.Count > most)
            return $"This question has {least} to {most} {what}s.";
        var (values, keys) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.OrdinalIgnoreCase));
        foreach (var option in options)
        {
            if (option?.Value is not { Length: >= 1 and <= 200 } || option.Value.Any(char.IsControl))
                return $"The value of every {what} has 1 to 200 characters, none of them a control character.";
            if (option.Label is not { Length: >= 1 and <= 500 })
                return $"The label of every {what} has 1 to 500 characters.";
            if (!values.Add(option.Value))
                return $"Two {what}s have the same value.";
            if (option.Key is { } key && !IsKey(key))
                return $"The key of every {what} is one character that can be typed.";
            if (option.Key is not null && !keys.Add(option.Key))
                return $"Two {what}s have the same key.";
        }

        return null;
    }

    private static bool IsKey(string key) =>
        Rune.TryGetRuneAt(key.Length > 0 ? key : "\0", 0, out var rune) && rune.Utf16SequenceLength == key.Length
        && !Rune.IsControl(rune) && !Rune.IsWhiteSpace(rune);
}
