using Npgsql;

namespace Cofferdam.Storage.Tests;

public sealed class StoreOptionsTests
{
    [Fact]
    public void Parse_Sqlite_IsAFileInTheDataFolder()
    {
        var options = StoreOptions.Parse("sqlite", "data");

        options.Provider.ShouldBe(StoreProvider.Sqlite);
        options.Address.ShouldContain(Path.Combine("data", "lab.db"));
    }

    [Fact]
    public void Parse_PostgresAddress_ReadsEveryPart()
    {
        var options = StoreOptions.Parse("postgres://u%40x:p%3Aw@db.example:6543/lab%20one", "data");

        var connection = new NpgsqlConnectionStringBuilder(options.Address);
        (connection.Host, connection.Port, connection.Username, connection.Password, connection.Database)
            .ShouldBe(("db.example", 6543, "u@x", "p:w", "lab one"));
        connection.SearchPath.ShouldBe("work");
    }

    [Theory]
    [InlineData("")]
    [InlineData("mysql://u:secret@h/d")]
    [InlineData("postgres://u:secret@host")]
    public void Parse_AnythingElse_RefusesWithoutRepeatingIt(string store)
    {
        var fault = Should.Throw<FormatException>(() => StoreOptions.Parse(store, "data"));

        fault.Message.ShouldNotContain("secret");
    }
}
