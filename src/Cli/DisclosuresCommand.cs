using System.CommandLine;
using Cofferdam.ApiClient;

namespace Cofferdam.Cli;

/// <summary><c>disclosures</c>: who was shown what of the lab or a project, when and for what; newest first.</summary>
internal static class DisclosuresCommand
{
    private static readonly Option<string?> Project = new("--project") { Description = "Only of this project, by id or code." };
    private static readonly Option<Guid?> Process = new("--process") { Description = "Only through this server process." };
    private static readonly Option<Guid?> Engagement = new("--engagement") { Description = "Only in this engagement." };
    private static readonly Option<Guid?> Person = new("--person") { Description = "Only to this pseudonym." };
    private static readonly Option<Guid?> Record = new("--record") { Description = "Only of this item or section." };
    private static readonly Option<string?> Act = new("--act") { Description = "Only this act: open, refuse, export or send." };
    private static readonly Option<DateTimeOffset?> From = new("--from") { Description = "From this time." };
    private static readonly Option<DateTimeOffset?> To = new("--to") { Description = "Before this time." };
    private static readonly Option<int> Limit = new("--limit") { Description = "At most so many rows.", DefaultValueFactory = _ => 100 };

    public static Command Create() => Verb.Create(
        "disclosures", "Show who was shown what.", [Project, Person, Record, Process, Engagement, Act, From, To, Limit, .. Connection.Options], RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        await using var signedIn = await Connection.OpenAsync(parsed, cancellation);
        ProjectClient? project = parsed.GetValue(Project) is { } wanted ? signedIn.Lab.Project(await Connection.ProjectIdAsync(signedIn, wanted, cancellation)) : null;
        var rows = new List<Disclosure>();
        var limit = Math.Max(1, parsed.GetValue(Limit));
        long? next = null;
        do
        {
            var query = new DisclosureQuery(
                parsed.GetValue(Person), parsed.GetValue(Record), parsed.GetValue(Act), parsed.GetValue(From), parsed.GetValue(To),
                next, Math.Min(limit - rows.Count, 1000))
            {
                Process = parsed.GetValue(Process),
                Engagement = parsed.GetValue(Engagement),
            };
            var page = (await (project?.DisclosuresAsync(query, cancellation) ?? signedIn.Lab.DisclosuresAsync(query, cancellation))).OrThrow();
            rows.AddRange(page.Rows);
            next = page.Next;
        }
        while (next is not null && rows.Count < limit);

        terminal.Result(new DisclosurePage(rows, next), CliJson.Default.DisclosurePage, page =>
            page.Rows.Count == 0 ? "no disclosures" : string.Join('\n', page.Rows.Select(Line)));
        return ExitCode.Done;
    }

    private static string Line(Disclosure row)
    {
        var what = row.Refusal is { } refusal
            ? $"refused: {refusal}"
            : string.Join(", ", row.Records.GroupBy(record => record.Kind).Select(kind => $"{kind.Count()} {kind.Key}"));
        return $"{row.Sequence,8}  {row.Time.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z  {row.Act,-7} {row.Purpose,-8} {row.Person.Name ?? row.Person.Pseudonym.ToString(),-24} {what}";
    }
}
