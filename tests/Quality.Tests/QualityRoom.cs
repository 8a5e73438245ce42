using System.Text;
using Cofferdam.Quality.Bias;
using Cofferdam.Quality.Figures;
using Cofferdam.Storage;
using Cofferdam.Vault;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Slots;

namespace Cofferdam.Quality.Tests;

/// <summary>Rows as Work writes them, and the vault with answers; nobody works here.</summary>
internal sealed class QualityRoom : IAsyncDisposable
{
    private readonly TestStore test;

    private QualityRoom(TestStore test, VaultDoor vault)
    {
        this.test = test;
        Vault = vault;
        Store = new Store(StoreOptions.Parse(test.Store, test.Folder));
    }

    public Store Store { get; }

    public VaultDoor Vault { get; }

    public ManualClock Time { get; } = new();

    public LabId Lab { get; } = new(Guid.CreateVersion7());

    public Guid Project { get; } = Guid.CreateVersion7();

    public FiguresReading Reading => new(Store, Time);

    public BiasScanning Scanning => new(Vault, Store, Time);

    public static async Task<QualityRoom> CreateAsync(string database)
    {
        var place = await TestStore.CreateAsync(database);
        var vault = await VaultNode.OpenWithinAsync(new VaultOptions
        {
            Store = place.Store,
            DataFolder = Path.Combine(place.Folder, "data"),
            KeyFolder = Path.Combine(place.Folder, "keys"),
            Policy = Policy.Default with { PersonPerHour = 1_000_000, RereadsPerMinute = 1_000_000 },
        }, new CallerProcess("test", null, "host"));
        var room = new QualityRoom(place, vault);
        await new Migrator(room.Store, room.Time).MigrateAsync();
        await vault.CreateLabAsync(room.Lab, "acme");
        await vault.CreateProjectAsync(room.Lab, new ProjectId(room.Project));
        await room.ExecuteAsync("INSERT INTO lab (id, slug, created_at) VALUES (@id, 'acme', 0)", ("@id", room.Lab.Value));
        await room.ExecuteAsync(
            "INSERT INTO project (id, lab, code, created_at, created_by, swept_at) VALUES (@id, @lab, 'code', 0, @lab, 0)", ("@id", room.Project), ("@lab", room.Lab.Value));
        return room;
    }

    public Task<FiguresView> FiguresAsync() => Reading.ReadAsync(Lab, Project, CancellationToken.None);

    public async Task<Guid> AddMemberAsync(string? language = null)
    {
        var person = Guid.NewGuid();
        await ExecuteAsync(
            "INSERT INTO member (lab, account, name, role, pseudonym, created_at) VALUES (@lab, @person, 'somebody', 1, @person, 0)", ("@lab", Lab.Value), ("@person", person));
        if (language is not null)
            await ExecuteAsync("INSERT INTO member_skill (lab, person, kind, code) VALUES (@lab, @person, 2, @code)", ("@lab", Lab.Value), ("@person", person), ("@code", language));
        return person;
    }

    public async Task<Guid> AddBatchAsync(int items, int overlap = 1, long? price = null, string? currency = null, string languages = "", int reviewPercent = 100)
    {
        var id = Guid.CreateVersion7();
        await ExecuteAsync(
            """
            INSERT INTO import (id, project, state, bad_rows, rows, imported, bad, bytes, created_at, created_by, ended_at)
            VALUES (@id, @project, 2, 0, @items, @items, 0, 0, 0, @id, 0)
            """, ("@id", id), ("@project", Project), ("@items", items));
        await ExecuteAsync(
            """
            INSERT INTO batch (id, project, code, overlap, guideline_version, form_version, lease_seconds, held, state, items, slots, opened_at, price, currency, languages, review_percent)
            VALUES (@id, @project, @code, @overlap, 0, 1, 60, 3, 1, @items, @slots, 0, @price, @currency, @languages, @review)
            """, ("@id", id), ("@project", Project), ("@code", id.ToString("N")), ("@overlap", overlap), ("@items", items), ("@slots", items * overlap),
            ("@price", price), ("@currency", currency), ("@languages", languages), ("@review", reviewPercent));
        return id;
    }

