using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Cofferdam.Storage;
using Cofferdam.Workforce;
using Cofferdam.Workforce.Access;
using Cofferdam.Workforce.Matching;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Cofferdam.Bench;

/// <summary>
/// A large vendor, straight into its store: a hundred thousand enrolments would take hours. Every id says what it is of and
/// which: see <see cref="Id"/>.
/// </summary>
internal static class VendorSeed
{
    /// <summary>People placed on each engagement.</summary>
    public const int Placed = 50;

    /// <summary>Further ones on the first.</summary>
    public const int Large = 1_950;

    /// <summary>Minor units that a task is paid.</summary>
    public const int TaskPay = 250;

    public const int Experts = 0x0190, Engagements = 0x0191, Briefs = 0x0192, Needs = 0x0193, Offers = 0x0194, Placements = 0x0195, Pseudonyms = 0x0196, Cards = 0x0197, Rivals = 0x0198;

    public static Guid Id(int kind, int number) => Guid.Parse($"{kind:x4}{number:x28}");

    /// <param name="words">Experts, engagements, pairing and lab's node.</param>
    public static async Task<string> FillAsync(AppDb db, string words)
    {
        var read = words.Split(' ');
        var (experts, engagements) = (int.Parse(read[0], CultureInfo.InvariantCulture), int.Parse(read[1], CultureInfo.InvariantCulture));
        var placed = engagements * Placed;
        // Beyond those who are on the other engagements.
        var large = Math.Clamp(experts - placed, 0, Large);
        var (now, vendor) = (DateTimeOffset.UtcNow, await db.Vendors.Select(row => row.Id).SingleAsync());
        await db.Database.OpenConnectionAsync();
        var connection = db.Database.GetDbConnection();
        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            foreach (var sql in Statements(experts, engagements, placed + large))
            {
                await using var command = connection.Command(sql);
                foreach (var (name, value) in (ReadOnlySpan<(string, object)>)
                [
                    ("@vendor", vendor), ("@pairing", Guid.Parse(read[2])), ("@node", Guid.Parse(read[3])), ("@now", now), ("@later", now.AddDays(365)),
                    ("@terms", JsonSerializer.Serialize(new NeedTerms(), WorkforceText.Default.NeedTerms)),
                ])
                {
                    if (sql.Contains(name, StringComparison.Ordinal))
                        command.Bind(name, value);
                }

                command.Transaction = transaction.GetDbTransaction();
                await command.ExecuteNonQueryAsync();
            }

            await transaction.CommitAsync();
        }

