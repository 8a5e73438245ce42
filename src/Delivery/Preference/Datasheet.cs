using System.Globalization;
using System.Text;

namespace Cofferdam.Delivery.Preference;

/// <summary>What the datasheet says, taken from the project and the making.</summary>
internal sealed record DatasheetFacts(
    string ProjectName, string ProjectDescription, Guid Delivery, DateTimeOffset Created,
    IReadOnlyCollection<int> GuidelineVersions, IReadOnlyCollection<int> FormVersions, bool Evaluation, bool Encrypted);

/// <summary>The datasheet of a preference delivery, in the sections of Gebru et al., "Datasheets for Datasets" (2018).</summary>
internal static class Datasheet
{
    public static byte[] Write(DatasheetFacts facts, PreferenceFiles files)
    {
        var quality = files.Quality.Report();
        var agreement = quality.Agreement is { Value: { } value, Low: { } low, High: { } high }
            ? $"{Percent(value)} (95 % interval {Percent(low)} to {Percent(high)}, over {quality.Agreement.Items:N0} items with at least two answers)"
            : "not known: no item has two answers";
        var text = new StringBuilder()
            .Append($"# {OneLine(facts.ProjectName)}\n\n")
            .Append("Written by the program that made this delivery, from the project itself; nothing here was typed for it.\n\n")
            .Append("## Motivation\n\n")
            .Append(string.IsNullOrWhiteSpace(facts.ProjectDescription) ? "The project has no description." : Quoted(facts.ProjectDescription)).Append("\n\n")
            .Append("## Composition\n\n")
            .Append($"- {files.Rows:N0} rows of `prompt`, `chosen` and `rejected`\n")
            .Append($"- {files.Ties:N0} items without a majority, with every answer, in `data/preference/ties.jsonl`\n")
            .Append($"- {files.Unfit:N0} items that this shape cannot express, with the reason for each, in `data/preference/unfit.jsonl`\n")
            .Append($"- {quality.Votes:N0} answers by {files.Quality.Annotators:N0} people, each kept in its row\n\n")
            .Append("## Collection process\n\n")
            .Append("Each item was shown to people one by one, with its two responses in random order left and right, which is recorded in each answer. ")
            .Append("A person answered an item at most once. Every answer delivered was accepted by a reviewer other than its author.\n\n")
            .Append($"Guideline versions: {Numbers(facts.GuidelineVersions)}. Form versions: {Numbers(facts.FormVersions)}.\n\n")
            .Append("## Preprocessing, cleaning, labelling\n\n")
            .Append("Prompts and responses are as they were imported. Where one part of an item is a list of messages, the others became lists of one message.\n\n")
            .Append("The chosen response is the one with more answers for it. The strength of an answer is handed on and not weighed. No language model had a part in the answers.\n\n")
            .Append($"Agreement between people: {agreement}. Left was chosen {quality.Shown.Left:N0} times, right {quality.Shown.Right:N0} times.\n\n")
            .Append("## Uses\n\nTraining and evaluation of models on preferences, in the field names of TRL's preference format.\n\n")
            .Append("## Distribution\n\n")
            .Append($"Delivery `{facts.Delivery}` of {facts.Created.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC, ")
            .Append(facts.Encrypted ? "encrypted to its recipient" : "not encrypted to a recipient").Append(", signed by the lab's delivery key. ")
            .Append("Check it with `cofferdam verify`, with the key taken from elsewhere.\n\n")
            .Append("People appear under names made for this delivery alone; two deliveries cannot be joined by them.\n\n");
        if (facts.Evaluation)
            text.Append("The node ran in evaluation mode: its keys lay on the same disk as the data.\n\n");
        text.Append("## Maintenance\n\nA later delivery of the same project replaces this one; items keep their ids.\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Percent(double share) => (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    private static string Numbers(IReadOnlyCollection<int> versions) => versions.Count == 0 ? "none" : string.Join(", ", versions);

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private static string Quoted(string text) => "> " + text.ReplaceLineEndings("\n> ");
}