    public async Task<Guid> AddSlotAsync(
        Guid batch, Guid item, SlotState state, Guid? holder = null, Guid? answer = null, bool gold = false, Guid? reviewer = null, int ordinal = 0)
    {
        var id = Guid.CreateVersion7();
        await ExecuteAsync(
            """
            INSERT INTO slot (id, project, batch, item, ordinal, flipped, guideline_version, form_version, state, holder, drafted, answer, submitted_at, reviewer, gold)
            VALUES (@id, @project, @batch, @item, @ordinal, @no, 0, 1, @state, @holder, @no, @answer, @at, @reviewer, @gold)
            """, ("@id", id), ("@project", Project), ("@batch", batch), ("@item", item), ("@ordinal", ordinal), ("@no", false), ("@state", (long)state),
            ("@holder", holder), ("@answer", answer), ("@at", answer is null ? null : Time.GetUtcNow()), ("@reviewer", reviewer), ("@gold", gold));
        return id;
    }

    public async Task<Guid> AddAnswerAsync(Guid slot, Guid person, byte? vote = null, double? seconds = null, bool? correct = null, Guid? record = null, Guid? corrects = null)
    {
        var id = record ?? Guid.CreateVersion7();
        await ExecuteAsync(
            """
            INSERT INTO answer (submission, project, slot, person, record, submitted_at, vote, seconds, correct, corrects)
            VALUES (@submission, @project, @slot, @person, @record, @at, @vote, @seconds, @correct, @corrects)
            """, ("@submission", Guid.NewGuid()), ("@project", Project), ("@slot", slot), ("@person", person), ("@record", id), ("@at", Time.GetUtcNow()),
            ("@vote", vote is { } said ? Enumerable.Repeat(said, 32).ToArray() : null), ("@seconds", seconds), ("@correct", correct), ("@corrects", corrects));
        return id;
    }

    /// <summary>A slot of an item that somebody has answered.</summary>
    public async Task<Guid> AddAnsweredAsync(Guid batch, Guid item, Guid person, SlotState state, byte? vote = null, double? seconds = null, int ordinal = 0)
    {
        var record = Guid.CreateVersion7();
        var slot = await AddSlotAsync(batch, item, state, person, record, ordinal: ordinal, reviewer: Guid.NewGuid());
        await AddAnswerAsync(slot, person, vote, seconds, record: record);
        return record;
    }

    public Task AddReviewAsync(Guid answer, Guid person, int decision) => ExecuteAsync(
        """
        INSERT INTO review (id, project, slot, answer, person, reviewer, accepted, decided_at, kind, decision)
        VALUES (@id, @project, @id, @answer, @person, @id, @accepted, @at, 1, @decision)
        """, ("@id", Guid.CreateVersion7(Time.GetUtcNow())), ("@project", Project), ("@answer", answer), ("@person", person), ("@accepted", decision == 1),
        ("@at", Time.GetUtcNow()), ("@decision", decision));

    /// <summary>Seals an answer that was shown and chosen so, and writes its row.</summary>
    public async Task SealAnswerAsync(Guid person, string shown, Guid? slot = null)
    {
        var record = RecordId.New();
        var json = $$$"""{"v":1,"answers":{"preference":{"preference":"a","strength":1,"shown":"{{{shown}}}"}},"flipped":false,"seconds":1}""";
        await Vault.SealAsync(new SealRequest(Lab, new ProjectId(Project), Principal.Person(person), [new SealItem(RecordKind.Answer, record, Encoding.UTF8.GetBytes(json), 0)]));
        await AddAnswerAsync(slot ?? Guid.CreateVersion7(), person, record: record.Value);
    }

    public async Task<BiasScan> AddScanAsync()
    {
        var scan = new BiasScan { Id = RecordId.New().Value, Project = Project, RequestedBy = Guid.NewGuid(), RequestedAt = Time.GetUtcNow() };
        await ExecuteAsync(
            "INSERT INTO bias_scan (id, project, state, scanned, total, requested_by, requested_at, attempts) VALUES (@id, @project, 0, 0, 0, @by, 0, 0)",
            ("@id", scan.Id), ("@project", Project), ("@by", scan.RequestedBy));
        return scan;
    }

    public async Task<long> NumberAsync(string sql)
    {
        await using var connection = await Store.OpenAsync();
        await using var command = connection.Command(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync());
    }

    public async Task ExecuteAsync(string sql, params (string, object?)[] values)
    {
        await using var connection = await Store.OpenAsync();
        await using var command = connection.Command(sql, values);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Vault.DisposeAsync();
        await Store.DisposeAsync();
        await test.DisposeAsync();
    }
}
