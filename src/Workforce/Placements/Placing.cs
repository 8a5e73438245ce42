using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Cofferdam.Federation.Events;
using Cofferdam.Federation.Statements;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Workforce.Engagements;
using Cofferdam.Workforce.Matching;
using Cofferdam.Workforce.Needs;
using Cofferdam.Workforce.Pay.Rates;
using Cofferdam.Workforce.Statements;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Placements;

internal abstract record PlaceOutcome
{
    private PlaceOutcome() { }

    public sealed record Placed(Placement Placement) : PlaceOutcome;

    /// <summary>No such offer of this expert's, or it no longer stands.</summary>
    public sealed record NotOpen : PlaceOutcome;

    /// <summary>All places of the need, or of the engagement, are taken.</summary>
    public sealed record Full : PlaceOutcome;

    /// <param name="Missing">As <see cref="Gate.Missing"/> says it; the offer stands.</param>
    public sealed record NotInOrder(IReadOnlyList<string> Missing) : PlaceOutcome;
}

/// <summary>Makes a placement of an offer that the expert accepts: gate, headcount, name at the lab, rate card, all in one transaction.</summary>
internal sealed class Placing(AppDb db, IExpertStandings standings, Matches matches, StatementBell statements, TimeProvider time)
{
    public async Task<PlaceOutcome> AcceptAsync(Guid offer, Guid expert, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var now = time.GetUtcNow();
        var found = await db.Offers.AsNoTracking().Where(one => one.Id == offer && one.Expert == expert)
            .Join(db.Needs, one => one.Need, need => need.Id, (_, need) => new { need.Id, need.Engagement }).SingleOrDefaultAsync(cancellation);
        if (found is null || await db.LockEngagementAsync(found.Engagement, cancellation) is not { State: EngagementState.InForce } engagement
            || await db.TermsInForceAsync(found.Engagement, cancellation) is not { } terms)
            return new PlaceOutcome.NotOpen();
        // Read again behind the lock: it may have been taken back meanwhile.
        var row = await db.Offers.SingleAsync(one => one.Id == offer, cancellation);
        var need = await db.Needs.AsNoTracking().SingleAsync(one => one.Id == found.Id, cancellation);
        if (row.State is not OfferState.Open || row.ExpiresAt <= now || need.ClosedAt is not null)
            return new PlaceOutcome.NotOpen();
        if (await db.Placements.AnyAsync(one => one.Engagement == engagement.Id && one.Expert == expert && one.EndedAt == null, cancellation))
            return new PlaceOutcome.NotOpen();
        if (await db.Placements.CountAsync(one => one.Need == need.Id && one.EndedAt == null, cancellation) >= need.Places
            || await db.Placements.CountAsync(one => one.Engagement == engagement.Id && one.EndedAt == null, cancellation) >= terms.Headcount)
            return new PlaceOutcome.Full();
        var standing = (await standings.OfAsync([expert], engagement.Node, cancellation))[expert];
        // What the lab asks of everybody on the engagement, and what the vendor asks for this need beyond it.
        var asked = await matches.GateAsync(JsonSerializer.Deserialize(need.Terms, WorkforceText.Default.NeedTerms)!, expert, cancellation);
        IReadOnlyList<string> missing =
            [.. Gate.Missing(standing, terms, DateOnly.FromDateTime(now.UtcDateTime)).Concat(asked.Select(one => ReasonText.Of(one.Kind))).Distinct()];
        if (missing.Count > 0)
            return new PlaceOutcome.NotInOrder(missing);

        (row.State, row.AnsweredAt) = (OfferState.Accepted, now);
        var subject = await SubjectAsync(expert, engagement, cancellation);
        var placement = new Placement
        {
            Id = Guid.CreateVersion7(now),
            Engagement = engagement.Id,
            Need = need.Id,
            Offer = row.Id,
            Expert = expert,
            Subject = subject,
            Pseudonym = Subject.Pseudonym(engagement.Id, subject),
            Role = StatementRole.Expert,
            WeekHours = row.WeekHours,
            StartedAt = now,
            RenewAt = now,
        };
        db.Placements.Add(placement);
        db.RateCards.Add(await CardAsync(row, placement, now, cancellation));
        await db.SaveChangesAsync(cancellation);
        await standings.WorkedAsync([expert], engagement.Node, now, cancellation);
        await transaction.CommitAsync(cancellation);
        statements.Ring();
        return new PlaceOutcome.Placed(placement);
    }

    private async Task<string> SubjectAsync(Guid expert, Engagement engagement, CancellationToken cancellation)
    {
        if (await db.LabSubjects.SingleOrDefaultAsync(one => one.Expert == expert && one.Node == engagement.Node && one.Lab == engagement.Lab, cancellation) is { } known)
            return known.Subject;
        var subject = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        db.LabSubjects.Add(new LabSubject { Expert = expert, Node = engagement.Node, Lab = engagement.Lab, Subject = subject });
        return subject;
    }

    /// <summary>What was offered is what is paid, from the first task on.</summary>
    private async Task<RateCard> CardAsync(Offer offer, Placement placement, DateTimeOffset now, CancellationToken cancellation)
    {
        var version = await db.RateCards.Where(card => card.Engagement == placement.Engagement && card.Expert == placement.Expert)
            .MaxAsync(card => (int?)card.Version, cancellation) ?? 0;
        var id = Guid.CreateVersion7(now);
        return new RateCard
        {
            Id = id,
            Engagement = placement.Engagement,
            Expert = placement.Expert,
            Version = version + 1,
            From = now,
            Currency = offer.Currency,
            WeekSeconds = offer.WeekHours * 3600,
            NoticeDays = offer.NoticeDays,
            PauseShare = offer.PausePay * 100,
            MadeAt = now,
            By = placement.Expert,
            Lines = JsonSerializer.Deserialize(offer.Rates, WorkforceText.Default.IReadOnlyListWorkRate)!
                .Select(rate => new RateLine { Card = id, Kind = Kind(rate.Kind), Each = rate.Each, Hour = rate.Hour }).ToList(),
        };
    }

    internal static PaidKind Kind(WorkKind kind) => kind switch
    {
        WorkKind.Task => PaidKind.Task,
        WorkKind.Reading => PaidKind.Reading,
        WorkKind.Qualification => PaidKind.Qualification,
        WorkKind.Question => PaidKind.Question,
        WorkKind.Rework => PaidKind.Rework,
        WorkKind.Review => PaidKind.Review,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
