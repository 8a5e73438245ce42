using System.Globalization;
using System.Text;

namespace Cofferdam.Delivery.About;

/// <summary>The datasheet of a delivery, in the sections of Gebru et al., "Datasheets for Datasets" (2018).</summary>
internal static class Datasheet
{
    public static byte[] Write(DeliveryDescription delivery)
    {
        var text = new StringBuilder();
        void Section(string title, params ReadOnlySpan<string?> paragraphs)
        {
            text.Append(CultureInfo.InvariantCulture, $"## {title}\n\n");
            foreach (var paragraph in paragraphs)
            {
                if (paragraph is not null)
                    text.Append(paragraph).Append("\n\n");
            }
        }

        text.Append(CultureInfo.InvariantCulture, $"# {OneLine(delivery.Name)}\n\n");
        text.Append("Written by the program that made this delivery, from the project itself; nothing here was typed for it.\n\n");
        Section("Motivation", string.IsNullOrWhiteSpace(delivery.Description) ? "The project has no description." : Quoted(delivery.Description));
        Section("Composition", Composition(delivery), Scope(delivery));
        Section("Collection process", Collection, $"Guideline versions: {Numbers(delivery.GuidelineVersions)}. Form versions: {Numbers(delivery.FormVersions)}.");
        Section(
            "Preprocessing, cleaning, labelling",
            "Contents of items are as they were imported. Where one message of a row is a list of messages, the others became lists of one message.",
            $"What several answers became: {delivery.Aggregation}.",
            Suggestions(delivery),
            Agreement(delivery));
        Section("Uses", delivery.Shape.Use);
        Section("Distribution", Distribution(delivery), "People appear under names made for this delivery alone; two deliveries cannot be joined by them.", Evaluation(delivery));
        Section("Maintenance", Maintenance(delivery));
        return Encoding.UTF8.GetBytes(text.ToString().TrimEnd('\n') + "\n");
    }

    public const string Collection =
        "Each item was shown to people one by one. Responses to be compared were in random order, which is recorded in each answer. A person answered an item at most once. "
        + "Every answer delivered was accepted by the lab's rules of review.";

    /// <summary>Agreement and sides in a sentence each.</summary>
    public static string Agreement(DeliveryDescription delivery)
    {
        var quality = delivery.Quality;
        var agreement = quality.Agreement is { Value: { } value, Low: { } low, High: { } high }
            ? string.Create(CultureInfo.InvariantCulture, $"{Percent(value)} (95 % interval {Percent(low)} to {Percent(high)}, over {quality.Agreement.Items:N0} items with at least two answers)")
            : "not known: no item has two answers";
        var sides = quality.Shown is { LeftShare: { } left, Low: { } from, High: { } to }
            ? string.Create(CultureInfo.InvariantCulture, $" Left was chosen {quality.Shown.Left:N0} times, right {quality.Shown.Right:N0} times: left in {Percent(left)} (95 % interval {Percent(from)} to {Percent(to)}).")
            : "";
        return $"Agreement between people on the deciding question: {agreement}.{sides}";
    }

    public static string Suggestions(DeliveryDescription delivery) => delivery.HadSuggestions
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"Items came with suggestions, which the people who answered saw: {delivery.Quality.Suggestions.Kept:N0} were kept and {delivery.Quality.Suggestions.Changed:N0} changed; each such answer says so.")
        : "No answer began from a suggestion.";

    private static string Composition(DeliveryDescription delivery)
    {
        var (files, folder) = (delivery.Files, $"data/{delivery.Shape.Folder}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            - {files.Rows:N0} {delivery.Shape.Description}
            - {files.Ties:N0} ties, where no answer is ahead, with every vote, in `{folder}/ties.jsonl`
            - {files.Unfit:N0} that this shape cannot express, with the reason for each, in `{folder}/unfit.jsonl`
            - {files.Quality.Answers:N0} answers by {files.Quality.Annotators:N0} people to {files.Items:N0} items, each as it was given, in `answers.jsonl`
            """).ReplaceLineEndings("\n");
    }

    private static string? Scope(DeliveryDescription delivery) => (delivery.Row.Since, delivery.Restricted) switch
    {
        ({ } since, _) => string.Create(
            CultureInfo.InvariantCulture,
            $"It holds what has changed since the delivery `{since}`: items whose accepted answers are others than then replace those of the same id, and {delivery.Files.Withdrawn:N0} are withdrawn, in `data/{delivery.Shape.Folder}/withdrawn.jsonl`."),
        (null, true) => "It is restricted to some batches of the project, which the manifest names.",
        _ => null,
    };

    private static string Distribution(DeliveryDescription delivery) =>
        $"Delivery `{delivery.Row.Id}` of {delivery.Created.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC, "
        + $"{(delivery.Row.Recipient is null ? "not encrypted to a recipient" : "encrypted to its recipient")}, signed by the lab's delivery key. "
        + "Check it with `cofferdam verify`, with the key taken from elsewhere.";

    private static string? Evaluation(DeliveryDescription delivery) =>
        delivery.Evaluation ? "The node ran in evaluation mode: its root keys lay in files, for all that is known on the disk of the data." : null;

    public static string Maintenance(DeliveryDescription delivery) => delivery.Row.Since is null
        ? "A later delivery of the same project replaces this one, or holds what has changed since; items keep their ids."
        : "To be laid over the delivery that it builds on; items keep their ids.";

    private static string Percent(double share) => (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    private static string Numbers(IReadOnlyCollection<int> versions) => versions.Count == 0 ? "none" : string.Join(", ", versions);

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private static string Quoted(string text) => "> " + text.ReplaceLineEndings("\n> ");
}
