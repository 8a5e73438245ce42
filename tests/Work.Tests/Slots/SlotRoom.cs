using Cofferdam.Storage;
using Cofferdam.Work.Batches;
using Cofferdam.Work.Operations;
using Cofferdam.Work.Slots;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cofferdam.Work.Tests.Slots;

/// <summary>A project with open slots and the loop that writes them; nothing is sealed here.</summary>
internal sealed class SlotRoom : IAsyncDisposable
{
    private readonly TestStore test;
    private readonly List<SlotLoop> loops = [];
    private readonly Dictionary<Guid, Batch> batches = [];

    private SlotRoom(TestStore test)
    {
        this.test = test;
        Store = new Store(StoreOptions.Parse(test.Store, test.Folder));
    }

    public Store Store { get; }

    public ManualClock Time { get; } = new();

    public Guid Project { get; } = Guid.CreateVersion7();

    public SlotLoop Loop => loops[0];

    public static async Task<SlotRoom> CreateAsync(string database, int items, int overlap, int leaseSeconds = 60, Action<Batch>? set = null)
    {
        var room = new SlotRoom(await TestStore.CreateAsync(database));
        await new Migrator(room.Store, room.Time).MigrateAsync();
        await room.AddProjectAsync(room.Project);
        await room.AddItemsAsync(room.Project, items, overlap, leaseSeconds, set);
        await room.AddLoopAsync();
        return room;
    }

    /// <summary>Another server on the same database.</summary>
    public async Task<SlotLoop> AddLoopAsync()
    {
        var loop = new SlotLoop(Store, Time, NullLogger<SlotLoop>.Instance);
        await loop.StartAsync(CancellationToken.None);
        loops.Add(loop);
        return loop;
    }

    public async Task AddProjectAsync(Guid project)
    {
        var lab = Guid.CreateVersion7();
        await ExecuteAsync("INSERT INTO lab (id, slug, created_at) VALUES (@id, @slug, 0)", ("@id", lab), ("@slug", lab.ToString("N")));
        await ExecuteAsync(
            "INSERT INTO project (id, lab, code, created_at, created_by, swept_at) VALUES (@id, @lab, 'code', 0, @lab, 0)", ("@id", project), ("@lab", lab));
    }

    /// <summary>Imports items and opens them as a batch.</summary>
    public async Task<Batch> AddItemsAsync(Guid project, int items, int overlap, int leaseSeconds = 60, Action<Batch>? set = null)
    {
        var import = Guid.CreateVersion7();
        await ExecuteAsync(
            """
            INSERT INTO import (id, project, state, bad_rows, rows, imported, bad, bytes, created_at, created_by, ended_at)
            VALUES (@id, @project, 2, 0, @count, @count, 0, 0, 0, @id, 0)
            """, ("@id", import), ("@project", project), ("@count", items));
        await using (var connection = await Store.OpenAsync())
        {
            foreach (var some in Enumerable.Range(0, items).Select(_ => new Work.Imports.NewItem(0, Guid.CreateVersion7(), null, null, null, [])).Chunk(256))
                await Work.Imports.ItemRows.InsertAsync(connection, project, import, some, CancellationToken.None);
        }

        var batch = new Batch
        {
            Id = Guid.CreateVersion7(),
            Project = project,
            Code = Guid.NewGuid().ToString("N"),
            Overlap = overlap,
            GuidelineVersion = 0,
            FormVersion = 1,
            LeaseSeconds = leaseSeconds,
            Held = 3,
            State = BatchState.Opening,
            Items = 0,
            OpenedAt = Time.GetUtcNow(),
        };
        set?.Invoke(batch);
        await ExecuteAsync(
            """
            INSERT INTO batch (id, project, code, overlap, guideline_version, form_version, lease_seconds, held, state, items, opened_at)
            VALUES (@id, @project, @code, @overlap, 0, 1, @lease, 3, 0, 0, @at)
            """, ("@id", batch.Id), ("@project", project), ("@code", batch.Code), ("@overlap", overlap), ("@lease", leaseSeconds), ("@at", batch.OpenedAt));
        await ExecuteAsync(BatchPatch.Sql, [.. BatchPatch.Values(batch), ("@revision", 1L)]);
        await new BatchOpening(Store, Time).FillAsync(batch, CancellationToken.None);
        batch.State = BatchState.Open;
        batches[batch.Id] = batch;
        foreach (var loop in loops)
            await loop.LookAgainAsync(project);
        return batch;
    }

    public IReadOnlyCollection<Batch> Batches => batches.Values;

    public async Task<LeaseOutcome> LeaseAsync(Guid person, int cap = 1_000, SlotLoop? loop = null, bool told = false) =>
        await (await (loop ?? Loop).LeaseAsync(OpenBatches.Of(Project, cap, Batches.Where(b => b.Project == Project)), person, CancellationToken.None, told)).Done;

    public Task<SubmitResult> SubmitAsync(Guid slot, Guid person, Guid? submission = null, SlotLoop? loop = null, byte vote = 0, bool reviewed = true,
        bool told = false, bool held = false) =>
        (loop ?? Loop).SubmitAsync(Project, slot, person, new Submission(
            submission ?? Guid.NewGuid(), Guid.CreateVersion7(), Enumerable.Repeat(vote, 32).ToArray(), Reviewed: reviewed, Seconds: 12.5,
            Adaptive: Batches.Any(b => b.Adaptive), Held: held), told);

