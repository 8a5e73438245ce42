using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Projects;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cofferdam.Work.Searches;

/// <summary>Runs searches one after the other, goes on with what a stop of the server left, and forgets those that are a day old.</summary>
/// <remarks>The database's rows are the queue; the bell only says that there is a new one.</remarks>
internal sealed class SearchQueue(IServiceScopeFactory scopes, SearchScan scan, IVault vault, TimeProvider time, ILogger<SearchQueue> log) : BackgroundService
{
    /// <summary>A search that took the server down with it this often is not tried again.</summary>
    private const int MaxAttempts = 3;

    private static readonly TimeSpan ExpiryEvery = TimeSpan.FromMinutes(15);

    private readonly Bell bell = new();

    public void Ring() => bell.Ring();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        await using var clock = time.CreateTimer(_ => Ring(), null, TimeSpan.Zero, ExpiryEvery);
        await foreach (var _ in bell.HearAsync(stoppingToken))
        {
            await ExpireAsync(stoppingToken);
            while (await NextAsync(stoppingToken))
            {
            }
        }
    }

    /// <summary>Removes a search and what it found.</summary>
    public static async Task RemoveAsync(AppDb db, IVault vault, LabId lab, Principal by, Search search, CancellationToken cancellation)
    {
        var finds = await db.SearchFinds.Where(f => f.Search == search.Id).Select(f => f.Record).ToListAsync(cancellation);
        // The row goes first: the scan sees it and stops. Records that stay behind are swept at the next start.
        await db.Searches.Where(s => s.Id == search.Id).ExecuteDeleteAsync(cancellation);
        await db.SearchFinds.Where(f => f.Search == search.Id).ExecuteDeleteAsync(cancellation);
        await vault.RemoveAsync(
            lab, new ProjectId(search.Project), by, [new(RecordKind.Search, new RecordId(search.Id)), .. finds.Select(f => new RecordRef(RecordKind.Search, new RecordId(f)))], cancellation);
    }

    private async Task ExpireAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        var now = time.GetUtcNow();
        foreach (var search in await db.Searches.AsNoTracking().Where(s => s.ExpiresAt <= now).ToListAsync(cancellation))
            await RemoveAsync(db, vault, await LabOfAsync(db, search, cancellation), Principal.Service, search, cancellation);
    }

    /// <summary>Takes the oldest search that is not over.</summary>
    /// <returns>False where there is none.</returns>
    private async Task<bool> NextAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        var search = await db.Searches.Where(s => s.State == SearchState.Scanning).OrderBy(s => s.Id).FirstOrDefaultAsync(cancellation);
        if (search is null)
            return false;

        search.Attempts++;
        await db.SaveChangesAsync(cancellation);
        db.ChangeTracker.Clear();
        SearchState? ended = SearchState.Stopped;
        if (search.Attempts <= MaxAttempts)
        {
            try
            {
                ended = await scan.RunAsync(search, await LabOfAsync(db, search, cancellation), cancellation);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !cancellation.IsCancellationRequested)
            {
                // The message may tell of what was read; its kind does not.
                log.ScanFailed(search.Id, exception.GetType().Name);
            }
        }

        if (ended is { } state)
        {
            await db.Searches.Where(s => s.Id == search.Id && s.State == SearchState.Scanning)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.State, state).SetProperty(s => s.EndedAt, time.GetUtcNow()), cancellation);
        }

        return true;
    }

    private static async Task<LabId> LabOfAsync(AppDb db, Search search, CancellationToken cancellation) =>
        new(await db.Projects.Where(p => p.Id == search.Project).Select(p => p.Lab).SingleAsync(cancellation));
}

internal static partial class SearchQueueLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Search {Search} failed: {Exception}")]
    public static partial void ScanFailed(this ILogger log, Guid search, string exception);
}
