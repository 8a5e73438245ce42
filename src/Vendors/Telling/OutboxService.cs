using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Vendors.Terms;
using Cofferdam.Work.Events;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cofferdam.Vendors.Telling;

/// <summary>Keeps every vendor up to date, each on its own: one that is away or slow holds up no other.</summary>
/// <remarks>Several servers may do so at once: a vendor takes each event once, and says how far it is.</remarks>
internal sealed partial class OutboxService(IServiceScopeFactory scopes, WorkEventFeed feed, SuspensionEvents suspensions, TimeProvider time, ILogger<OutboxService> log)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1), ReleaseEvery = TimeSpan.FromHours(1);

    // What sees to each engagement, or last did.
    private readonly Dictionary<Guid, Task> under = [];

    private DateTimeOffset releasedNext;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var timer = time.CreateTimer(_ => feed.Bell.Ring(), null, Every, Every);
        try
        {
            await foreach (var _ in feed.Bell.HearAsync(stoppingToken))
                await LookAsync(stoppingToken);
        }
        finally
        {
            await Task.WhenAll(under.Values);
        }
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<AppDb>();
            var engagements = await db.VendorTerms.AsNoTracking().Select(row => new { row.Engagement, row.Lab }).ToListAsync(cancellation);
            if (time.GetUtcNow() >= releasedNext)
            {
                await feed.ReleaseAsync(cancellation);
                releasedNext = time.GetUtcNow() + ReleaseEvery;
            }

            foreach (var lab in engagements.Select(one => one.Lab).Distinct())
                await suspensions.TellAsync(new LabId(lab), cancellation);
            foreach (var one in engagements)
            {
                if (!under.TryGetValue(one.Engagement, out var before) || before.IsCompleted)
                    under[one.Engagement] = SeeToAsync(one.Engagement, cancellation);
            }
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Failed(fault);
        }
    }

    private async Task SeeToAsync(Guid engagement, CancellationToken cancellation)
    {
        await Task.Yield();
        try
        {
            var more = true;
            while (more)
            {
                await using var scope = scopes.CreateAsyncScope();
                more = await scope.ServiceProvider.GetRequiredService<Outbox>().SendAsync(engagement, cancellation);
            }
        }
        catch (Exception fault)
        {
            if (!cancellation.IsCancellationRequested)
                Failed(fault);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "A vendor could not be told of work; nothing is lost, and it is tried again.")]
    private partial void Failed(Exception fault);
}
