using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Cofferdam.Delivery.Reading;

namespace Cofferdam.Delivery.Shapes;

/// <summary>Label Studio's labelling config for one version of a form.</summary>
internal static class LabelStudioConfig
{
    /// <summary>Most responses of a ranking.</summary>
    private const int MostRanks = 20;

    /// <summary>Name of the bucket of responses that share a rank.</summary>
    public static string BucketOf(int rank) => string.Create(CultureInfo.InvariantCulture, $"rank-{rank}");

    public static byte[] Write(DeliveredForm form)
    {
        var types = form.Questions.Select(question => question.Type).ToHashSet(StringComparer.Ordinal);
        var view = new XElement("View", Object("Text", LabelStudioResult.Whole, "item"));
        if (types.Contains(QuestionTypes.Spans))
            view.Add(Object("Text", LabelStudioResult.Text, "text"));
        if (types.Contains(QuestionTypes.Pairwise))
            view.Add(Object("Text", LabelStudioResult.Left, "a"), Object("Text", LabelStudioResult.Right, "b"));
        if (types.Contains(QuestionTypes.Ranking))
            view.Add(Object("List", LabelStudioResult.Responses, "responses"));
        foreach (var question in form.Questions)
            view.Add(new XElement("Header", new XAttribute("value", question.Title)), Controls(question));

        var settings = new XmlWriterSettings { Indent = true, OmitXmlDeclaration = true, Encoding = new UTF8Encoding(false), NewLineChars = "\n" };
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, settings))
            view.WriteTo(xml);
        return stream.ToArray();
    }

    private static IEnumerable<XElement> Controls(DeliveredQuestion question)
    {
        var whole = LabelStudioResult.Whole;
        return question.Type switch
        {
            QuestionTypes.Pairwise =>
            [
                Control("Pairwise", question, $"{LabelStudioResult.Left},{LabelStudioResult.Right}"),
                new XElement("Number", new XAttribute("name", LabelStudioResult.StrengthOf(question.Key)), new XAttribute("toName", LabelStudioResult.Left), new XAttribute("min", 0)),
            ],
            QuestionTypes.Ranking => [Control("Ranker", question, LabelStudioResult.Responses, question.Ties ? Enumerable.Range(1, MostRanks).Select(Bucket) : [])],
            QuestionTypes.Choice =>
            [
                Control("Choices", question, whole, new XAttribute("choice", question.Multiple ? "multiple" : "single"), question.Options.Select(option => Named("Choice", option))),
            ],
            QuestionTypes.Rating when question.From == 1 => [Control("Rating", question, whole, new XAttribute("maxRating", question.To))],
            QuestionTypes.Rating => [Control("Number", question, whole, new XAttribute("min", question.From), new XAttribute("max", question.To))],
            QuestionTypes.Number => [Control("Number", question, whole)],
            QuestionTypes.Text => [Control("TextArea", question, whole)],
            QuestionTypes.Spans => [Control("Labels", question, LabelStudioResult.Text, question.Options.Select(option => Named("Label", option)))],
            _ => [],
        };
    }

    private static XElement Object(string tag, string name, string field) => new(tag, new XAttribute("name", name), new XAttribute("value", $"${field}"));

    private static XElement Control(string tag, DeliveredQuestion question, string to, params object[] content) =>
        new(tag, new XAttribute("name", question.Key), new XAttribute("toName", to), question.Required ? new XAttribute("required", "true") : null, content);

    private static XElement Bucket(int rank) =>
        new("Bucket", new XAttribute("name", BucketOf(rank)), new XAttribute("title", rank.ToString(CultureInfo.InvariantCulture)));

    // In results the alias stands: the option's value.
    private static XElement Named(string tag, DeliveredOption option) => new(tag, new XAttribute("value", option.Label), new XAttribute("alias", option.Value));
}
