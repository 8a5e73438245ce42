using Cofferdam.Storage;
using Cofferdam.TestKit;
using Cofferdam.Workforce.Access;
using Cofferdam.Workforce.Matching;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Cofferdam.Workforce.Tests;

/// <summary>Among many experts, people are found through indexes: no table of theirs is read from end to end.</summary>
public sealed class MatchPlanTests
{
    private const int Experts = 20_000;

    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Find_AmongManyExperts_GoesThroughIndexes(string database)
    {
        await using var vendor = await RunningVendor.StartAsync(database);
        await using var scope = vendor.App.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        await FillAsync(db);
        // As common as can be: everybody speaks it, every second one has the skill.
        var need = new NeedTerms
        {
            Skills = [new SkillNeed([new SkillAtLevel("skill1")])],
            Languages = [new LanguageNeed("de", LanguageLevel.B2)],
            Rate = new RateNeed("EUR", 5000),
            HoursPerWeek = 10,
            Zone = new ZoneNeed("Europe/Berlin", 540, 1020, 4),
        };
        var terms = await MatchTerms.OfAsync(need, db, vendor.Clock.GetUtcNow(), default);

        foreach (var missing in (int[])[0, 1])
        {
            var plan = await PlanAsync(db, terms, missing);
            plan.ShouldNotContain("SCAN s", Case.Sensitive, plan);
            plan.ShouldNotContain("SCAN e\n", Case.Sensitive, plan);
            plan.ShouldNotContain("SCAN r\n", Case.Sensitive, plan);
            // What is missed must be counted; PostgreSQL then hashes a table where half of it is wanted anyway.
            if (missing == 0)
                plan.ShouldNotContain("Seq Scan", Case.Sensitive, plan);
        }

        var matches = scope.ServiceProvider.GetRequiredService<Matches>();
        var first = await matches.FindAsync(need, 0, null, 50, default);
        var second = await matches.FindAsync(need, 0, Matches.Place(first.Next!), 50, default);
        first.People.Count.ShouldBe(50);
        first.People.Concat(second.People).Select(person => person.Rate!.Value).ShouldBeInOrder();
        first.People.Select(person => person.Person).Intersect(second.People.Select(person => person.Person)).ShouldBeEmpty();
        // The query and the words are two ways to say the same.
        first.People.ShouldAllBe(person => person.Missing == 0);
        (await matches.FindAsync(need, 1, null, 50, default)).People.ShouldAllBe(person => person.Missing == 1);
    }

    private static async Task<string> PlanAsync(AppDb db, MatchTerms terms, int missing)
    {
        var connection = db.Database.GetDbConnection();
        await db.Database.OpenConnectionAsync();
        await using var command = MatchQuery.Command(connection, terms, missing, new MatchPlace(3000, Guid.CreateVersion7()), 50);
        command.CommandText = (db.Database.IsSqlite() ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + command.CommandText;
        List<string> lines = [];
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            lines.Add(reader.GetString(reader.FieldCount - 1));
        return string.Join('\n', lines) + "\n";
    }

    // In plain SQL: so many enrolments would take the test's whole time.
    private static async Task FillAsync(AppDb db)
    {
        var sqlite = db.Database.IsSqlite();
        await db.Database.OpenConnectionAsync();
        var connection = db.Database.GetDbConnection();
        var vendor = await db.Vendors.Select(row => row.Id).SingleAsync();
        var series = sqlite
            ? $"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Experts})"
            : $"WITH n(i) AS (SELECT generate_series(1, {Experts}))";
        var id = sqlite ? "unhex(printf('0190%028x', i))" : "('0190' || lpad(to_hex(i), 28, '0'))::uuid";
        var (yes, no) = sqlite ? ("1", "0") : ("TRUE", "FALSE");
        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            foreach (var sql in (string[])
            [
                $"INSERT INTO \"AspNetUsers\" (\"Id\", \"CreatedAt\", \"TotpStep\", \"UserName\", \"EmailConfirmed\", \"PhoneNumberConfirmed\", \"TwoFactorEnabled\", \"LockoutEnabled\", \"AccessFailedCount\") {series} SELECT {id}, 0, 0, 'e' || i, {no}, {no}, {no}, {no}, 0 FROM n",
                $"INSERT INTO person (id, vendor, account, name, role, created_at) {series} SELECT {id}, @vendor, {id}, 'e' || i, 1, 0 FROM n",
                $"INSERT INTO expert (person, listed, zone, hours, changed_at) {series} SELECT {id}, {yes}, CASE i % 4 WHEN 0 THEN 'Asia/Tokyo' WHEN 1 THEN 'America/Lima' ELSE 'Europe/Berlin' END, i % 40, 0 FROM n",
                $"INSERT INTO expert_skill (person, skill, level, verified_level) {series} SELECT {id}, 'skill' || (i % 2), 1 + i % 3, 0 FROM n",
                $"INSERT INTO expert_language (person, tag, level, stated) {series} SELECT {id}, 'de', 1 + i % 7, {yes} FROM n",
                $"INSERT INTO expert_rate (person, currency, per_hour) {series} SELECT {id}, 'EUR', 2000 + (i * 7919) % 6000 FROM n",
            ])
            {
                await using var command = connection.Command(sql, ("@vendor", vendor));
                command.Transaction = (transaction as Microsoft.EntityFrameworkCore.Infrastructure.IInfrastructure<System.Data.Common.DbTransaction>)!.Instance;
                if (!sql.Contains("@vendor", StringComparison.Ordinal))
                    command.Parameters.Clear();
                await command.ExecuteNonQueryAsync();
            }

            await transaction.CommitAsync();
        }

        await connection.ExecuteAsync("ANALYZE");
    }
}
