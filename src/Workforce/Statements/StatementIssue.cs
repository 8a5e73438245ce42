using System.Text.Json;
using Cofferdam.Federation.Keys;
using Cofferdam.Federation.Statements;
using Cofferdam.Storage;
using Cofferdam.Workforce.Engagements;
using Cofferdam.Workforce.Events;
using Cofferdam.Workforce.Placements;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Statements;

/// <summary>Wakes the renewal of statements.</summary>
internal sealed class StatementBell
{
    public Bell Bell { get; } = new();

    public void Ring() => Bell.Ring();
}

/// <param name="Jws">Null where the person is not in order, or asks for too many.</param>
/// <param name="Missing">As <see cref="Gate.Missing"/> says it; empty where nothing is missing.</param>
/// <param name="Until">When it expires.</param>
internal sealed record Issued(Placement Placement, string? Jws, DateTimeOffset? Until, IReadOnlyList<string> Missing);

/// <summary>Makes statements for people who are on an engagement and in order, and takes the vendor's word back where they no longer are.</summary>
internal sealed class StatementIssue(
    AppDb db, IExpertStandings standings, NodeIdentities identities, PlacementEnding placements, LabPost post, TimeProvider time)
{
    /// <summary>Half of the longest: a lab that is away for less than that notices nothing.</summary>
    private static readonly TimeSpan RenewAfter = EngagementStatement.Longest / 2;

    // Somebody who is not in order is looked at again, in case they have come to be.
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(10);

    // Each bears a time at least a second after the one before. Somebody who asks for hundreds at once must not get so far ahead
    // that the lab does not take the withdrawal after them: it takes what is five minutes ahead, and no more.
    private static readonly TimeSpan MostAhead = TimeSpan.FromMinutes(1);

    private const int MostStated = 50;

    /// <summary>Issues for some of an engagement's placements. Under its lock: an end that comes at the same time bears a later time.</summary>
    /// <param name="which">Ids of placements; those that have ended are passed over.</param>
    /// <param name="jkt">Thumbprint of a browser key to enrol; then there is one placement.</param>
    public async Task<IReadOnlyList<Issued>> IssueAsync(Guid engagement, IReadOnlyCollection<Guid> which, string? jkt, CancellationToken cancellation)
    {
        var identity = await identities.GetAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.LockEngagementAsync(engagement, cancellation) is not { State: EngagementState.InForce } row || await db.TermsInForceAsync(engagement, cancellation) is not { } terms)
            return [];
        var audience = row.Node;
        var rows = await db.Placements.Where(one => which.Contains(one.Id) && one.Engagement == engagement && one.EndedAt == null).ToListAsync(cancellation);
        var standing = await standings.OfAsync(rows.ConvertAll(one => one.Expert), audience, cancellation);
        var now = time.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        List<Issued> issued = [];
        foreach (var placement in rows)
        {
            var stands = standing[placement.Expert];
            var missing = Gate.Missing(stands, terms, today);
            if (missing.Count > 0)
            {
                await LapseAsync(placement, row, missing, now, cancellation);
                issued.Add(new Issued(placement, null, null, missing));
                continue;
            }

            var at = await db.NextIssueAsync(placement.Expert, row, now, cancellation);
            if (jkt is not null && at > now + MostAhead)
                return [new Issued(placement, null, null, [])];
            var statement = Statement(placement, row, stands, identity.Node, at, Expiry(at, terms, row, stands)) with { Confirmation = jkt is null ? null : new Confirmation(jkt) };
            db.IssuedStatements.Add(new IssuedStatement
            {
                Id = statement.Id,
                Placement = placement.Id,
                Jkt = jkt,
                IssuedAt = statement.IssuedAt,
                ExpiresAt = statement.ExpiresAt,
            });
            (placement.Lapsed, placement.RenewAt) = (null, at + ((statement.ExpiresAt - at) * (RenewAfter / EngagementStatement.Longest)));
            issued.Add(new Issued(placement, statement.Issue(identity.StatementKey), statement.ExpiresAt, []));
        }

        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        if (issued.Exists(one => one.Jws is null))
            post.Ring();
        return issued;
    }

    private async Task LapseAsync(Placement placement, Engagement engagement, IReadOnlyList<string> missing, DateTimeOffset now, CancellationToken cancellation)
    {
        placement.RenewAt = now + LookAgain;
        if (placement.Lapsed is null)
        {
            await placements.WithdrawAsync(placement, engagement, missing.Contains("conflict") ? WithdrawalReason.Conflict : WithdrawalReason.Lapsed, now, cancellation);
            db.ExpertNotices.Add(ExpertNotice.Of(placement.Expert, NoticeKind.NotInOrder, placement.Engagement, project: null, missing[0].Split(':')[0], now));
        }

        placement.Lapsed = JsonSerializer.Serialize(missing, WorkforceText.Default.IReadOnlyListString);
    }

    // Never beyond what it rests on: the last day of training, the end of the engagement.
    private static DateTimeOffset Expiry(DateTimeOffset at, TermsRevision terms, Engagement engagement, Standing stands)
    {
        var until = at + EngagementStatement.Longest;
        if (terms.Training && stands.TrainedUntil is { } last && new DateTimeOffset(last.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero) is var trained && trained < until)
            until = trained;
        if (engagement.EndsAt is { } end && end < until)
            until = DateTimeOffset.FromUnixTimeSeconds(end.ToUnixTimeSeconds());
        return until > at ? until : at.AddSeconds(1);
    }

    private static EngagementStatement Statement(
        Placement placement, Engagement engagement, Standing stands, Guid issuer, DateTimeOffset at, DateTimeOffset until) => new()
        {
            Issuer = issuer,
            Audience = engagement.Node,
            Lab = engagement.Lab,
            Subject = placement.Subject,
            Engagement = engagement.Id,
            Role = placement.Role,
            Skills = [.. stands.Skills.Take(MostStated)],
            Qualifications = [.. stands.Qualifications.Take(MostStated)],
            Agreements = [.. stands.Agreements.Take(MostStated)],
            TrainedUntil = stands.TrainedUntil,
            IssuedAt = at,
            ExpiresAt = until,
            Id = Guid.NewGuid(),
        };
}
