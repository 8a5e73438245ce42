namespace Cofferdam.Storage.Tests;

public sealed class MigratorTests
{
    public static TheoryData<string> Databases => TestStore.Databases;

    private static readonly Migration First = new("0001_first.sql", "CREATE TABLE first (id bigint NOT NULL)");
    private static readonly Migration Second = new("0002_second.sql", "CREATE TABLE second (id bigint NOT NULL); INSERT INTO second VALUES (7)");

    [Theory, MemberData(nameof(Databases))]
    public async Task MigrateAsync_Twice_AppliesEachFileOnce(string database)
    {
        await using var test = await TestStore.CreateAsync(database);
        await using var store = Open(test);

        await MigrateAsync(store, First);
        await MigrateAsync(store, First, Second);
        await MigrateAsync(store, First, Second);

        (await CountAsync(store, "SELECT count(*) FROM second")).ShouldBe(1);
        (await CountAsync(store, "SELECT count(*) FROM migration")).ShouldBe(2);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task MigrateAsync_ManyServersAtOnce_AppliesEachFileOnce(string database)
    {
        await using var test = await TestStore.CreateAsync(database);
        await using var store = Open(test);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => MigrateAsync(store, First, Second)));

        (await CountAsync(store, "SELECT count(*) FROM second")).ShouldBe(1);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task MigrateAsync_FileFails_LeavesNothingOfIt(string database)
    {
        await using var test = await TestStore.CreateAsync(database);
        await using var store = Open(test);
        var broken = new Migration("0002_broken.sql", "CREATE TABLE half (id bigint); THIS IS NO SQL");

        await Should.ThrowAsync<System.Data.Common.DbException>(() => MigrateAsync(store, First, broken));
        await MigrateAsync(store, First, Second);

        await Should.ThrowAsync<System.Data.Common.DbException>(() => CountAsync(store, "SELECT count(*) FROM half"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task MigrateAsync_AppliedFileChanged_Refuses(string database)
    {
        await using var test = await TestStore.CreateAsync(database);
        await using var store = Open(test);
        await MigrateAsync(store, First);

        var fault = await Should.ThrowAsync<MigrationException>(() => MigrateAsync(store, First with { Sql = First.Sql + " " }));

        fault.Message.ShouldContain("'0001_first.sql' was applied to this database with other contents");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task MigrateAsync_AppliedFileGone_Refuses(string database)
    {
        await using var test = await TestStore.CreateAsync(database);
        await using var store = Open(test);
        await MigrateAsync(store, First, Second);

        var fault = await Should.ThrowAsync<MigrationException>(() => MigrateAsync(store, First));

        fault.Message.ShouldContain("'0002_second.sql'");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task MigrateAsync_FileInsertedBeforeAppliedOnes_Refuses(string database)
    {
        await using var test = await TestStore.CreateAsync(database);
        await using var store = Open(test);
        await MigrateAsync(store, Second);

        await Should.ThrowAsync<MigrationException>(() => MigrateAsync(store, First, Second));
    }

    [Theory, InlineData(StoreRole.Lab), InlineData(StoreRole.Vendor)]
    public void BuiltIn_BothProviders_HaveTheSameFiles(StoreRole role)
    {
        var files = Migration.BuiltIn(StoreProvider.Sqlite, role).Select(m => m.Name).ToList();

        files.ShouldNotBeEmpty();
        files.ShouldBe(Migration.BuiltIn(StoreProvider.Postgres, role).Select(m => m.Name));
    }

    private static Store Open(TestStore test) => new(StoreOptions.Parse(test.Store, test.Folder));

    private static Task MigrateAsync(Store store, params Migration[] migrations) =>
        new Migrator(store, TimeProvider.System).MigrateAsync(migrations, CancellationToken.None);

    private static async Task<long> CountAsync(Store store, string sql)
    {
        await using var connection = await store.OpenAsync();
        await using var command = connection.Command(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync());
    }
}
