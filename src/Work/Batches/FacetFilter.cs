using System.Text.Json;
using Cofferdam.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cofferdam.Work.Batches;

/// <summary>Which items a batch takes, by facets that the lab has approved: a JSON object from facet to value.</summary>
internal static class FacetFilter
{
    /// <summary>Most facets that one batch asks for.</summary>
    private const int Most = 10;

    public static string? Of(IReadOnlyDictionary<string, string>? filter) => filter is { Count: > 0 } ? JsonSerializer.Serialize(filter) : null;

    /// <summary>What an item <c>i</c> must meet, as SQL to go on with.</summary>
    public static string Condition(string? filter) => string.Concat(Read(filter).Select((_, i) =>
        $" AND EXISTS (SELECT 1 FROM item_facet x WHERE x.item = i.id AND x.facet = @facet{i} AND x.value = @value{i})"));

    public static IEnumerable<(string Name, object? Value)> Values(string? filter) =>
        Read(filter).SelectMany((facet, i) => ((string, object?)[])[($"@facet{i}", facet.Key), ($"@value{i}", facet.Value)]);

    /// <summary>What is wrong with a filter; null where nothing is.</summary>
    public static async Task<ProblemHttpResult?> FaultAsync(
        IReadOnlyDictionary<string, string>? filter, Guid project, Store store, CancellationToken cancellation)
    {
        if (filter is not { Count: > 0 })
            return null;
        if (filter.Count > Most || filter.Values.Any(value => value is not { Length: <= 100 }))
            return Problems.Invalid($"A filter names at most {Most} facets, each with a value of at most 100 characters.", "filter");
        await using var connection = await store.OpenAsync(cancellation);
        foreach (var name in filter.Keys)
        {
            await using var known = connection.Command("SELECT 1 FROM facet WHERE project = @project AND name = @name", ("@project", project), ("@name", name));
            if (await known.ExecuteScalarAsync(cancellation) is null)
                return Problems.Invalid("A filter names facets that the lab has approved for this project.", "filter");
        }

        return null;
    }

    private static Dictionary<string, string> Read(string? filter) =>
        filter is null ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(filter)!;
}
