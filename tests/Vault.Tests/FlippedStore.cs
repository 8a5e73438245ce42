using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using Cofferdam.Ledger;
using Cofferdam.Vault.Contract;
using Microsoft.Data.Sqlite;

namespace Cofferdam.Vault.Tests;

/// <summary>A small store on a file that can be put back to what it was, edited, and asked everything that it was asked before.</summary>
internal sealed class FlippedStore : IDisposable
{
    /// <summary>How an outcome starts that must not be: another answer, and nothing shows it.</summary>
    public const string Wrong = "WRONG ANSWER ";

    private readonly string folder;
    private readonly byte[] template;
    private readonly Answers before;
    private readonly LabId lab;
    private readonly List<(ProjectId Project, RecordRef Record)> records;

    // Kept elsewhere, as an auditor keeps them.
    private readonly Dictionary<LabId, LedgerHead> heads;

    private FlippedStore(
        string folder, LabId lab, List<(ProjectId, RecordRef)> records, Dictionary<LabId, LedgerHead> heads, byte[] template, Answers before)
    {
        this.folder = folder;
        this.lab = lab;
        this.records = records;
        this.heads = heads;
        this.template = template;
        this.before = before;
    }

    public IReadOnlyList<(ProjectId Project, RecordRef Record)> Records => records;

    private static Principal Expert { get; } = Principal.Person(new Guid("11111111-2222-4333-8444-555555555555"));

    private string Database => Path.Combine(folder, "data", "vault.db");

    private string ConnectionString => $"Data Source={Database};Pooling=False;Foreign Keys=False";

    public static async Task<FlippedStore> CreateAsync()
    {
        // Thousands of starts, each with commits that wait for the disk: in memory where there is such a folder.
        var root = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        var place = Directory.CreateDirectory(Path.Combine(root, $"cofferdam-test-{Guid.NewGuid():N}")).FullName;
        var owner = new LabId(Guid.CreateVersion7());
        ProjectId[] projects = [ProjectId.New(), ProjectId.New()];
        List<(ProjectId, RecordRef)> made = [];
        await using (var vault = await OpenAsync(place))
        {
            await vault.CreateLabAsync(owner, "lab");
            foreach (var project in projects)
            {
                await vault.CreateProjectAsync(owner, project);
                made.Add((project, await SealAsync(vault, owner, project, RecordKind.Item, $"item of {project}", versions: 1)));
                made.Add((project, await SealAsync(vault, owner, project, RecordKind.GuidelineDraft, $"guidelines of {project}", versions: 3)));
            }

            foreach (var (project, record) in made)
                await vault.OpenAsync(new OpenRequest(owner, project, Expert, Act.Open, Purpose.Task, [record]));
            await vault.RebuildIndexAsync(owner);
            await vault.RebuildIndexAsync(LabId.Node);
        }

        var bytes = await File.ReadAllBytesAsync(Path.Combine(place, "data", "vault.db"));
        await using (var vault = await OpenAsync(place))
        {
            var known = new Dictionary<LabId, LedgerHead> { [LabId.Node] = await HeadAsync(vault, LabId.Node), [owner] = await HeadAsync(vault, owner) };
            var store = new FlippedStore(place, owner, made, known, bytes, new Answers([], []));
            return new FlippedStore(place, owner, made, known, bytes, await store.AskAsync(vault));
        }
    }

    /// <summary>Puts the store back to what it was. The published log, which would tell of more, is gone with it.</summary>
    public void Restore()
    {
        if (Directory.Exists(Path.Combine(folder, "data", "ledger")))
            Directory.Delete(Path.Combine(folder, "data", "ledger"), recursive: true);
        File.WriteAllBytes(Database, template);
        File.Delete(Database + "-wal");
        File.Delete(Database + "-shm");
    }

