using System.Text;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Microsoft.Extensions.DependencyInjection;

namespace Cofferdam.Bench;

/// <summary>Gives every open slot of a project an accepted answer, sealed as any other: what a year of work leaves, in a minute.</summary>
/// <remarks>In the node's own process: no HTTP, no lease. What is measured afterwards reads only what is kept.</remarks>
internal static class Answering
{
    private const int People = 16;

    public static async Task RunAsync(IServiceProvider services, Guid project)
    {
        var store = services.GetRequiredService<Store>();
        var vault = services.GetRequiredService<IVault>();
        Guid[] people = [.. Enumerable.Range(0, People).Select(_ => Guid.CreateVersion7())];
        await using var connection = await store.OpenAsync();
        var lab = await ReadAsync("SELECT lab FROM project WHERE id = @project");
        while (true)
        {
            var open = await ReadAsync($"SELECT id FROM slot WHERE project = @project AND state = 0 ORDER BY id LIMIT {IVault.MaxRecordsPerAct}");
            if (open.Count == 0)
                break;
            List<(Guid Slot, Guid Person, Guid Record)> answers = [.. open.Select((slot, i) => (slot, people[i % People], Guid.CreateVersion7()))];
            var sealing = answers.Select((answer, i) => new SealItem(RecordKind.Answer, new RecordId(answer.Record), Answer(i)));
            await vault.SealAsync(new SealRequest(new LabId(lab[0]), new ProjectId(project), Principal.Service, [.. sealing]));
            await using var transaction = await connection.BeginTransactionAsync();
            foreach (var (slot, person, record) in answers)
            {
                await using var accept = connection.Command(
                    "UPDATE slot SET state = 3, holder = @person, answer = @record, submitted_at = @now WHERE id = @slot",
                    ("@person", person), ("@record", record), ("@now", DateTimeOffset.UtcNow), ("@slot", slot));
                accept.Transaction = transaction;
                await accept.ExecuteNonQueryAsync();
            }

            await transaction.CommitAsync();
        }

        async Task<List<Guid>> ReadAsync(string sql)
        {
            var ids = new List<Guid>();
            await using var command = connection.Command(sql, ("@project", project));
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                ids.Add(reader.Id(0));
            return ids;
        }
    }

    private static byte[] Answer(int i)
    {
        var (preference, shown) = (i % 2 == 0 ? "a" : "b", i % 3 == 0 ? "left" : "right");
        return Encoding.UTF8.GetBytes(
            $$$"""{"v":1,"answers":{"preference":{"preference":"{{{preference}}}","strength":1,"shown":"{{{shown}}}"}},"flipped":false,"seconds":42}""");
    }
}
