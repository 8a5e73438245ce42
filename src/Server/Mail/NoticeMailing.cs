using System.Text;
using Cofferdam.Server.Hardening;
using Cofferdam.Server.SignIn;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Labs;
using Cofferdam.Work.Notices;
using Cofferdam.Work.Projects;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Server.Mail;

/// <summary>Mails notices to those who want them, many in one mail. The rows of the database are the queue.</summary>
/// <remarks>A mail says how many of what, and in which projects by code name: nothing else.</remarks>
internal sealed partial class NoticeMailing(
    IServiceScopeFactory scopes, Mailer mailer, NodeSecrets secrets, NodeOptions options, TimeProvider time, ILogger<NoticeMailing> log) : BackgroundService
{
    /// <summary>One person gets one mail in this time, whatever happens.</summary>
    public static readonly TimeSpan Between = TimeSpan.FromMinutes(15);

    /// <summary>A notice is mailed when it is this old: those that were being written together are there by then.</summary>
    public static readonly TimeSpan Settled = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(6);
    private const int MostTold = 1_000;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!mailer.Offered)
            return;
        using var timer = new PeriodicTimer(LookEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SendDueAsync(stoppingToken);
            }
#pragma warning disable CA1031 // Mail is a courtesy: whatever breaks, the node goes on and the next look tries again.
            catch (Exception fault) when (fault is not OperationCanceledException)
#pragma warning restore CA1031
            {
                Broke(log, Faults.Describe(fault));
            }
        }
    }

    /// <summary>Mails what is due now.</summary>
    /// <returns>How many mails went out.</returns>
    public async Task<int> SendDueAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        var now = time.GetUtcNow();
        var due = await db.Set<NoticeAddress>().Where(row => row.ConfirmedAt != null && row.Topics != 0 && row.NextMailAt <= now).ToListAsync(cancellation);
        var sent = 0;
        foreach (var address in due)
        {
            if (await WaitingAsync(db, address, now - Settled, cancellation) is not { Count: > 0 } waiting)
                continue;
            if (await SendAsync(address, waiting, cancellation))
            {
                (address.MailedThrough, address.NextMailAt, address.Failures) = (waiting[^1].At, now + Between, 0);
                sent++;
            }
            else
            {
                address.Failures++;
                address.NextMailAt = now + Wait(address.Failures);
                NotTaken(log, address.Failures);
            }

            await db.SaveChangesAsync(CancellationToken.None);
        }

        return sent;
    }

    private static async Task<List<Waiting>> WaitingAsync(AppDb db, NoticeAddress address, DateTimeOffset settled, CancellationToken cancellation)
    {
        var notices = db.Notices;
        var projects = db.Projects;
        var after = address.MailedThrough;
        var topics = address.TopicList;
        var kinds = Enum.GetValues<NoticeKind>().Where(kind => topics.Contains(NoticeSets.TopicOf(kind))).ToList();
        return await db.Members.Where(member => member.Account == address.Account && member.LeftAt == null)
            .SelectMany(member => notices.Where(notice => notice.Lab == member.Lab && notice.Person == member.Pseudonym
                && notice.ReadAt == null && notice.At > after && notice.At <= settled && kinds.Contains(notice.Kind)))
            .OrderBy(notice => notice.At).Take(MostTold)
            .Select(notice => new Waiting(
                notice.Kind, projects.Where(project => project.Id == notice.Project).Select(project => project.Code).FirstOrDefault(), notice.At))
            .ToListAsync(cancellation);
    }

    private async Task<bool> SendAsync(NoticeAddress address, List<Waiting> waiting, CancellationToken cancellation)
    {
        var to = await secrets.OpenAsync(ProjectId.None, new RecordId(address.Record), RecordKind.Address, cancellation);
        var subject = waiting.Count == 1 ? "Cofferdam: one notice" : $"Cofferdam: {waiting.Count} notices";
        return await mailer.SendAsync(Encoding.UTF8.GetString(to.Span), subject, Text(waiting), cancellation);
    }

    private string Text(List<Waiting> waiting)
    {
        var text = new StringBuilder();
        foreach (var same in waiting.CountBy(notice => (notice.Kind, notice.Code)))
        {
            text.Append("- ").Append(Words(same.Key.Kind));
            if (same.Key.Code is { } code)
                text.Append(" (").Append(code).Append(')');
            if (same.Value > 1)
                text.Append(", ").Append(same.Value).Append(" times");
            text.Append('\n');
        }

        text.Append("\nSign in to read more");
        if (options.PublicUrl is { } url)
            text.Append(": ").Append(url.GetLeftPart(UriPartial.Authority));
        return text.Append(".\nYou asked for these mails, and can end them on the same page.\n").ToString();
    }

    private static string Words(NoticeKind kind) => kind switch
    {
        NoticeKind.Returned => "Work of yours was returned",
        NoticeKind.AppealDecided => "An appeal of yours was decided",
        NoticeKind.QuestionAnswered => "A question of yours was answered",
        NoticeKind.GuidelinesPublished => "New guidelines were published",
        NoticeKind.DeliveryDone => "A delivery is done",
        NoticeKind.DeliveryFailed => "A delivery failed",
        NoticeKind.ImportDone => "An import is done",
        NoticeKind.BatchPaused => "A batch was paused",
        NoticeKind.BatchResumed => "A batch goes on",
        NoticeKind.Escalated => "Something waits for a decision",
        NoticeKind.AcceptanceDecided => "A batch was judged",
        NoticeKind.InvitationUsed => "Somebody enrolled with a link of yours",
        NoticeKind.Suspended => "Work was suspended",
        NoticeKind.Resumed => "Work goes on",
        NoticeKind.Appealed => "An appeal waits for a decision",
        NoticeKind.QuestionAsked => "A question waits for an answer",
        _ => "Something happened",
    };

    private static TimeSpan Wait(int failures) =>
        TimeSpan.FromTicks(Math.Min(LongestWait.Ticks, TimeSpan.FromMinutes(1 << Math.Min(failures, 10)).Ticks));

    private sealed record Waiting(NoticeKind Kind, string? Code, DateTimeOffset At);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The mail server did not take a mail of notices, {Failures} times in a row.")]
    private static partial void NotTaken(ILogger log, int failures);

    [LoggerMessage(Level = LogLevel.Error, Message = "Mailing notices broke: {What}")]
    private static partial void Broke(ILogger log, string what);
}
