using System.Data;
using Cofferdam.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Matching;

/// <param name="Missing">How many criteria are not met or not known.</param>
/// <param name="Rate">What the person asks in the need's currency; null where the need names none.</param>
public sealed record MatchedPerson(Guid Person, string Name, int Missing, long? Rate, IReadOnlyList<Criterion> Criteria);

/// <param name="Rule">Who is here and in which order, in words. There is no other score.</param>
/// <param name="Next">To go on from; null where this is the end.</param>
public sealed record MatchPage(string Rule, IReadOnlyList<MatchedPerson> People, string? Next);

/// <summary>Compares needs with people.</summary>
internal sealed class Matches(AppDb db, TimeProvider time)
{
    /// <summary>Most criteria that people on a page may miss.</summary>
    public const int MostMissing = 3;

    /// <summary>The people who miss exactly so many of a need's criteria, a page at a time, each with the reasons.</summary>
    /// <param name="missing">0 to <see cref="MostMissing"/>.</param>
    public async Task<MatchPage> FindAsync(NeedTerms need, int missing, MatchPlace? after, int limit, CancellationToken cancellation)
    {
        var terms = await MatchTerms.OfAsync(need, db, time.GetUtcNow(), cancellation);
        var found = await RunAsync(terms, missing, after, limit, cancellation);
        var rates = found.ToDictionary(row => row.Person, row => row.Rate);
        var facts = await PersonFacts.OfAsync([.. rates.Keys], db, cancellation);
        List<MatchedPerson> people = [];
        foreach (var person in facts)
        {
            var criteria = MatchCriteria.Of(terms, person);
            people.Add(new MatchedPerson(person.Person.Id, person.Person.Name, criteria.Count(one => one.State is not CriterionState.Met), rates[person.Person.Id], criteria));
        }

        return new MatchPage(Rule(need, missing), people, found.Count < limit ? null : Cursor(found[^1]));
    }

    /// <summary>One person against a need; null where there is no such person.</summary>
    public async Task<IReadOnlyList<Criterion>?> ExplainAsync(NeedTerms need, Guid person, CancellationToken cancellation)
    {
        var terms = await MatchTerms.OfAsync(need, db, time.GetUtcNow(), cancellation);
        return await PersonFacts.OfAsync([person], db, cancellation) is [var facts] ? MatchCriteria.Of(terms, facts) : null;
    }

    /// <summary>What keeps somebody from being placed, whoever places them: agreements, training, content, conflicts of interest. None: nothing does.</summary>
    public async Task<IReadOnlyList<Criterion>> GateAsync(NeedTerms need, Guid person, CancellationToken cancellation) =>
        await ExplainAsync(need, person, cancellation) is { } criteria ? [.. criteria.Where(one => one.Gate && one.State is not CriterionState.Met)] : [];

    /// <summary>The place that a cursor names; null where it is none of ours.</summary>
    public static MatchPlace? Place(string cursor) =>
        cursor.Split('.') is [var rate, var person] && Guid.TryParseExact(person, "N", out var id)
            ? rate.Length == 0 ? new MatchPlace(null, id) : long.TryParse(rate, out var number) ? new MatchPlace(number, id) : null
            : null;

    private async Task<List<(Guid Person, long? Rate)>> RunAsync(MatchTerms terms, int missing, MatchPlace? after, int limit, CancellationToken cancellation)
    {
        var connection = db.Database.GetDbConnection();
        var opened = connection.State is not ConnectionState.Open;
        if (opened)
            await db.Database.OpenConnectionAsync(cancellation);
        try
        {
            await using var command = MatchQuery.Command(connection, terms, missing, after, limit);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            List<(Guid, long?)> found = [];
            while (await reader.ReadAsync(cancellation))
                found.Add((reader.Id(0), reader.IsDBNull(1) ? null : reader.GetInt64(1)));
            return found;
        }
        finally
        {
            if (opened)
                await db.Database.CloseConnectionAsync();
        }
    }

    private static string Cursor((Guid Person, long? Rate) last) => $"{last.Rate}.{last.Person:N}";

    private static string Rule(NeedTerms need, int missing)
    {
        var who = missing switch
        {
            0 => "People who meet every criterion",
            1 => "People who miss exactly one criterion",
            _ => $"People who miss exactly {missing} criteria",
        };
        var skills = missing > 0 && need.Skills.Count > 0 ? ", all skills apart, which everybody here has" : "";
        var order = need.Rate is { } rate
            ? $"who asks less in {rate.Currency} first, then who joined first. Who has named no rate in {rate.Currency} is not here"
            : "who joined first";
        return $"{who}{skills}: {order}. Only people who want to be found are listed, and nothing else counts.";
    }
}
