using Cofferdam.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace Cofferdam.Storage.Tests;

/// <summary>The migrated database is what EF's model says it is.</summary>
public sealed class ModelTests
{
    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Model_AgainstMigratedDatabase_SameTablesColumnsAndNullability(string database)
    {
        await using var test = await TestStore.CreateAsync(database);
        await using var provider = new ServiceCollection().AddSingleton(TimeProvider.System).AddLogging()
            .AddStorage(StoreOptions.Parse(test.Store, test.Folder)).AddWork().BuildServiceProvider();
        await provider.GetRequiredService<Migrator>().MigrateAsync();
        await using var scope = provider.CreateAsyncScope();
        var model = scope.ServiceProvider.GetRequiredService<AppDb>().Model;

        var found = await ColumnsAsync(provider.GetRequiredService<Store>());

        foreach (var entity in model.GetEntityTypes())
        {
            var table = entity.GetTableName()!;
            var expected = entity.GetProperties().Select(property => Column(property, table));
            found.Where(column => column.Table == table).Select(column => column.Text)
                .ShouldBe(expected, ignoreOrder: true, $"table {table}");
        }
    }

    private static string Column(IProperty property, string table) =>
        Text(property.GetColumnName(StoreObjectIdentifier.Table(table))!, property.IsColumnNullable(StoreObjectIdentifier.Table(table)));

    private static string Text(string name, bool nullable) => nullable ? $"{name} null" : name;

    private static async Task<List<(string Table, string Text)>> ColumnsAsync(Store store)
    {
        await using var connection = await store.OpenAsync();
        await using var command = connection.Command(store.IsSqlite
            ? "SELECT t.name, c.name, c.\"notnull\" = 0 FROM sqlite_schema t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'"
            : "SELECT table_name, column_name, is_nullable = 'YES' FROM information_schema.columns WHERE table_schema = 'work'");
        await using var reader = await command.ExecuteReaderAsync();
        var columns = new List<(string, string)>();
        while (await reader.ReadAsync())
            columns.Add((reader.GetString(0), Text(reader.GetString(1), reader.GetBoolean(2))));
        return columns;
    }
}
