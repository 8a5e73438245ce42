using System.Text;
using Cofferdam.Delivery.Reading;
using Cofferdam.Delivery.Votes;

namespace Cofferdam.Delivery.Shapes;

/// <summary>Spans as CoNLL: a token and its BIO tag a line, an empty line behind each item.</summary>
/// <remarks>Tags as in the CoNLL-2002 shared task, where each span begins with B: Tjong Kim Sang, CoNLL 2002.</remarks>
internal sealed class ConllShape : Shape
{
    public override string Name => "conll";

    public override string File => "train.conll";

    public override Framing Framing => Framing.Blocks;

    public override bool NeedsIndex => true;

    public override string Description =>
        "blocks of lines with a token and its BIO tag, one block per item. Tokens are the item's own, in its field `tokens`, or else words and single marks of punctuation.";

    public override string Use => "Training and evaluation of taggers.";

    public override IReadOnlyList<Vote> VotesOf(DeliveredItem item) => item.Votes(QuestionTypes.Spans);

    public override IEnumerable<Line> LinesOf(DeliveredItem item) => [SpansShape.Lines(item, VotesOf(item), Block)];

    private static Line Block(DeliveredItem item, CodePoints text, Outcome<IReadOnlyList<Span>>.Decided spans)
    {
        if (spans.Value.Any(span => span.Label.Any(char.IsWhiteSpace)))
            return new Line.Unfit("a label holds white space, which ends a column");
        var tokens = Tokens.OfItem(item, text) ?? Tokens.Of(text);
        if (tokens.Count == 0)
            return new Line.Unfit("the text has no words");
        // A token of several words would be several columns.
        if (tokens.Exists(token => text.Runes.GetRange(token.Start, token.End - token.Start).Exists(Rune.IsWhiteSpace)))
            return new Line.Unfit("a token of the item holds white space, which ends a column");

        var tags = new string[tokens.Count];
        Array.Fill(tags, "O");
        foreach (var span in spans.Value)
        {
            if (Tag(tags, tokens, Trimmed(span, text)) is { } fault)
                return new Line.Unfit(fault);
        }

        var block = new StringBuilder();
        for (var i = 0; i < tokens.Count; i++)
            block.Append(text.Slice(tokens[i].Start, tokens[i].End)).Append(' ').Append(tags[i]).Append('\n');
        return new Line.Row(Encoding.UTF8.GetBytes(block.ToString()), spans.Agreement);
    }

    private static string? Tag(string[] tags, List<Token> tokens, Span span)
    {
        var first = tokens.FindIndex(token => token.Start == span.Start);
        var last = tokens.FindIndex(token => token.End == span.End);
        if (first < 0 || last < first)
            return "a span cuts a token";
        for (var i = first; i <= last; i++)
        {
            if (tags[i] != "O")
                return "two spans overlap";
            tags[i] = (i == first ? "B-" : "I-") + span.Label;
        }

        return null;
    }

    /// <summary>White space at a span's ends belongs to no token.</summary>
    private static Span Trimmed(Span span, CodePoints text)
    {
        var (start, end) = (span.Start, span.End);
        while (start < end && Rune.IsWhiteSpace(text.Runes[start]))
            start++;
        while (end > start && Rune.IsWhiteSpace(text.Runes[end - 1]))
            end--;
        return span with { Start = start, End = end };
    }
}
