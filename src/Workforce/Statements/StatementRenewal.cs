using Cofferdam.Federation.Engagements;
using Cofferdam.Federation.Messages;
using Cofferdam.Federation.Peers;
using Cofferdam.Storage;
using Cofferdam.Workforce.Engagements;
using Cofferdam.Workforce.Placements;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cofferdam.Workforce.Statements;

/// <summary>Renews the vendor's word for everybody who is on an engagement, and ends engagements whose day has come.</summary>
internal sealed class StatementRenewal(IServiceScopeFactory scopes, PeerClient peers, StatementBell bell, TimeProvider time, ILogger<StatementRenewal> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(20), Again = TimeSpan.FromMinutes(2);

    /// <summary>Renews what is due now, until nothing is.</summary>
    internal async Task RenewDueAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        await scope.ServiceProvider.GetRequiredService<EngagementEnding>().EndDueAsync(cancellation);
        var now = time.GetUtcNow();
        var due = await db.Placements.AsNoTracking().Where(one => one.RenewAt <= now).Select(one => one.Engagement).Distinct().ToListAsync(cancellation);
        foreach (var engagement in due)
            await RenewAsync(engagement, now, cancellation);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RenewDueAsync(stoppingToken);
                await bell.Bell.HearAsync(Look, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                log.RenewalFailed(exception.GetType().Name);
                await bell.Bell.HearAsync(Look, CancellationToken.None);
            }
        }
    }

    private async Task RenewAsync(Guid engagement, DateTimeOffset now, CancellationToken cancellation)
    {
        while (true)
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<AppDb>();
            var some = await db.Placements.AsNoTracking().Where(one => one.Engagement == engagement && one.RenewAt <= now)
                .OrderBy(one => one.RenewAt).Take(EngagementJson.MostStatements).Select(one => one.Id).ToListAsync(cancellation);
            if (some.Count == 0)
                return;
            var issued = await scope.ServiceProvider.GetRequiredService<StatementIssue>().IssueAsync(engagement, some, jkt: null, cancellation);
            // Nothing in force: looked at again when there is.
            if (issued.Count == 0)
            {
                await db.Placements.Where(one => some.Contains(one.Id)).ExecuteUpdateAsync(set => set.SetProperty(one => one.RenewAt, now + Again), cancellation);
                continue;
            }

            await SendAsync(engagement, [.. issued.Where(one => one.Jws is not null)], db, cancellation);
        }
    }

    private async Task SendAsync(Guid engagement, List<Issued> issued, AppDb db, CancellationToken cancellation)
    {
        if (issued.Count == 0)
            return;
        var peer = await db.Engagements.Where(one => one.Id == engagement).Join(db.Peers.AsNoTracking(), one => one.Peer, peer => peer.Id, (_, peer) => peer).SingleAsync(cancellation);
        var outcome = await peers.SendAsync(
            peer, HttpMethod.Post, "/federation/statements", EngagementJson.Write(issued.ConvertAll(one => one.Jws!)), Message.ContentType, headers: null, cancellation);
        var replies = outcome is PeerOutcome.Answered { IsSuccess: true } answered && EngagementJson.ReadReplies(answered.Body.Span) is { } read && read.Count == issued.Count
            ? read
            : null;
        var now = time.GetUtcNow();
        for (var i = 0; i < issued.Count; i++)
        {
            var id = issued[i].Placement.Id;
            var on = db.Placements.Where(one => one.Id == id && one.EndedAt == null);
            if (replies is null)
            {
                // Away, or not able: the old statement goes on for a while yet.
                await on.ExecuteUpdateAsync(set => set.SetProperty(one => one.RenewAt, now + Again), cancellation);
                continue;
            }

            var (state, fault) = (replies[i].State, replies[i].Fault);
            var until = fault is null ? issued[i].Until : null;
            await on.ExecuteUpdateAsync(
                set => set.SetProperty(one => one.LabState, state).SetProperty(one => one.Fault, fault).SetProperty(one => one.VouchedUntil, until), cancellation);
        }
    }
}

internal static partial class StatementRenewalLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Renewing statements failed, and is tried again: {Exception}")]
    public static partial void RenewalFailed(this ILogger log, string exception);
}
