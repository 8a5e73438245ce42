using Cofferdam.Storage;
using Cofferdam.Work.Batches;
using Cofferdam.Work.Slots;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cofferdam.Work.Tests.Slots;

/// <summary>A project with open slots and the loop that writes them; nothing is sealed here.</summary>
internal sealed class SlotRoom : IAsyncDisposable
{
    private readonly TestStore test;
    private readonly List<SlotLoop> loops = [];

    private SlotRoom(TestStore test)
    {
        this.test = test;
        Store = new Store(StoreOptions.Parse(test.Store, test.Folder));
    }

    public Store Store { get; }

    public ManualClock Time { get; } = new();

    public Guid Project { get; } = Guid.CreateVersion7();

    public SlotLoop Loop => loops[0];

    public static async Task<SlotRoom> CreateAsync(string database, int items, int overlap, int leaseSeconds = 60)
    {
        var room = new SlotRoom(await TestStore.CreateAsync(database));
        await new Migrator(room.Store, room.Time).MigrateAsync();
        await room.AddProjectAsync(room.Project);
        await room.AddItemsAsync(room.Project, items, overlap, leaseSeconds);
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
    public async Task<Batch> AddItemsAsync(Guid project, int items, int overlap, int leaseSeconds = 60)
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
        await ExecuteAsync(
            """
            INSERT INTO batch (id, project, code, overlap, guideline_version, form_version, lease_seconds, held, state, items, opened_at)
            VALUES (@id, @project, @code, @overlap, 0, 1, @lease, 3, 0, 0, @at)
            """, ("@id", batch.Id), ("@project", project), ("@code", batch.Code), ("@overlap", overlap), ("@lease", leaseSeconds), ("@at", batch.OpenedAt));
        await new BatchOpening(Store, Time).FillAsync(batch, CancellationToken.None);
        foreach (var loop in loops)
            await loop.LookAgainAsync(project);
        return batch;
    }

    public async Task<LeaseOutcome> LeaseAsync(Guid person, int cap = 1_000, SlotLoop? loop = null) =>
        await (await (loop ?? Loop).LeaseAsync(Project, person, cap, CancellationToken.None)).Done;

    public Task<SubmitResult> SubmitAsync(Guid slot, Guid person, Guid? submission = null, SlotLoop? loop = null) =>
        (loop ?? Loop).SubmitAsync(Project, slot, person, submission ?? Guid.NewGuid(), Guid.CreateVersion7());

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