    public Task<SlotState?> DecideAsync(Guid slot, Guid decider, Decision decision, Guid? reason = null, bool second = false, bool staff = false) =>
        Loop.DecideAsync(Project, slot, decider, new Ruling(
            Guid.CreateVersion7(), decision, reason, Answer: decision is Decision.Correct ? Guid.CreateVersion7() : null, Second: second), staff);

    /// <summary>What a lab server does to a batch, as the routes do it.</summary>
    public async Task ChangeAsync(Batch batch, string set) =>
        (await new BatchStates(Store).ChangeAsync($"UPDATE batch SET {set} WHERE id = @id", CancellationToken.None, ("@id", batch.Id))).ShouldBeTrue();

    /// <summary>Counts every row of these tables that is written from now on.</summary>
    public async Task WatchAsync(params string[] tables)
    {
        await ExecuteAsync("CREATE TABLE watched (name text NOT NULL)");
        if (!Store.IsSqlite)
            await ExecuteAsync("CREATE FUNCTION watch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO watched VALUES (TG_TABLE_NAME); RETURN NULL; END $$");
        foreach (var table in tables)
        {
            foreach (var act in (string[])["INSERT", "UPDATE", "DELETE"])
            {
                await ExecuteAsync($"CREATE TRIGGER watch_{table}_{act} AFTER {act} ON {table} FOR EACH ROW " +
                    (Store.IsSqlite ? $"BEGIN INSERT INTO watched VALUES ('{table}'); END" : "EXECUTE FUNCTION watch()"));
            }
        }
    }

    /// <summary>Rows written since, by table.</summary>
    public async Task<List<(string Table, int Rows)>> WatchedAsync()
    {
        await using var connection = await Store.OpenAsync();
        await using var command = connection.Command("SELECT name, count(*) FROM watched GROUP BY name ORDER BY name");
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<(string, int)>();
        while (await reader.ReadAsync())
            rows.Add((reader.GetString(0), reader.GetInt32(1)));
        return rows;
    }

    public async Task<Guid> AddOperationAsync(OperationKind kind)
    {
        var id = Guid.CreateVersion7();
        await ExecuteAsync(
            "INSERT INTO operation (id, project, kind, slots, made_by, made_at) VALUES (@id, @project, @kind, 0, @id, 0)",
            ("@id", id), ("@project", Project), ("@kind", (short)kind));
        return id;
    }

    public async Task OperateAsync(Guid operation, IReadOnlyList<Guid> slots, Guid by)
    {
        var kind = (OperationKind)await CountAsync("SELECT kind FROM operation ORDER BY id DESC LIMIT 1");
        await Loop.OperateAsync(new OperationStep(Project, operation, kind, slots, by, Guid.NewGuid()));
    }

    /// <summary>Somebody who works under an engagement; a new one unless given.</summary>
    public async Task<(Guid Person, Guid Engagement)> AddEngagedAsync(Guid? engagement = null)
    {
        var (person, account, of) = (Guid.NewGuid(), Guid.NewGuid(), engagement ?? Guid.CreateVersion7());
        if (engagement is null)
        {
            await ExecuteAsync(
                "INSERT INTO engagement (id, lab, name, created_at, created_by) SELECT @id, lab, id, 0, id FROM project WHERE id = @project",
                ("@id", of), ("@project", Project));
        }

        await ExecuteAsync(
            "INSERT INTO member (lab, account, name, role, pseudonym, created_at, engagement) SELECT lab, @account, 'vera', 1, @person, 0, @engagement FROM project WHERE id = @project",
            ("@account", account), ("@person", person), ("@engagement", of), ("@project", Project));
        return (person, of);
    }

    /// <summary>Items whose answer is known, in no batch.</summary>
    public async Task<HashSet<Guid>> AddGoldAsync(int items)
    {
        var known = Enumerable.Range(0, items).Select(_ => Guid.CreateVersion7()).ToHashSet();
        foreach (var item in known)
        {
            await ExecuteAsync(
                "INSERT INTO item (id, project, import, gold) VALUES (@id, @project, @record, @record)",
                ("@id", item), ("@project", Project), ("@record", Guid.CreateVersion7()));
        }

        return known;
    }

    /// <summary>Lets every lease run out.</summary>
    public async Task<int> ExpireAsync(int seconds = 61)
    {
        Time.Advance(TimeSpan.FromSeconds(seconds));
        return await Loop.ExpireAsync();
    }

    /// <summary>Item, state and holder of every slot.</summary>
    public async Task<List<(Guid Slot, Guid Item, SlotState State, Guid? Holder, bool Flipped)>> SlotsAsync()
    {
        await using var connection = await Store.OpenAsync();
        await using var command = connection.Command("SELECT id, item, state, holder, flipped FROM slot WHERE project = @project ORDER BY id", ("@project", Project));
        await using var reader = await command.ExecuteReaderAsync();
        var slots = new List<(Guid, Guid, SlotState, Guid?, bool)>();
        while (await reader.ReadAsync())
            slots.Add((reader.Id(0), reader.Id(1), (SlotState)reader.GetInt16(2), await reader.IsDBNullAsync(3) ? null : reader.Id(3), reader.GetBoolean(4)));
        return slots;
    }

    public async Task<long> CountAsync(string sql)
    {
        await using var connection = await Store.OpenAsync();
        await using var command = connection.Command(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var loop in loops)
        {
            await loop.StopAsync(CancellationToken.None);
            loop.Dispose();
        }

        await Store.DisposeAsync();
        await test.DisposeAsync();
    }

    private async Task ExecuteAsync(string sql, params (string, object?)[] values)
    {
        await using var connection = await Store.OpenAsync();
        await using var command = connection.Command(sql, values);
        await command.ExecuteNonQueryAsync();
    }
}
