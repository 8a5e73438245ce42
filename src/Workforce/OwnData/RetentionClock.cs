using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Workforce.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cofferdam.Workforce.OwnData;

/// <summary>Removes what has been held long enough, with a receipt, and says so in the log by numbers alone.</summary>
internal sealed partial class RetentionClock(IServiceScopeFactory scopes, TimeProvider time, ILogger<RetentionClock> log) : BackgroundService
{
    private const int AtOnce = 1_000;

    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    /// <summary>Removes everything that is due now.</summary>
    /// <returns>How many records.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        var records = scope.ServiceProvider.GetRequiredService<PersonRecords>();
        var now = time.GetUtcNow();
        var removed = 0;
        while (true)
        {
            var due = await db.HeldRecords.AsNoTracking().Where(row => row.DueAt <= now)
                .OrderBy(row => row.DueAt).Take(AtOnce)
                .Join(db.People, row => row.Person, person => person.Id, (row, person) => new { Row = row, person.Vendor })
                .ToListAsync(cancellation);
            foreach (var of in due.GroupBy(one => (one.Vendor, one.Row.Person)))
                await records.RemoveAsync(new LabId(of.Key.Vendor), of.Key.Person, Principal.Service, [.. of.Select(one => one.Row)]);
            removed += due.Count;
            if (due.Count < AtOnce)
                return removed;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var ticks = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                if (await RunAsync(stoppingToken) is var removed and > 0)
                    Removed(removed);
            }
            catch (VaultUnavailableException)
            {
                // Tried again with the next tick; nothing is forgotten before its record is gone.
                Waits();
            }
        }
        while (await ticks.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Retention: {Records} records had been held long enough and were removed.")]
    private partial void Removed(int records);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Retention: the vault is not there; what is due is removed once it is.")]
    private partial void Waits();
}
