using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Projects;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cofferdam.Quality.Bias;

/// <summary>Runs scans one after the other. What was running when the server died is begun again when it starts.</summary>
/// <remarks>The database's rows are the queue; the bell only says that there is a new one.</remarks>
internal sealed class BiasQueue(IServiceScopeFactory scopes, IVault vault, BiasScanning scanning, ILogger<BiasQueue> log) : BackgroundService
{
    /// <summary>A scan that took the server down with it this often is not tried again.</summary>
    private const int MaxAttempts = 3;

    private readonly Bell bell = new();

    public void Ring() => bell.Ring();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        Ring();
        await foreach (var _ in bell.HearAsync(stoppingToken))
        {
            while (await NextAsync(stoppingToken))
            {
            }
        }
    }

    /// <summary>Takes the oldest scan that is to be run.</summary>
    /// <returns>False where there is none.</returns>
    private async Task<bool> NextAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        if (await db.BiasScans.AsNoTracking().Where(scan => scan.State == ScanState.Running).OrderBy(scan => scan.Id).FirstOrDefaultAsync(cancellation) is not { } scan)
            return false;
        var lab = new LabId(await db.Projects.Where(project => project.Id == scan.Project).Select(project => project.Lab).SingleAsync(cancellation));
        await db.BiasScans.Where(row => row.Id == scan.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Attempts, scan.Attempts + 1), cancellation);

        (ScanState State, string? Problem) end = (ScanState.Failed, "interrupted");
        if (scan.Attempts < MaxAttempts)
        {
            try
            {
                end = await scanning.RunAsync(lab, scan, cancellation);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !cancellation.IsCancellationRequested)
            {
                // The message may tell of what was read; its kind does not.
                log.ScanFailed(scan.Id, exception.GetType().Name);
                end = (ScanState.Failed, "internal");
            }
        }

        var ended = end.State is not ScanState.Running && await scanning.EndAsync(scan, end.State, end.Problem, cancellation);
        if (!ended)
            await DropAsync(lab, scan);
        else if (end.State is ScanState.Done)
            await ForgetOlderAsync(db, lab, scan);
        return true;
    }

    /// <summary>One result of a project is kept: the newest.</summary>
    private async Task ForgetOlderAsync(AppDb db, LabId lab, BiasScan newest)
    {
        var older = await db.BiasScans.AsNoTracking().Where(scan => scan.Project == newest.Project && scan.Id < newest.Id).ToListAsync(CancellationToken.None);
        foreach (var scan in older)
        {
            if (scan.State is ScanState.Done)
                await DropAsync(lab, scan);
            await db.BiasScans.Where(row => row.Id == scan.Id).ExecuteDeleteAsync(CancellationToken.None);
        }
    }

    private Task DropAsync(LabId lab, BiasScan scan) => vault.RemoveAsync(
        lab, new ProjectId(scan.Project), Principal.Service, [new RecordRef(RecordKind.Figures, new RecordId(scan.Id))], CancellationToken.None);
}

internal static partial class BiasQueueLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Scan {Scan} failed: {Exception}")]
    public static partial void ScanFailed(this ILogger log, Guid scan, string exception);
}