        await connection.ExecuteAsync("ANALYZE");
        return Host.Done;
    }

    /// <returns>Events, entries for work, and their minor units.</returns>
    public static async Task<string> CountAsync(AppDb db)
    {
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().Command(
            "SELECT (SELECT count(*) FROM received_event), (SELECT count(*) FROM pay_entry WHERE kind = 1), (SELECT coalesce(sum(amount), 0) FROM pay_entry)");
        await using DbDataReader reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return $"{reader.GetInt64(0)} {reader.GetInt64(1)} {reader.GetInt64(2)}";
    }

    private static IEnumerable<string> Statements(int experts, int engagements, int placements)
    {
        static string N(int count) => $"WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {count - 1})";
        static string Of(int kind, string number = "i") => $"unhex(printf('{kind:x4}%028x', {number}))";
        var (all, each, every) = (N(experts), N(engagements), N(placements));
        // The first Placed of an engagement, then those of the first alone.
        var engagement = $"CASE WHEN i < {engagements * Placed} THEN i / {Placed} ELSE 0 END";
        var expert = $"i % {experts}";
        var monday = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-(((int)DateTime.UtcNow.DayOfWeek + 6) % 7)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return
        [
            $"""
            INSERT INTO "AspNetUsers" ("Id", "CreatedAt", "TotpStep", "UserName", "EmailConfirmed", "PhoneNumberConfirmed", "TwoFactorEnabled", "LockoutEnabled", "AccessFailedCount")
            {all} SELECT {Of(Experts)}, 0, 0, 'expert-' || i, 0, 0, 0, 0, 0 FROM n
            """,
            $"INSERT INTO person (id, vendor, account, name, role, created_at) {all} SELECT {Of(Experts)}, @vendor, {Of(Experts)}, 'expert-' || i, 1, @now FROM n",
            $"""
            INSERT INTO expert (person, listed, zone, country, hours, changed_at)
            {all} SELECT {Of(Experts)}, 1, CASE i % 5 WHEN 0 THEN 'Asia/Tokyo' WHEN 1 THEN 'America/Lima' WHEN 2 THEN 'Africa/Lagos' ELSE 'Europe/Berlin' END, 'DE', i % 41, @now FROM n
            """,
            // Every second one has the first, one in forty one of the others, one in a thousand a rare one.
            $"INSERT INTO expert_skill (person, skill, level, verified_level, verified_until) {all} SELECT {Of(Experts)}, 'law', 1 + i % 3, i % 4, @later FROM n WHERE i % 2 = 0",
            $"INSERT INTO expert_skill (person, skill, level, verified_level) {all} SELECT {Of(Experts)}, 'skill-' || (i % 40), 1 + (i / 40) % 3, 0 FROM n",
            $"INSERT INTO expert_skill (person, skill, level, verified_level) {all} SELECT {Of(Experts)}, 'rare', 3, 0 FROM n WHERE i % 1000 = 7",
            $"INSERT INTO expert_language (person, tag, level, stated) {all} SELECT {Of(Experts)}, 'en', 4 + i % 4, 1 FROM n",
            $"INSERT INTO expert_language (person, tag, level, stated) {all} SELECT {Of(Experts)}, 'de', 1 + i % 7, 1 FROM n WHERE i % 3 = 0",
            $"INSERT INTO expert_rate (person, currency, per_hour) {all} SELECT {Of(Experts)}, 'EUR', 2000 + (i * 7919) % 8000 FROM n",
            $"INSERT INTO expert_content_class (person, content_class) {all} SELECT {Of(Experts)}, 'violence' FROM n WHERE i % 4 = 0",
            "INSERT INTO agreement (code, title, kind, for_everybody, current_version) VALUES ('nda', 'Confidentiality', 1, 1, 1)",
            "INSERT INTO agreement_version (agreement, version, text, sha256, published_by, published_at) VALUES ('nda', 1, 'Keep it.', zeroblob(32), zeroblob(16), @now)",
            $"""
            INSERT INTO agreement_signature (person, agreement, version, sha256, session, record, signed_at)
            {all} SELECT {Of(Experts)}, 'nda', 1, zeroblob(32), zeroblob(16), zeroblob(16), @now FROM n WHERE i % 10 < 8
            """,
            $"INSERT INTO rival_group (id, name, cool_off_days) VALUES ({Of(Rivals, "0")}, 'Rivals', 90)",
            $"INSERT INTO rival_lab (rival_group, lab) VALUES ({Of(Rivals, "0")}, @node), ({Of(Rivals, "0")}, {Of(Rivals, "1")})",
            $"INSERT INTO lab_work (person, lab, last_at) {all} SELECT {Of(Experts)}, {Of(Rivals, "1")}, @now FROM n WHERE i % 10 = 3",
            $"""
            INSERT INTO engagement (id, peer, node, lab, state, revision, cursor, created_at)
            {each} SELECT {Of(Engagements)}, @pairing, @node, 'lab', 2, 1, 0, @now FROM n
            """,
            $"""
            INSERT INTO terms_revision (engagement, revision, record, currency, headcount, notice_days, pause_pay, training, agreements, received_at, accepted)
            {each} SELECT {Of(Engagements)}, 1, zeroblob(16), 'EUR', 5000, 14, 50, 0, '[]', @now, 1 FROM n
            """,
            $"""
            INSERT INTO known_brief (id, engagement, revision, record, mark, open, places, received_at, changed_at)
            {each} SELECT {Of(Briefs)}, {Of(Engagements)}, 1, zeroblob(16), zeroblob(32), 1, 100, @now, @now FROM n
            """,
            $"""
            INSERT INTO need (id, engagement, brief, places, currency, rates, week_hours, terms, listed, created_at, created_by)
            {each} SELECT {Of(Needs)}, {Of(Engagements)}, {Of(Briefs)}, 100, 'EUR', '[]', 20, @terms, 0, @now, zeroblob(16) FROM n
            """,
            $"""
            INSERT INTO offer (id, need, expert, state, currency, rates, week_hours, notice_days, pause_pay, made_at, made_by, expires_at)
            {every} SELECT {Of(Offers)}, {Of(Needs, engagement)}, {Of(Experts, expert)}, 2, 'EUR', '[]', 20, 14, 50, @now, zeroblob(16), @later FROM n
            """,
            $"""
            INSERT INTO placement (id, engagement, need, offer, expert, subject, pseudonym, role, week_hours, started_at)
            {every} SELECT {Of(Placements)}, {Of(Engagements, engagement)}, {Of(Needs, engagement)}, {Of(Offers)}, {Of(Experts, expert)}, printf('%022d', i), {Of(Pseudonyms)}, 1, 20, @now FROM n
            """,
            $"INSERT INTO planned_day (placement, day, minutes) {every}, d(k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM d WHERE k < 4) SELECT {Of(Placements)}, date('{monday}', '+' || k || ' days'), 240 FROM n, d",
            $"INSERT INTO pay_person (expert, zone, place) {every} SELECT {Of(Experts, expert)}, 'Europe/Berlin', 'DE' FROM n WHERE TRUE ON CONFLICT DO NOTHING",
            $"""
            INSERT INTO rate_card (id, engagement, version, "from", currency, week_seconds, notice_days, pause_share, made_at, "by")
            {each} SELECT {Of(Cards)}, {Of(Engagements)}, 1, 0, 'EUR', 0, 14, 0, @now, zeroblob(16) FROM n
            """,
            $"""INSERT INTO rate_line (card, kind, "each", "hour") {each}, k(kind) AS (SELECT 1 UNION ALL SELECT kind + 1 FROM k WHERE kind < 6) SELECT {Of(Cards)}, kind, {TaskPay}, 0 FROM n, k""",
        ];
    }
}
