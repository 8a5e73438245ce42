using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Vendors.Terms;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cofferdam.Vendors.Admissions;

/// <summary>Ends the sessions of those whom their vendor has stopped vouching for. What they could open ended by itself: the vault goes by the statement.</summary>
internal sealed partial class VouchWatch(IServiceScopeFactory scopes, TimeProvider time, ILogger<VouchWatch> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LapseAsync(stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                Failed(fault);
            }
        }
    }

    /// <summary>Ends what has run out.</summary>
    /// <returns>How many people.</returns>
    public async Task<int> LapseAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        var now = time.GetUtcNow();
        var due = await db.Admissions.Where(row => row.State == AdmissionState.Enrolled && row.Until <= now)
            .Join(db.VendorTerms, row => row.Engagement, terms => terms.Engagement, (row, terms) => new { Row = row, terms.Lab }).ToListAsync(cancellation);
        var members = scope.ServiceProvider.GetRequiredService<IExpertMembers>();
        foreach (var one in due)
        {
            await members.EndAsync(new LabId(one.Lab), one.Row.Pseudonym);
            one.Row.State = AdmissionState.Lapsed;
            await db.SaveChangesAsync(CancellationToken.None);
        }

        return due.Count;
    }

    [LoggerMessage(1, LogLevel.Error, "People whom no vendor vouches for could not be looked for; it is tried again.")]
    private partial void Failed(Exception fault);
}
