using Cofferdam.Storage;

namespace Cofferdam.Work.Items;

/// <summary>What the lab allowed to be known of its items in clear.</summary>
public sealed class ItemFacets(Store store)
{
    /// <summary>The facets of an item, each as <c>facet=value</c>.</summary>
    internal Task<HashSet<string>> OfAsync(Guid item, CancellationToken cancellation) =>
        ReadAsync("SELECT facet, value FROM item_facet WHERE item = @id", item, reader => $"{reader.GetString(0)}={reader.GetString(1)}", cancellation);

    /// <summary>Names of the facets that the lab allowed in a project.</summary>
    internal Task<HashSet<string>> AllowedAsync(Guid project, CancellationToken cancellation) =>
        ReadAsync("SELECT name FROM facet WHERE project = @id", project, reader => reader.GetString(0), cancellation);

    private async Task<HashSet<string>> ReadAsync(string sql, Guid id, Func<System.Data.Common.DbDataReader, string> read, CancellationToken cancellation)
    {
        await using var connection = await store.OpenAsync(cancellation);
        await using var command = connection.Command(sql, ("@id", id));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation))
            found.Add(read(reader));
        return found;
    }
}
