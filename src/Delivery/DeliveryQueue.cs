using Cofferdam.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cofferdam.Delivery;

/// <summary>Makes packages one after the other. What was being made when the server died is begun again when it starts.</summary>
/// <remarks>The database's rows are the queue; the bell only says that there is a new one.</remarks>
internal sealed class DeliveryQueue(IServiceScopeFactory scopes, PackageFolder folder, ILogger<DeliveryQueue> log) : BackgroundService
{
    /// <summary>A making that took the server down with it this often is not tried again.</summary>
    private const int MaxAttempts = 3;

    private readonly Bell bell = new();

    public void Ring() => bell.Ring();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await CleanAsync(stoppingToken);
        Ring();
        await foreach (var _ in bell.HearAsync(stoppingToken))
        {
            while (await NextAsync(stoppingToken))
            {
            }
        }
    }

    /// <summary>Removes files that no finished delivery has.</summary>
    private async Task CleanAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        var done = await db.Deliveries.Where(delivery => delivery.State == DeliveryState.Done).Select(delivery => delivery.Id).ToListAsync(cancellation);
        folder.Clean(done.ToHashSet());
    }

    /// <summary>Takes the oldest delivery that is to be made.</summary>
    /// <returns>False where there is none.</returns>
    private async Task<bool> NextAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        var row = await db.Deliveries.Where(delivery => delivery.State == DeliveryState.Making).OrderBy(delivery => delivery.Id).FirstOrDefaultAsync(cancellation);
        if (row is null)
            return false;

        row.Attempts++;
        await db.SaveChangesAsync(cancellation);
        var making = scope.ServiceProvider.GetRequiredService<DeliveryMaking>();
        if (row.Attempts > MaxAttempts)
        {
            await making.FailAsync(row, "interrupted", cancellation);
            return true;
        }

        try
        {
            await making.RunAsync(row, cancellation);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            // The message may tell of what was read; its kind does not.
            log.MakingFailed(row.Id, exception.GetType().Name);
            await making.FailAsync(row, "internal", cancellation);
        }

        return true;
    }
}

internal static partial class DeliveryQueueLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Making delivery {Delivery} failed: {Exception}")]
    public static partial void MakingFailed(this ILogger log, Guid delivery, string exception);
}
