using System.Text.Json;
using Cofferdam.Work.Items;

namespace Cofferdam.Work.Forms.Rules;

/// <summary>
/// What one type of question takes. Answers have two shapes: in shown terms, as the page knows them (left and right, the
/// order on the screen), and in item terms, as they are sealed (a and b, the order of the item).
/// </summary>
internal abstract class QuestionRule
{
    /// <summary>Its answers can be held against each other: two people can say the same.</summary>
    public virtual bool CanDecide => true;

    /// <summary>A later question may depend on its answer.</summary>
    public virtual bool HasTerms => false;

    public static QuestionRule Of(QuestionType type) => type switch
    {
        QuestionType.Pairwise => PairwiseRule.Rule,
        QuestionType.Ranking => RankingRule.Rule,
        QuestionType.Choice => ChoiceRule.Rule,
        QuestionType.Rating => RatingRule.Rule,
        QuestionType.Number => NumberRule.Rule,
        QuestionType.Text => TextRule.Rule,
        QuestionType.Spans => SpansRule.Rule,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "There is no such type of question."),
    };

    /// <summary>What is wrong with a question of this type, as a sentence; null where nothing is.</summary>
    public abstract string? Fault(Question question);

    /// <summary>Whether the item has what is asked about. Where it has not, the question is not asked.</summary>
    public virtual bool CanAsk(ItemShape item) => true;

    /// <summary>Whether an answer can ever be what a <see cref="ShowIf"/> names.</summary>
    public virtual bool CanBe(Question question, string term) => false;

    /// <summary>Whether an answer that was found good is one of these.</summary>
    public abstract bool IsOneOf(JsonElement answer, ShownItem item, IReadOnlyList<string> terms);

    /// <summary>Checks an answer in shown terms and writes it in item terms, as one object under the question's key.</summary>
    /// <param name="suggestion">The item's prelabel for this question: the answer is marked as kept or changed.</param>
    /// <returns>What is wrong with it, as a sentence; null where it was written.</returns>
    public abstract string? Write(Utf8JsonWriter json, Question question, JsonElement answer, ShownItem item, JsonElement? suggestion);

    /// <summary>Writes a prelabel in shown terms, under the question's key; nothing where it does not fit the question.</summary>
    public abstract void WriteSuggestion(Utf8JsonWriter json, Question question, JsonElement suggestion, ShownItem item);

    /// <summary>What a sealed answer says, in one spelling per content; null where it says nothing that can be read.</summary>
    public abstract string? Vote(JsonElement answer);
}

/// <typeparam name="T">An answer in item terms.</typeparam>
internal abstract class QuestionRule<T> : QuestionRule
{
    /// <summary>The property that holds the answer.</summary>
    protected abstract string Property { get; }

    public sealed override bool IsOneOf(JsonElement answer, ShownItem item, IReadOnlyList<string> terms) =>
        TryReadShown(answer, item, out var value) && terms.Any(term => Is(value, item, term));

    public sealed override string? Write(Utf8JsonWriter json, Question question, JsonElement answer, ShownItem item, JsonElement? suggestion)
    {
        if (!TryReadShown(answer, item, out var value))
            return Wanted(question, item.Shape);
        if (Fault(question, value, item.Shape) is { } fault)
            return fault;
        json.WriteStartObject(question.Key);
        WriteSealed(json, value, item);
        if (suggestion is { } suggested && TryReadSuggestion(question, suggested, item, out var was))
            json.WriteString("prelabel"u8, Same(value, was) ? "kept"u8 : "changed"u8);
        json.WriteEndObject();
        return null;
    }

    public sealed override void WriteSuggestion(Utf8JsonWriter json, Question question, JsonElement suggestion, ShownItem item)
    {
        if (!TryReadSuggestion(question, suggestion, item, out var value))
            return;
        json.WriteStartObject(question.Key);
        WriteShown(json, value, item);
        json.WriteEndObject();
    }

    public sealed override string? Vote(JsonElement answer) => TryReadSealed(answer, out var value) ? Spell(value) : null;

    /// <summary>What an answer must be, as a sentence.</summary>
    protected abstract string Wanted(Question question, ItemShape item);

    /// <summary>What is wrong with an answer of the right shape.</summary>
    protected abstract string? Fault(Question question, T value, ItemShape item);

    /// <summary>Reads what <see cref="Property"/> holds, where that is the same in both terms.</summary>
    protected abstract bool TryRead(JsonElement content, out T value);

    protected abstract void WriteContent(Utf8JsonWriter json, T value);

    /// <summary>One spelling per content.</summary>
    protected abstract string Spell(T value);

    protected virtual bool TryReadShown(JsonElement answer, ShownItem item, out T value)
    {
        value = default!;
        return answer.ValueKind is JsonValueKind.Object && answer.TryGetProperty(Property, out var content) && TryRead(content, out value);
    }

    /// <summary>Reads an answer in item terms: as it was sealed, or only what <see cref="Property"/> would hold.</summary>
    protected virtual bool TryReadSealed(JsonElement answer, out T value)
    {
        var content = answer;
        if (answer.ValueKind is JsonValueKind.Object && !answer.TryGetProperty(Property, out content))
        {
            value = default!;
            return false;
        }

        return TryRead(content, out value);
    }

    protected virtual void WriteSealed(Utf8JsonWriter json, T value, ShownItem item)
    {
        json.WritePropertyName(Property);
        WriteContent(json, value);
    }

    protected virtual void WriteShown(Utf8JsonWriter json, T value, ShownItem item)
    {
        json.WritePropertyName(Property);
        WriteContent(json, value);
    }

    protected virtual bool Same(T answer, T suggestion) => string.Equals(Spell(answer), Spell(suggestion), StringComparison.Ordinal);

    protected virtual bool Is(T value, ShownItem item, string term) => false;

    private bool TryReadSuggestion(Question question, JsonElement suggestion, ShownItem item, out T value) =>
        TryReadSealed(suggestion, out value) && Fault(question, value, item.Shape) is null;
}
