using System.Data.Common;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Batches;
using Cofferdam.Work.Projects;
using Cofferdam.Work.Slots;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.Operations;

/// <summary>Looks at what an operation would do, does it, and undoes it.</summary>
internal sealed class OperationRun(AppDb db, Store store, SlotLoop slots, BatchStates states, ProjectCatalog catalog, IVault vault, TimeProvider time)
{
    /// <summary>Slots that one round of the loop takes, so that leases get their turn in between.</summary>
    private const int AtOnce = 64;

    /// <summary>Slots, people and saved drafts that it would touch.</summary>
    public async Task<(long Slots, long People, long Drafts)> CountAsync(Guid project, OperationRequest request, CancellationToken cancellation)
    {
        await using var connection = await store.OpenAsync(cancellation);
        await using var command = Select(
            connection, project, request,
            "count(*), count(DISTINCT s.holder), coalesce(sum(CASE WHEN EXISTS (SELECT 1 FROM draft d WHERE d.slot = s.id AND d.person = s.holder) THEN 1 ELSE 0 END), 0)", "");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));
    }

    /// <summary>Does it to slots. What moves meanwhile is left alone, so that fewer may be done than were counted.</summary>
    public async Task<Operation> RunAsync(InProject at, Actor actor, OperationRequest request, CancellationToken cancellation)
    {
        var ids = new List<Guid>();
        await using (var connection = await store.OpenAsync(cancellation))
        {
            await using var command = Select(connection, at.Id, request, "s.id", " ORDER BY s.id");
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
                ids.Add(reader.Id(0));
        }

        var operation = await AddAsync(at, actor, request, before: null);
        foreach (var some in ids.Chunk(AtOnce))
            operation.Slots += await slots.OperateAsync(new OperationStep(at.Id, operation.Id, request.Kind, some, actor.Pseudonym, operation.Reason, request.To));
        await db.SaveChangesAsync(CancellationToken.None);
        return operation;
    }

    /// <summary>Gives a batch another priority.</summary>
    public async Task<Operation> ReprioritiseAsync(InProject at, Actor actor, OperationRequest request, Batch batch)
    {
        var operation = await AddAsync(at, actor, request, batch.Priority);
        await PriorityAsync(batch.Id, batch.Priority, request.Priority!.Value, at.Id);
        return operation;
    }

    /// <returns>How many slots were put back; 1 for a priority.</returns>
    public async Task<long> UndoAsync(Operation operation, CancellationToken cancellation)
    {
        long undone = 0;
        if (operation.Kind is OperationKind.Reprioritise)
        {
            undone = await PriorityAsync(operation.Batch!.Value, operation.PriorityAfter!.Value, operation.PriorityBefore!.Value, operation.Project) ? 1 : 0;
        }
        else
        {
            var done = await db.OperationSlots.Where(slot => slot.Operation == operation.Id).OrderBy(slot => slot.Slot).Select(slot => slot.Slot).ToListAsync(cancellation);
            foreach (var some in done.Chunk(AtOnce))
                undone += await slots.UndoAsync(operation.Project, operation.Id, some);
        }

        operation.UndoneAt = time.GetUtcNow();
        await db.SaveChangesAsync(CancellationToken.None);
        return undone;
    }

    private async Task<Operation> AddAsync(InProject at, Actor actor, OperationRequest request, int? before)
    {
        var reason = await Words.SealAsync(vault, actor, at.Facts.Id, request.Reason);
        var operation = new Operation
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            Project = at.Id,
            Kind = request.Kind,
            Batch = request.Batch,
            Reason = reason?.Value,
            PriorityBefore = before,
            PriorityAfter = request.Kind is OperationKind.Reprioritise ? request.Priority : null,
            Slots = 0,
            MadeBy = actor.Pseudonym,
            MadeAt = time.GetUtcNow(),
        };
        db.Operations.Add(operation);
        await db.SaveChangesAsync(CancellationToken.None);
        return operation;
    }

    private async Task<bool> PriorityAsync(Guid batch, int from, int to, Guid project)
    {
        var changed = await states.ChangeAsync(
            "UPDATE batch SET priority = @to, revision = revision + 1 WHERE id = @id AND priority = @from",
            CancellationToken.None, ("@id", batch), ("@from", (short)from), ("@to", (short)to));
        catalog.Forget(project);
        return changed;
    }

    private static DbCommand Select(DbConnection connection, Guid project, OperationRequest request, string columns, string order)
    {
        var possible = request.Kind switch
        {
            OperationKind.Return => "s.state IN (2, 3)",
            OperationKind.Cancel => "s.state IN (0, 1, 2, 4, 5)",
            OperationKind.Release => "s.state = 1",
            _ => "s.state IN (0, 1)",
        };
        var items = request.Items ?? [];
        var sql = $"""
            SELECT {columns} FROM slot s WHERE s.project = @project AND (s.gold = FALSE OR s.state = 1) AND {possible}
            {(request.Batch is null ? "" : "AND s.batch = @batch")}
            {(request.Person is null ? "" : "AND s.holder = @person")}
            {(request.State is null ? "" : "AND s.state = @state")}
            {(request.Items is null ? "" : $"AND s.item IN ({string.Join(',', items.Select((_, i) => $"@i{i}"))})")}
            """;
        var command = connection.Command(sql + order, ("@project", project));
        if (request.Batch is { } batch)
            command.Bind("@batch", batch);
        if (request.Person is { } person)
            command.Bind("@person", person);
        if (request.State is { } state)
            command.Bind("@state", (short)state);
        for (var i = 0; i < items.Count; i++)
            command.Bind($"@i{i}", items[i]);
        return command;
    }
}
