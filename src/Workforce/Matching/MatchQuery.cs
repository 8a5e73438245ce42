using System.Data.Common;
using System.Text;
using Cofferdam.Storage;

namespace Cofferdam.Workforce.Matching;

/// <summary>Where a page of matches ends.</summary>
/// <param name="Rate">Of the last one; null where the need names no currency.</param>
internal sealed record MatchPlace(long? Rate, Guid Person);

/// <summary>Writes the query for people who miss exactly so many of a need's criteria.</summary>
/// <remarks>
/// The order is the page's: who asks less in the need's currency first, then who came first (ids sort by time). With that
/// order the index on rates is walked from its cheapest end, and the page is full after as many people as it takes. Skills
/// are asked of everybody, whatever else they miss; those that few have narrow first, through the index on skills.
/// </remarks>
internal sealed class MatchQuery
{
    private readonly StringBuilder text = new();
    private readonly List<(string Name, object Value)> values = [];
    private readonly MatchTerms terms;

    private MatchQuery(MatchTerms terms) => this.terms = terms;

    /// <summary>Columns: person, rate or null.</summary>
    /// <param name="missing">How many criteria besides skills are not met.</param>
    public static DbCommand Command(DbConnection connection, MatchTerms terms, int missing, MatchPlace? after, int limit)
    {
        var query = new MatchQuery(terms);
        query.Write(missing, after, limit);
#pragma warning disable CA2100 // Made of fixed text and the names of parameters.
        return connection.Command(query.text.ToString(), [.. query.values.Select(value => (value.Name, (object?)value.Value))]);
#pragma warning restore CA2100
    }

    private void Write(int missing, MatchPlace? after, int limit)
    {
        var rated = terms.Need.Rate is not null;
        text.Append(rated
            ? $"SELECT r.person, r.per_hour FROM expert_rate r JOIN expert e ON e.person = r.person WHERE r.currency = {Value(terms.Need.Rate!.Currency)} AND e.listed = TRUE"
            : "SELECT e.person, NULL FROM expert e WHERE e.listed = TRUE");
        foreach (var skill in terms.Need.Skills)
        {
            var any = string.Join(" OR ", skill.AnyOf.Select(Skill));
            // Few people are listed once; where many have it, each is asked, until the page is full.
            text.Append(skill.AnyOf.Any(one => terms.Common.Contains(one.Code))
                ? $"\nAND EXISTS (SELECT 1 FROM expert_skill s WHERE s.person = e.person AND ({any}))"
                : $"\nAND e.person IN (SELECT s.person FROM expert_skill s WHERE {any})");
        }

        var criteria = Criteria().ToList();
        if (missing == 0)
            criteria.ForEach(one => text.Append($"\nAND {one}"));
        else if (criteria.Count > 0)
            text.Append($"\nAND {string.Join(" + ", criteria.Select(one => $"CASE WHEN {one} THEN 0 ELSE 1 END"))} = {Value(missing)}");
        else
            text.Append("\nAND 1 = 0");
        if (after is not null)
            text.Append(rated ? $"\nAND (r.per_hour, r.person) > ({Value(after.Rate ?? 0)}, {Value(after.Person)})" : $"\nAND e.person > {Value(after.Person)}");
        text.Append(rated ? "\nORDER BY r.per_hour, r.person" : "\nORDER BY e.person").Append($"\nLIMIT {Value(limit)}");
    }

    // In the order of MatchCriteria.
    private IEnumerable<string> Criteria()
    {
        var need = terms.Need;
        foreach (var language in need.Languages)
            yield return $"EXISTS (SELECT 1 FROM expert_language l WHERE l.person = e.person AND l.tag = {Value(language.Tag)} AND l.level >= {Value((short)language.Level)})";
        if (need.Rate is { } rate)
            yield return $"r.per_hour <= {Value(rate.MaxPerHour)}";
        if (need.HoursPerWeek is { } hours)
            yield return $"e.hours >= {Value(hours)}";
        if (terms.Zones is { } zones)
            yield return zones.Count == 0 ? "1 = 0" : $"e.zone IN ({string.Join(", ", zones.Select(Value))})";
        foreach (var content in need.ContentClasses)
            yield return $"EXISTS (SELECT 1 FROM expert_content_class c WHERE c.person = e.person AND c.content_class = {Value(content)})";
        foreach (var agreement in terms.Agreements)
            yield return $"EXISTS (SELECT 1 FROM agreement_signature a WHERE a.person = e.person AND a.agreement = {Value(agreement.Code)} AND a.version = {Value(agreement.Version)})";
        foreach (var _ in terms.Unknown)
            yield return "1 = 0";
        foreach (var module in need.Training)
            yield return $"EXISTS (SELECT 1 FROM training_done t WHERE t.person = e.person AND t.module = {Value(module)} AND t.good_until > {Value(terms.Now)})";
        if (terms.Rivals.Count > 0)
            yield return $"NOT EXISTS (SELECT 1 FROM lab_work w WHERE w.person = e.person AND ({string.Join(" OR ", terms.Rivals.Select(rival => $"w.lab = {Value(rival.Lab)} AND w.last_at > {Value(terms.Now.AddDays(-rival.Days))}"))}))";
    }

    private string Skill(SkillAtLevel skill)
    {
        var verified = $"s.verified_level >= {Value((short)skill.Level)} AND s.verified_until > {Value(terms.Now)}";
        return skill.Verified
            ? $"s.skill = {Value(skill.Code)} AND {verified}"
            : $"s.skill = {Value(skill.Code)} AND (s.level >= {Value((short)skill.Level)} OR ({verified}))";
    }

    private string Value(object value)
    {
        var name = $"@p{values.Count}";
        values.Add((name, value));
        return name;
    }
}
