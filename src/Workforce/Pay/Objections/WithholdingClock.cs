using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cofferdam.Workforce.Pay.Objections;

/// <summary>Releases every hour what nobody decided on in time.</summary>
internal sealed partial class WithholdingClock(IServiceScopeFactory scopes, TimeProvider time, ILogger<WithholdingClock> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                if (await scope.ServiceProvider.GetRequiredService<Withholdings>().ReleaseOverdueAsync(stoppingToken) is > 0 and var released)
                    Released(released);
            }
            catch (Exception failed) when (failed is System.Data.Common.DbException or Microsoft.EntityFrameworkCore.DbUpdateException)
            {
                // The store is away for now; statements release what is overdue as well.
                Failed(failed);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(1, LogLevel.Information, "Released {Count} withholdings on which nobody decided in time.")]
    private partial void Released(int count);

    [LoggerMessage(2, LogLevel.Warning, "Overdue withholdings could not be released; it is tried again within the hour.")]
    private partial void Failed(Exception failed);
}
