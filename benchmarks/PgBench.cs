using System.Diagnostics;
using System.Globalization;

namespace Cofferdam.Bench;

/// <summary>
/// The baseline on PostgreSQL: <c>pgbench -c16</c> with one bare statement that leases the next open slot of an
/// equivalent table. No HTTP, no sign-in, nothing returned but the id.
/// </summary>
internal sealed class PgBench(string pgbench, Uri server, string database, string folder)
{
    public const string What = "pgbench -c16 -j2, one statement: UPDATE … WHERE id = (SELECT … FOR UPDATE SKIP LOCKED) RETURNING id";

    private const string Lease =
        """
        UPDATE bench.slot SET state = 1, holder = :client_id, lease_until = 1
        WHERE id = (SELECT id FROM bench.slot WHERE state = 0 ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING id;
        """;

    public static string Table(int slots) =>
        $"""
        CREATE SCHEMA bench;
        CREATE TABLE bench.slot (id bigint PRIMARY KEY, item uuid NOT NULL, state smallint NOT NULL, holder bigint, lease_until bigint);
        INSERT INTO bench.slot SELECT n, gen_random_uuid(), 0 FROM generate_series(1, {slots}) n;
        CREATE INDEX slot_open ON bench.slot (id) WHERE state = 0;
        VACUUM ANALYZE bench.slot;
        """;

    public async Task<Burst> RunAsync(TimeSpan time)
    {
        var script = Path.Combine(folder, "lease.sql");
        await File.WriteAllTextAsync(script, Lease);
        var prefix = Path.Combine(folder, "pgbench_log");
        var start = new ProcessStartInfo(pgbench) { UseShellExecute = false, WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var word in (string[])
        [
            "--no-vacuum", "--client=16", "--jobs=2", $"--time={(int)Math.Ceiling(time.TotalSeconds)}", $"--file={script}", "--log", $"--log-prefix={prefix}",
            $"--host={server.Host}", $"--port={server.Port}", $"--username={server.UserInfo}", database,
        ])
        {
            start.ArgumentList.Add(word);
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"pgbench failed: {await errors}");

        // "tps = 5986.123456 (without initial connection time)"
        var tps = output.Split('\n').Single(line => line.StartsWith("tps = ", StringComparison.Ordinal)).Split(' ')[2];
        var micros = new List<int>();
        foreach (var log in Directory.GetFiles(folder, "pgbench_log.*"))
        {
            // client, transaction, microseconds, …
            micros.AddRange(File.ReadLines(log).Select(line => int.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture)));
            File.Delete(log);
        }

        return new Burst(micros.Count, micros.Count / double.Parse(tps, CultureInfo.InvariantCulture), micros);
    }
}
