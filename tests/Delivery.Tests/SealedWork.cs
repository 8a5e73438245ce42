using System.Text;
using System.Text.Json;
using Cofferdam.ApiClient;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Microsoft.Extensions.DependencyInjection;

namespace Cofferdam.Delivery.Tests;

/// <summary>A project whose form, items and accepted answers are sealed and noted as work would have left them, of any type of question.</summary>
internal sealed class SealedWork(WorkingLab lab, ProjectClient project, Guid id, LabId labId)
{
    private static readonly Guid Batch = Guid.CreateVersion7();

    public ProjectClient Project => project;

    private IVault Vault => lab.App.Services.GetRequiredService<IVault>();

    private Store Store => lab.App.Services.GetRequiredService<Store>();

    /// <param name="questions">As JSON, joined by commas.</param>
    public static async Task<SealedWork> StartAsync(WorkingLab lab, string questions)
    {
        var made = (await lab.Owner.CreateProjectAsync("Name of the project", "What it is for")).OrThrow();
        var store = lab.App.Services.GetRequiredService<Store>();
        await using var connection = await store.OpenAsync();
        await using var find = connection.Command("SELECT lab FROM project WHERE id = @id", ("@id", made.Id));
        await using var reader = await find.ExecuteReaderAsync();
        (await reader.ReadAsync()).ShouldBeTrue();
        var work = new SealedWork(lab, lab.Owner.Project(made.Id), made.Id, new LabId(reader.Id(0)));
        await reader.DisposeAsync();

        var form = await work.SealAsync(RecordKind.Form, $$"""{"v":1,"questions":[{{questions}}]}""");
        await work.WriteAsync(
            "INSERT INTO form_version (project, number, record, questions, created_at) VALUES (@project, 1, @record, '', 0)", ("@record", form));
        return work;
    }

    /// <summary>Items of one form with their answers.</summary>
    /// <param name="answers">Of each person, an object of answers by question; null: that place is still open.</param>
    public async Task<Guid> ItemAsync(string content, Guid? batch, params string?[] answers)
    {
        var item = await SealAsync(RecordKind.Item, content);
        await WriteAsync(
            "INSERT INTO item (id, project, import, batch) VALUES (@item, @project, @import, @batch)", ("@item", item), ("@import", Guid.Empty), ("@batch", batch ?? Batch));
        for (var i = 0; i < answers.Length; i++)
        {
            await WriteAsync(
                """
                INSERT INTO slot (id, project, batch, item, ordinal, flipped, guideline_version, form_version, state, drafted)
                VALUES (@slot, @project, @batch, @item, @ordinal, @no, 0, 1, 0, @no)
                """,
                ("@slot", Guid.CreateVersion7()), ("@batch", batch ?? Batch), ("@item", item), ("@ordinal", i), ("@no", Store.IsSqlite ? 0 : false));
            if (answers[i] is { } answer)
                await AcceptAsync(item, i, answer);
        }

        return item;
    }

    /// <summary>Accepts an answer, or a corrected one in its place.</summary>
    public async Task AcceptAsync(Guid item, int ordinal, string answer)
    {
        var record = await SealAsync(RecordKind.Answer, $$"""{"v":1,"answers":{{answer}},"flipped":false,"seconds":1}""");
        await WriteAsync(
            "UPDATE slot SET state = 3, answer = @answer, holder = coalesce(holder, @person) WHERE item = @item AND ordinal = @ordinal",
            ("@answer", record), ("@person", Guid.CreateVersion7()), ("@item", item), ("@ordinal", ordinal));
        // What no row speaks of is swept away when the node starts.
        await WriteAsync(
            """
            INSERT INTO answer (submission, project, slot, person, record, submitted_at)
            SELECT @submission, project, id, holder, answer, 0 FROM slot WHERE item = @item AND ordinal = @ordinal
            """,
            ("@submission", Guid.CreateVersion7()), ("@item", item), ("@ordinal", ordinal));
    }

    /// <summary>Returns every answer of an item.</summary>
    public Task ReturnAsync(Guid item) => WriteAsync("UPDATE slot SET state = 4 WHERE item = @item", ("@item", item));

    /// <summary>A batch that a delivery can be restricted to.</summary>
    public async Task<Guid> BatchAsync()
    {
        var batch = Guid.CreateVersion7();
        await WriteAsync(
            """
            INSERT INTO batch (id, project, code, overlap, guideline_version, form_version, lease_seconds, held, state, items, opened_at)
            VALUES (@batch, @project, @code, 1, 0, 1, 60, 1, 1, 0, 0)
            """,
            ("@batch", batch), ("@code", batch.ToString()));
        return batch;
    }

    /// <summary>Rows of a file of the package.</summary>
    public async Task<List<JsonElement>> RowsAsync(Guid delivery, string file)
    {
        var (_, folder) = await lab.FetchAsync(project, delivery);
        return [.. (await File.ReadAllLinesAsync(Path.Combine(folder, file))).Select(line => JsonElement.Parse(line))];
    }

    private async Task<Guid> SealAsync(RecordKind kind, string plaintext)
    {
        var record = RecordId.New();
        var sealing = new SealRequest(labId, new ProjectId(id), Principal.Service, [new SealItem(kind, record, Encoding.UTF8.GetBytes(plaintext))]);
        (await Vault.SealAsync(sealing)).ShouldBeOfType<SealOutcome.Sealed>();
        return record.Value;
    }

    private async Task WriteAsync(string sql, params (string Name, object? Value)[] values)
    {
        await using var connection = await Store.OpenAsync();
        await using var command = connection.Command(sql, [("@project", id), .. values]);
        await command.ExecuteNonQueryAsync();
    }
}
