using System.Text.Json;
using Cofferdam.Work.Slots;

namespace Cofferdam.Delivery.Reading;

/// <summary>An item with all its accepted answers, opened.</summary>
/// <param name="Content">As it was sealed.</param>
/// <param name="Slots">State of each of its slots.</param>
/// <param name="Answers">At least one.</param>
internal sealed record DeliveredItem(
    Guid Id, Guid? Batch, JsonElement Content, IReadOnlyList<SlotState> Slots, IReadOnlyList<DeliveredAnswer> Answers)
{
    /// <summary>Its id in the lab's own systems.</summary>
    public string? External => Text("external");

    /// <summary>A part of the item; undefined where it has none of this name.</summary>
    public JsonElement Part(string name) =>
        Content.ValueKind is JsonValueKind.Object && Content.TryGetProperty(name, out var part) && part.ValueKind is not JsonValueKind.Null ? part : default;

    public string? Text(string name) => Part(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>
    /// The answers to one question of the first of these types that anybody answered. Several people's answers stay
    /// several votes.
    /// </summary>
    public IReadOnlyList<Vote> Votes(params ReadOnlySpan<string> types)
    {
        foreach (var type in types)
        {
            List<Vote> votes = [.. Answers.Select(answer => answer.Vote(type)).OfType<Vote>()];
            if (votes.Count > 0)
                return votes;
        }

        return [];
    }

    /// <summary>The answers to what decides in each answer's form.</summary>
    public IReadOnlyList<Vote> DecidingVotes() => [.. Answers.Select(answer => answer.Vote(answer.Form.Deciding)).OfType<Vote>()];
}

/// <summary>One accepted answer.</summary>
/// <param name="Annotator">The person's name in this delivery and in no other.</param>
/// <param name="Given">An object with one property per question that was answered, as it was sealed.</param>
/// <param name="Seconds">Time counted on the task.</param>
internal sealed record DeliveredAnswer(Guid Record, string Annotator, DeliveredForm Form, int GuidelineVersion, JsonElement Given, double Seconds)
{
    /// <summary>What was written to the form's first text question; null where that is nothing.</summary>
    public string? Rationale =>
        Form.First(QuestionTypes.Text) is { } question && Of(question) is { } answer && answer.TryGetProperty("text"u8, out var text)
        && text.GetString() is { } written && !string.IsNullOrWhiteSpace(written)
            ? written
            : null;

    public JsonElement? Of(DeliveredQuestion question) =>
        Given.ValueKind is JsonValueKind.Object && Given.TryGetProperty(question.Key, out var answer) && answer.ValueKind is JsonValueKind.Object ? answer : null;

    /// <summary>The answer to the form's first question of a type; null where it has none, or was not answered.</summary>
    public Vote? Vote(string type) => Vote(Form.First(type));

    public Vote? Vote(DeliveredQuestion? question) => question is not null && Of(question) is { } value ? new Vote(this, question, value) : null;

    /// <param name="answer">As it was sealed.</param>
    public static DeliveredAnswer Read(Guid record, string annotator, DeliveredForm form, int guidelineVersion, JsonElement answer) => new(
        record, annotator, form, guidelineVersion, answer.GetProperty("answers"u8),
        answer.TryGetProperty("seconds"u8, out var seconds) && seconds.ValueKind is JsonValueKind.Number ? seconds.GetDouble() : 0);
}

/// <summary>One answer to one question.</summary>
internal sealed record Vote(DeliveredAnswer Answer, DeliveredQuestion Question, JsonElement Value);
