using System.Diagnostics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cofferdam.ApiClient;
using Cofferdam.Storage;
using Microsoft.Data.Sqlite;

namespace Cofferdam.Bench;

/// <summary>
/// What sealing costs an import: rows of 1 KiB over HTTP, parsed, checked for repeats, sealed with a receipt per 256 and
/// stored, against a plain insert of the same rows into an ordinary SQLite table, by the same machine on the same disk.
/// </summary>
internal static class ImportBench
{
    /// <summary>Rows per transaction of the plain insert.</summary>
    private const int PlainRows = 1_000;

    private const string Password = "bench: long enough, and used nowhere else";

    public static async Task<int> RunAsync(Options options)
    {
        var clock = Stopwatch.StartNew();
        void Progress(string text) => Console.Error.WriteLine($"[{clock.Elapsed.TotalSeconds,6:F1} s] {text}");

        await using var node = await Node.StartFreshAsync(options.Store, "import");
        using var owner = new NodeClient(node.Address);
        (await owner.EnrolAsync(node.OwnerToken, "owner", Password, DateTimeOffset.UtcNow)).OrThrow();
        var lab = owner.Lab("lab");
        var studio = lab.Project((await lab.CreateProjectAsync("Benchmark", "Made by the benchmark.")).OrThrow().Id);

        Progress("warming up");
        using (var few = RowFile.Write(2_000, from: 1_000_000_000))
        {
            var other = lab.Project((await lab.CreateProjectAsync("Warm-up", "Made by the benchmark.")).OrThrow().Id);
            await ImportAsync(other, few);
            Plain(few, node.Folder);
        }

        Progress($"writing {options.Rows:N0} rows of 1 KiB");
        using var rows = RowFile.Write(options.Rows);
        Progress("importing them");
        var busy = node.ProcessorTime;
        var ours = await ImportAsync(studio, rows);
        busy = node.ProcessorTime - busy;
        var memory = node.PeakMemoryMb;
        Progress($"{options.Rows / ours:N0} rows/s; inserting them plainly");
        var plain = Plain(rows, node.Folder);
        Progress($"{options.Rows / plain:N0} rows/s; adding one row at a time");
        var one = new List<double>();
        for (var i = 0; i < 11; i++)
        {
            using var single = RowFile.Write(1, from: 1_100_000_000 + i);
            one.Add(await ImportAsync(studio, single) * 1_000);
        }

        var result = new
        {
            name = "import",
            ratio = Math.Round(plain / ours, 3),
            rows = options.Rows,
            rows_per_second = Math.Round(options.Rows / ours),
            plain_rows_per_second = Math.Round(options.Rows / plain),
            seconds = Math.Round(ours, 2),
            processor_us_per_row = Math.Round(busy.TotalMicroseconds / options.Rows, 1),
            peak_memory_mb = memory,
            add_one_ms = Math.Round(Figures.Median(one), 1),
            row_bytes = RowFile.RowBytes,
            store = options.Store,
            plain = $"SQLite, one table with a unique id, write-ahead log, synchronous=FULL, {PlainRows:N0} rows per transaction, no HTTP",
            processors = Environment.ProcessorCount,
            total_seconds = Math.Round(clock.Elapsed.TotalSeconds),
        };
        Console.WriteLine(JsonSerializer.Serialize(result, options.Json ? OneLine : ForReading));
        return 0;
    }

    internal static JsonSerializerOptions OneLine { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static JsonSerializerOptions ForReading { get; } = new(OneLine) { WriteIndented = true };

    /// <summary>Announces and sends a file.</summary>
    /// <returns>Seconds until it counted.</returns>
    internal static async Task<double> ImportAsync(ProjectClient studio, RowFile rows, IReadOnlyDictionary<string, string>? map = null)
    {
        var begun = Stopwatch.GetTimestamp();
        var import = (await studio.StartImportAsync(new ImportBody("rows.jsonl", map ?? new Dictionary<string, string>(StringComparer.Ordinal), "keep"))).OrThrow();
        await using var file = File.OpenRead(rows.Path);
        var done = (await studio.SendImportAsync(import.Id, file)).OrThrow();
        return done.Imported == rows.Rows
            ? Stopwatch.GetElapsedTime(begun).TotalSeconds
            : throw new InvalidOperationException($"{done.Imported} of {rows.Rows} rows were imported");
    }

    /// <summary>What a script without trust would do: each row as it is, with its id beside it.</summary>
    private static double Plain(RowFile rows, string folder)
    {
        var path = Path.Combine(folder, $"plain-{Guid.NewGuid():N}.db");
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        connection.Open();
        Execute(connection, Store.Pragmas);
        Execute(connection, "CREATE TABLE row (id TEXT NOT NULL PRIMARY KEY, body TEXT NOT NULL) STRICT");
        var begun = Stopwatch.GetTimestamp();
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO row (id, body) VALUES (@id, @body)";
        var (id, body) = (insert.Parameters.Add("@id", SqliteType.Text), insert.Parameters.Add("@body", SqliteType.Text));
        using var file = new StreamReader(rows.Path, Encoding.UTF8);
        for (var more = true; more;)
        {
            using var transaction = connection.BeginTransaction();
            insert.Transaction = transaction;
            for (var i = 0; i < PlainRows; i++)
            {
                if (file.ReadLine() is not { } line)
                {
                    more = false;
                    break;
                }

                using var parsed = JsonDocument.Parse(line);
                id.Value = parsed.RootElement.GetProperty("id").GetString();
                body.Value = line;
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        connection.Close();
        File.Delete(path);
        return seconds;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