    public int Edit(string sql, params (string Name, object Value)[] parameters)
    {
        using var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value is Guid id ? id.ToByteArray(bigEndian: true) : value);
        return command.ExecuteNonQuery();
    }

    /// <summary>Every byte that the store holds, numbers as eight.</summary>
    public IReadOnlyList<Place> Places()
    {
        using var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        List<Place> places = [];
        foreach (var table in Read(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'vault_migration'").Select(row => (string)row[0]).ToList())
        {
            var columns = Read(connection, $"SELECT name, pk FROM pragma_table_info('{table}')").Select(row => (Name: (string)row[0], Key: (long)row[1] > 0)).ToList();
            foreach (var row in Read(connection, $"SELECT {string.Join(", ", columns.Select(column => $"\"{column.Name}\""))} FROM {table}").ToList())
            {
                var keys = columns.Select((column, i) => (column.Name, column.Key, Value: row[i])).Where(column => column.Key).Select(column => (column.Name, column.Value)).ToArray();
                for (var i = 0; i < columns.Count; i++)
                {
                    for (var at = 0; at < (row[i] is byte[] bytes ? bytes.Length : row[i] is string text ? text.Length : row[i] is long ? sizeof(long) : 0); at++)
                        places.Add(new Place(table, columns[i].Name, keys, row[i], at));
                }
            }
        }

        return places;
    }

    public bool Flip(Place place, byte mask)
    {
        object value;
        switch (place.Value)
        {
            case byte[] bytes:
                bytes = [.. bytes];
                bytes[place.At] ^= mask;
                value = bytes;
                break;
            case string text:
                value = string.Concat(text.AsSpan(0, place.At), ((char)(text[place.At] ^ mask)).ToString(), text.AsSpan(place.At + 1));
                break;
            default:
                var number = new byte[sizeof(long)];
                BinaryPrimitives.WriteInt64BigEndian(number, (long)place.Value);
                number[place.At] ^= mask;
                value = BinaryPrimitives.ReadInt64BigEndian(number);
                break;
        }

        try
        {
            return Edit(
                $"UPDATE {place.Table} SET \"{place.Column}\" = @value WHERE {string.Join(" AND ", place.Keys.Select((key, i) => $"\"{key.Name}\" = @key{i}"))}",
                [("@value", value), .. place.Keys.Select((key, i) => ($"@key{i}", key.Value))]) == 1;
        }
        catch (SqliteException)
        {
            // Two rows cannot have one key.
            return false;
        }
    }

    /// <summary>Starts a vault on the store as it is and asks everything.</summary>
    /// <returns>Null: the answers are those from before. A word for how it was found otherwise.</returns>
    public async Task<string?> JudgeAsync()
    {
        Answers now;
        try
        {
            await using var vault = await OpenAsync(folder);
            now = await AskAsync(vault);
        }
        catch (Exception e) when (e is VaultUnavailableException or VaultStoreException or System.Security.Cryptography.CryptographicException
            or Sealing.KeyCustodyException or InvalidOperationException or FormatException)
        {
            return e.GetType().Name;
        }

        if (now.Found.Count > 0)
            return now.Found[0];
        var other = now.Said.Except(before.Said).Concat(before.Said.Except(now.Said)).FirstOrDefault();
        return other is null && now.Said.Count == before.Said.Count ? null : Wrong + other;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static Task<VaultDoor> OpenAsync(string folder) => VaultNode.OpenWithinAsync(
        new VaultOptions { Store = "sqlite", DataFolder = Path.Combine(folder, "data"), KeyFolder = Path.Combine(folder, "keys") }, VaultFixture.Caller);

    /// <summary>Of a lab that this vault has only begun to write to: without the receipt of its start.</summary>
    private static async Task<LedgerHead> HeadAsync(VaultDoor vault, LabId lab)
    {
        var tree = new CompactRange();
        await foreach (var entry in FirstAsync(vault.LedgerAsync(lab), (await vault.HeadAsync(lab)).Size - 1))
            tree.Append(MerkleTree.HashLeaf(entry.Leaf.Span));
        return new LedgerHead(tree.Size, tree.Root());
    }

    private static async Task<RecordRef> SealAsync(VaultDoor vault, LabId lab, ProjectId project, RecordKind kind, string text, int versions)
    {
        var id = RecordId.New();
        for (var version = 0; version < versions; version++)
        {
            (await vault.SealAsync(new SealRequest(lab, project, Expert, [new SealItem(kind, id, Encoding.UTF8.GetBytes($"{text}, {version}"), version)])))
                .ShouldBeOfType<SealOutcome.Sealed>();
        }

        return new RecordRef(kind, id);
    }

    private static IEnumerable<object[]> Read(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            yield return row;
        }
    }

    private async Task<Answers> AskAsync(VaultDoor vault)
    {
        Answers answers = new([], []);
        foreach (var (project, record) in records)
        {
            var outcome = await vault.OpenAsync(new OpenRequest(lab, project, Expert, Act.Open, Purpose.Task, [record]));
            if (outcome is OpenOutcome.Opened { Records: [var opened] })
                answers.Said.Add($"{record.Id} {opened.Version} {Convert.ToHexString(opened.Plaintext.Span)}");
            else
                answers.Found.Add($"refused: {((OpenOutcome.Refused)outcome).Reason}");
            List<RecordId> listed = [];
            await foreach (var id in vault.ListAsync(lab, project, record.Kind, DateTimeOffset.UnixEpoch))
                listed.Add(id);
            answers.Said.Add(string.Join(' ', listed));
            answers.Said.Add(Convert.ToHexString((await vault.FingerprintAsync(lab, project, ["value"u8.ToArray()]))[0]));
        }

        ReceiptQuery[] queries =
        [
            new(LabId.Node, Limit: 1_000),
            new(lab, Limit: 1_000),
            new(lab, Principal: Expert.Pseudonym),
            new(lab, Record: records[1].Record.Id),
            new(lab, records[0].Project, Acts: [Act.Open, Act.Seal]),
        ];
        foreach (var query in queries)
        {
            foreach (var receipt in await vault.ReceiptsAsync(query with { Before = heads[query.Lab].Size }))
            {
                if (!receipt.Fits)
                    answers.Found.Add("receipt does not fit");
                answers.Said.Add($"{receipt.Sequence} {receipt.Time:O} {receipt.Act} {receipt.Project} {receipt.Principal} {string.Join(' ', receipt.Records.Select(r => $"{r.Id} {r.Version}"))} {Convert.ToHexString(receipt.Leaf.Span)}");
            }
        }

        foreach (var (owner, head) in heads)
        {
            if (await LedgerVerification.VerifyAsync(FirstAsync(vault.LedgerAsync(owner), head.Size), head.Size, head.Root) is not LedgerFinding.Sound and var wrong)
                answers.Found.Add($"ledger: {wrong.GetType().Name}");
            foreach (var finding in await vault.CheckIndexAsync(owner))
                answers.Found.Add($"index: {finding.GetType().Name}");
        }

        return answers;
    }

    private static async IAsyncEnumerable<LedgerEntry> FirstAsync(IAsyncEnumerable<ReceiptEntry> receipts, long size, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var r in receipts.WithCancellation(cancellation))
        {
            if (size-- == 0)
                yield break;
            yield return new LedgerEntry(r.Leaf, r.What, r.Who, r.Salt);
        }
    }

    /// <param name="Value">What stands there: a blob, a text or a number.</param>
    /// <param name="At">Which byte of it.</param>
    internal sealed record Place(string Table, string Column, (string Name, object Value)[] Keys, object Value, int At);

    private sealed record Answers(List<string> Said, List<string> Found);
}
