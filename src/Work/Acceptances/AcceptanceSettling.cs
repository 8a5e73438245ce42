using Cofferdam.Storage;
using Cofferdam.Work.Slots;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cofferdam.Work.Acceptances;

/// <summary>Gives back what a decision on a batch says. A start finishes what a stop left half given back.</summary>
/// <remarks>Answer by answer through <see cref="SlotLoop"/>, which commits many together and lets others' requests in between.</remarks>
internal sealed class AcceptanceSettling(IServiceScopeFactory scopes, Store store, SlotLoop slots) : BackgroundService
{
    private const int AtOnce = 256;

    // What is given back is not found again: a run ends. An answer with a judge's words of its own comes with those.
    private const string Rejected = """
        SELECT s.id, d.reason, d.evidence FROM slot s
        LEFT JOIN acceptance_sample d ON d.acceptance = @acceptance AND d.slot = s.id AND d.verdict = 2
        WHERE s.batch = @batch AND s.state = 3 AND s.gold = FALSE AND s.submitted_at <= @decided AND s.id > @after ORDER BY s.id LIMIT @most
        """;

    private const string Partly = """
        SELECT s.id, d.reason, d.evidence FROM slot s
        LEFT JOIN acceptance_sample d ON d.acceptance = @acceptance AND d.slot = s.id AND d.verdict = 2
        WHERE s.batch = @batch AND s.state = 3 AND s.gold = FALSE AND s.submitted_at <= @decided AND s.id > @after
          AND (d.slot IS NOT NULL OR s.holder IN (SELECT p.person FROM acceptance_person p WHERE p.acceptance = @acceptance))
        ORDER BY s.id LIMIT @most
        """;

    /// <summary>Gives back what is still to be given back, and says so on the row.</summary>
    /// <returns>Answers given back in this run.</returns>
    public async Task<long> SettleAsync(Acceptance acceptance)
    {
        var returned = 0L;
        var after = Guid.Empty;
        while (await PageAsync(acceptance, after) is { Count: > 0 } page)
        {
            var done = await Task.WhenAll(page.Select(one => slots.TakeBackAsync(new TakeBack(
                acceptance.Project, one.Slot, acceptance.DecidedBy!.Value, one.Reason ?? acceptance.Reason!.Value, one.Evidence, acceptance.DecidedAt!.Value))));
            returned += done.Count(taken => taken);
            after = page[^1].Slot;
        }

        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<AppDb>().Acceptances.Where(a => a.Id == acceptance.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(a => a.Settled, true));
        return returned;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        await using var connection = await store.OpenAsync(stoppingToken);
        await using var command = connection.Command("SELECT 1 FROM acceptance WHERE settled = @no LIMIT 1", ("@no", false));
        if (await command.ExecuteScalarAsync(stoppingToken) is null)
            return;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        foreach (var acceptance in await db.Acceptances.AsNoTracking().Where(a => !a.Settled).ToListAsync(stoppingToken))
            await SettleAsync(acceptance);
    }

    private async Task<List<(Guid Slot, Guid? Reason, Guid? Evidence)>> PageAsync(Acceptance acceptance, Guid after)
    {
        await using var connection = await store.OpenAsync();
        await using var command = connection.Command(
            acceptance.State is AcceptanceState.Rejected ? Rejected : Partly,
            ("@acceptance", acceptance.Id), ("@batch", acceptance.Batch), ("@decided", acceptance.DecidedAt!.Value), ("@after", after), ("@most", AtOnce));
        await using var reader = await command.ExecuteReaderAsync();
        var page = new List<(Guid, Guid?, Guid?)>(AtOnce);
        while (await reader.ReadAsync())
            page.Add((reader.Id(0), await reader.IsDBNullAsync(1) ? null : reader.Id(1), await reader.IsDBNullAsync(2) ? null : reader.Id(2)));
        return page;
    }
}
