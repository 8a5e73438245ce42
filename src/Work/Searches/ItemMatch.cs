using System.Text.Json;

namespace Cofferdam.Work.Searches;

/// <summary>Looks for words in an item, whatever their case.</summary>
internal static class ItemMatch
{
    private const int Reach = 60;

    /// <param name="plaintext">The item's JSON.</param>
    /// <param name="field">Only this member; null for all.</param>
    /// <returns>Null where it is not there.</returns>
    public static (string Field, string Excerpt)? Find(ReadOnlyMemory<byte> plaintext, string text, string? field)
    {
        using var document = JsonDocument.Parse(plaintext);
        foreach (var member in document.RootElement.EnumerateObject())
        {
            var others = member.NameEquals("fields"u8);
            foreach (var part in others ? member.Value.EnumerateObject().ToArray() : [member])
            {
                if ((field is null || part.NameEquals(field)) && Excerpt(part.Value, text) is { } excerpt)
                    return (part.Name, excerpt);
            }
        }

        return null;
    }

    private static string? Excerpt(JsonElement value, string text) => value.ValueKind switch
    {
        JsonValueKind.String => Around(value.GetString()!, text),
        JsonValueKind.Array => value.EnumerateArray().Select(one => Excerpt(one, text)).FirstOrDefault(found => found is not null),
        JsonValueKind.Object => value.EnumerateObject().Select(one => Excerpt(one.Value, text)).FirstOrDefault(found => found is not null),
        _ => null,
    };

    private static string? Around(string whole, string text)
    {
        var at = whole.IndexOf(text, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return null;
        var (first, last) = (Math.Max(0, at - Reach), Math.Min(whole.Length, at + text.Length + Reach));
        // Never half a surrogate pair.
        if (first > 0 && char.IsLowSurrogate(whole[first]))
            first--;
        if (last < whole.Length && char.IsLowSurrogate(whole[last]))
            last++;
        return $"{(first > 0 ? "…" : "")}{whole[first..last]}{(last < whole.Length ? "…" : "")}";
    }
}
