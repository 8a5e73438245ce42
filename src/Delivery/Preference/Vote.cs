using System.Text.Json;

namespace Cofferdam.Delivery.Preference;

/// <summary>One accepted answer to one item.</summary>
/// <param name="Annotator">The person's name in this delivery and in no other.</param>
/// <param name="Direction">1: response a is better; -1: response b; 0: a tie.</param>
/// <param name="Strength">0 for a tie; otherwise as far from the middle as the scale goes.</param>
/// <param name="Shown">Side that was chosen as it was shown: <c>left</c>, <c>right</c> or <c>tie</c>.</param>
internal sealed record Vote(string Annotator, int Direction, int Strength, string Shown, string? Rationale)
{
    public string Preference => Direction switch { > 0 => "a", < 0 => "b", _ => "tie" };

    /// <param name="answer">As it was sealed.</param>
    /// <param name="questions">Keys of the form that it answers.</param>
    /// <returns>Null where the answer has no preference.</returns>
    public static Vote? Read(JsonElement answer, PreferenceQuestions questions, string annotator)
    {
        if (!answer.TryGetProperty("answers"u8, out var answers)
            || !answers.TryGetProperty(questions.Preference, out var given)
            || !given.TryGetProperty("preference"u8, out var preference))
            return null;
        var direction = preference.GetString() switch { "a" => 1, "b" => -1, _ => 0 };
        var rationale = questions.Rationale is { } key && answers.TryGetProperty(key, out var written) && written.TryGetProperty("text"u8, out var text)
            ? text.GetString()
            : null;
        return new Vote(
            annotator, direction, given.GetProperty("strength"u8).GetInt32(), given.GetProperty("shown"u8).GetString()!,
            string.IsNullOrWhiteSpace(rationale) ? null : rationale);
    }
}

/// <summary>Keys of a form's first pairwise question and first text question.</summary>
internal sealed record PreferenceQuestions(string Preference, string? Rationale)
{
    /// <param name="form">As it was sealed.</param>
    /// <returns>Null where the form asks for no preference.</returns>
    public static PreferenceQuestions? Read(JsonElement form)
    {
        var preference = Key(form, "pairwise");
        return preference is null ? null : new PreferenceQuestions(preference, Key(form, "text"));
    }

    private static string? Key(JsonElement form, string type) => form.GetProperty("questions"u8).EnumerateArray()
        .Where(question => question.GetProperty("type"u8).ValueEquals(type))
        .Select(question => question.GetProperty("key"u8).GetString())
        .FirstOrDefault();
}
