using System.Net;
using Cofferdam.Federation.Engagements;
using Cofferdam.Federation.Keys;
using Cofferdam.Federation.Messages;
using Cofferdam.Federation.Peers;
using Cofferdam.Federation.Statements;
using Cofferdam.Storage;
using Cofferdam.Workforce.Engagements;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cofferdam.Workforce.Statements;

/// <summary>
/// Sends labs what they are to be told, each in the order of its rows, and again with growing pauses until they answer. One
/// lab that is away keeps no other waiting.
/// </summary>
internal sealed class LabPost(IServiceScopeFactory scopes, PeerClient peers, NodeIdentities identities, TimeProvider time, ILogger<LabPost> log) : BackgroundService
{
    // Withdrawals are among them: a lab that comes back is to hear within seconds.
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2), LongestPause = TimeSpan.FromSeconds(30);

    private readonly Bell bell = new();

    public void Ring() => bell.Ring();

    /// <summary>Adds a message in the caller's transaction; the caller rings when that is committed.</summary>
    public static void Add(AppDb db, LabMessage message) => db.LabMessages.Add(new LabMessage
    {
        Id = Guid.CreateVersion7(message.MadeAt),
        Peer = message.Peer,
        Kind = message.Kind,
        Engagement = message.Engagement,
        Revision = message.Revision,
        Subject = message.Subject,
        Reason = message.Reason,
        MadeAt = message.MadeAt,
        // At once: the time that a withdrawal bears lies ahead where a statement was made in the same second.
        NextAt = DateTimeOffset.UnixEpoch,
    });

    /// <summary>Sends what is due now.</summary>
    internal async Task SendDueAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        var now = time.GetUtcNow();
        var due = await db.LabMessages.AsNoTracking().Where(message => message.AnsweredAt == null && message.NextAt <= now)
            .Select(message => message.Peer).Distinct().ToListAsync(cancellation);
        await Task.WhenAll(due.Select(peer => SendAsync(peer, cancellation)));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await SendDueAsync(stoppingToken);
                await bell.HearAsync(Look, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // The store may be away; the rows are the queue.
                log.PostFailed(exception.GetType().Name);
                await bell.HearAsync(Look, CancellationToken.None);
            }
        }
    }

    private async Task SendAsync(Guid pairing, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        var peer = await db.Peers.AsNoTracking().SingleAsync(one => one.Id == pairing, cancellation);
        foreach (var message in await db.LabMessages.Where(one => one.Peer == pairing && one.AnsweredAt == null).OrderBy(one => one.Id).Take(EngagementJson.MostStatements).ToListAsync(cancellation))
        {
            if (message.NextAt > time.GetUtcNow())
                return;
            var (path, body) = await WriteAsync(message, peer, db, cancellation);
            var outcome = await peers.SendAsync(peer, HttpMethod.Post, path, body, Message.ContentType, headers: null, cancellation);
            if (IsAnswer(outcome, out var status))
            {
                (message.AnsweredAt, message.Status) = (time.GetUtcNow(), status);
            }
            else
            {
                message.Attempts++;
                var pause = TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, Math.Pow(2, Math.Min(message.Attempts, 10) - 1)));
                message.NextAt = time.GetUtcNow() + pause;
            }

            await db.SaveChangesAsync(CancellationToken.None);
            // In order: what comes after waits with it.
            if (message.AnsweredAt is null)
                return;
        }
    }

    // A refusal is an answer too. What is only said of the way there, or of a node that is not itself, is none.
    private static bool IsAnswer(PeerOutcome outcome, out int status)
    {
        status = outcome is PeerOutcome.Answered answered ? (int)answered.Status : 0;
        return outcome switch
        {
            PeerOutcome.Ended => true,
            PeerOutcome.Answered one => one.Status is not (HttpStatusCode.Unauthorized or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests) && status < 500,
            _ => false,
        };
    }

    private async Task<(string Path, byte[] Body)> WriteAsync(LabMessage message, Peer peer, AppDb db, CancellationToken cancellation)
    {
        switch (message.Kind)
        {
            case LabMessageKind.Answer:
                var accepted = await db.TermsRevisions.Where(terms => terms.Engagement == message.Engagement && terms.Revision == message.Revision)
                    .Select(terms => terms.Accepted).SingleAsync(cancellation);
                return ($"/federation/engagements/{message.Engagement}/answer", Message.Write(new TermsAnswerMessage(message.Engagement, message.Revision!.Value, accepted is true)));
            case LabMessageKind.End:
                var ended = await db.Engagements.AsNoTracking().SingleAsync(one => one.Id == message.Engagement, cancellation);
                return ($"/federation/engagements/{message.Engagement}/end",
                    Message.Write(new EngagementEndMessage(message.Engagement, ended.NoticeAt!.Value, ended.EndsAt!.Value, ended.EndReason!.Value)));
            case LabMessageKind.Withdrawal:
                var identity = await identities.GetAsync(cancellation);
                var withdrawal = new Withdrawal
                {
                    Issuer = identity.Node,
                    Audience = peer.Node,
                    Engagement = message.Engagement,
                    Subject = message.Subject!,
                    IssuedAt = message.MadeAt,
                    Id = message.Id,
                    Reason = message.Reason!.Value,
                };
                return ("/federation/withdrawals", EngagementJson.Write((string[])[withdrawal.Issue(identity.StatementKey)]));
            default:
                throw new InvalidOperationException($"There is no such message: {message.Kind}.");
        }
    }
}

internal static partial class LabPostLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Telling labs failed, and is tried again: {Exception}")]
    public static partial void PostFailed(this ILogger log, string exception);
}
