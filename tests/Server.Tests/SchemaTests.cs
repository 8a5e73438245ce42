using Cofferdam.Storage;
using Cofferdam.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cofferdam.Server.Tests;

public sealed class SchemaTests
{
    public static TheoryData<string, StoreRole> Stores => [.. from database in TestStore.Databases from role in Enum.GetValues<StoreRole>() select (database.Data, role)];

    /// <summary>The SQL files are written by hand; the node's whole model is held against what they made.</summary>
    [Theory, MemberData(nameof(Stores))]
    public async Task Migrations_OfAllRooms_MakeTheModelsTablesAndColumns(string database, StoreRole role)
    {
        await using var node = await RunningNode.StartAsync(database, options => options with { Role = role });
        await using var scope = node.App.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        var there = await ColumnsAsync(db, database == "sqlite");

        var tables = db.Model.GetRelationalModel().Tables.ToList();
        tables.Count.ShouldBeGreaterThan(5);
        foreach (var table in tables)
        {
            there.Keys.Where(column => column.Table == table.Name).Select(column => column.Column)
                .ShouldBe(table.Columns.Select(column => column.Name), ignoreOrder: true, table.Name);
            foreach (var column in table.Columns)
            {
                var (type, nullable) = there[(table.Name, column.Name)];
                nullable.ShouldBe(column.IsNullable, $"{table.Name}.{column.Name}: nullable");
                Family(type).ShouldBe(Family(column.StoreType), $"{table.Name}.{column.Name}: type");
            }
        }
    }

    private static async Task<Dictionary<(string Table, string Column), (string Type, bool Nullable)>> ColumnsAsync(AppDb db, bool sqlite)
    {
        var connection = db.Database.GetDbConnection();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sqlite
            ? """SELECT t.name, c.name, c.type, c."notnull" = 0 FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'"""
            : "SELECT table_name, column_name, data_type, is_nullable = 'YES' FROM information_schema.columns WHERE table_schema = current_schema()";
        await using var reader = await command.ExecuteReaderAsync();
        var columns = new Dictionary<(string, string), (string, bool)>();
        while (await reader.ReadAsync())
            columns.Add((reader.GetString(0), reader.GetString(1)), (reader.GetString(2), reader.GetBoolean(3)));
        return columns;
    }

    /// <summary>Lengths are left out, and so is the width of whole numbers: a column may be wider than what is kept in it.</summary>
    private static string Family(string type) => type.Split('(')[0].ToLowerInvariant() switch
    {
        "character varying" => "text",
        "smallint" or "integer" or "bigint" => "integer",
        var name => name,
    };
}
