using System.Security.Cryptography;
using Cofferdam.Storage;
using Cofferdam.Workforce.Pay.Entries;
using Cofferdam.Workforce.Pay.Statements;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Pay.Payouts;

public enum PayoutOutcome : byte
{
    Done,
    NotFound,

    /// <summary>Nobody has a statement in this currency that is unpaid, above nothing and has somewhere to go.</summary>
    NothingToPay,

    /// <summary>Who proposed does not approve, and nobody approves their own pay.</summary>
    SamePerson,

    /// <summary>It is approved, or withdrawn, already.</summary>
    Already,

    /// <summary>What is approved is not what was proposed.</summary>
    Changed,
}

/// <param name="WithoutDetails">Experts whose statements were left out because they have not said where their money goes.</param>
/// <param name="BelowNothing">Experts whose statements were left out because more was put right than earned.</param>
public sealed record PayoutProposed(PayoutOutcome Outcome, Payout? Payout, int WithoutDetails, int BelowNothing);

/// <summary>Puts statements together to be paid: proposed by one person, approved by another.</summary>
public sealed class Payouts(AppDb db, PayLedger ledger, TimeProvider time)
{
    /// <summary>Takes every unpaid statement of a currency made for days up to a day: one transfer per expert.</summary>
    public async Task<PayoutProposed> ProposeAsync(string currency, DateOnly until, DateOnly executeOn, Guid by, CancellationToken cancellation = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await ledger.LockAsync(cancellation);
        var taken = db.PayoutLines;
        var people = db.PayPeople;
        var unpaid = await db.PayStatements.AsNoTracking()
            .Where(statement => statement.Currency == currency && statement.Until <= until && !taken.Any(line => line.Statement == statement.Id))
            .Select(statement => new { statement.Id, statement.Expert, statement.Total, Details = people.Any(person => person.Expert == statement.Expert && person.Details != null) })
            .ToListAsync(cancellation);
        var byExpert = unpaid.GroupBy(statement => statement.Expert).ToList();
        var payable = byExpert.Where(expert => expert.First().Details && expert.Sum(statement => statement.Total) > 0).ToList();
        var withoutDetails = byExpert.Count(expert => !expert.First().Details);
        var belowNothing = byExpert.Count(expert => expert.First().Details && expert.Sum(statement => statement.Total) <= 0);
        if (payable.Count == 0)
            return new PayoutProposed(PayoutOutcome.NothingToPay, null, withoutDetails, belowNothing);

        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var lines = payable.SelectMany(expert => expert)
            .Select(statement => new PayoutLine { Statement = statement.Id, Payout = id, Expert = statement.Expert, Amount = statement.Total }).ToList();
        var payout = new Payout
        {
            Id = id,
            Number = await db.Payouts.CountAsync(cancellation) + 1,
            Currency = currency,
            State = PayoutState.Proposed,
            ExecuteOn = executeOn,
            Transfers = payable.Count,
            Total = lines.Sum(line => line.Amount),
            Digest = PayoutLine.Digest(currency, executeOn, lines),
            ProposedBy = by,
            ProposedAt = now,
        };
        db.Payouts.Add(payout);
        db.PayoutLines.AddRange(lines);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return new PayoutProposed(PayoutOutcome.Done, payout, withoutDetails, belowNothing);
    }

    /// <param name="digest">Of what the second person has looked at.</param>
    public async Task<PayoutOutcome> ApproveAsync(Guid payout, ReadOnlyMemory<byte> digest, Guid by, CancellationToken cancellation = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await ledger.LockAsync(cancellation);
        if (await db.Payouts.SingleOrDefaultAsync(one => one.Id == payout, cancellation) is not { } found)
            return PayoutOutcome.NotFound;
        if (await db.PayoutApprovals.AnyAsync(approval => approval.Payout == payout && approval.By == by, cancellation))
            return PayoutOutcome.Done;
        if (found.State is not PayoutState.Proposed)
            return PayoutOutcome.Already;
        var lines = await LinesAsync(payout, cancellation);
        if (found.ProposedBy == by || lines.Any(line => line.Expert == by))
            return PayoutOutcome.SamePerson;
        // Counted anew: what is approved is what the lines say now, not what the row says they said.
        var now = PayoutLine.Digest(found.Currency, found.ExecuteOn, lines);
        if (!CryptographicOperations.FixedTimeEquals(now, digest.Span) || !now.AsSpan().SequenceEqual(found.Digest) || !await AddsUpAsync(payout, cancellation))
            return PayoutOutcome.Changed;
        found.State = PayoutState.Approved;
        db.PayoutApprovals.Add(new PayoutApproval { Payout = payout, By = by, At = time.GetUtcNow(), Digest = now });
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return PayoutOutcome.Done;
    }

    /// <summary>Gives it up before it is approved. Its statements may be proposed anew.</summary>
    public async Task<PayoutOutcome> WithdrawAsync(Guid payout, CancellationToken cancellation = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await ledger.LockAsync(cancellation);
        if (await db.Payouts.SingleOrDefaultAsync(one => one.Id == payout, cancellation) is not { } found)
            return PayoutOutcome.NotFound;
        if (found.State is PayoutState.Withdrawn)
            return PayoutOutcome.Done;
        if (found.State is not PayoutState.Proposed)
            return PayoutOutcome.Already;
        found.State = PayoutState.Withdrawn;
        await db.SaveChangesAsync(cancellation);
        await db.PayoutLines.Where(line => line.Payout == payout).ExecuteDeleteAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return PayoutOutcome.Done;
    }

    /// <summary>What an approved payout pays, if its lines are still those that were approved.</summary>
    /// <exception cref="InvalidOperationException">Lines were changed in the store after they were approved: nothing may be paid by them.</exception>
    internal async Task<List<PayoutLine>> ApprovedLinesAsync(Payout payout, CancellationToken cancellation)
    {
        var lines = await LinesAsync(payout.Id, cancellation);
        var approval = await db.PayoutApprovals.AsNoTracking().SingleAsync(one => one.Payout == payout.Id, cancellation);
        return approval.Digest.AsSpan().SequenceEqual(PayoutLine.Digest(payout.Currency, payout.ExecuteOn, lines))
            ? lines
            : throw new InvalidOperationException("The lines of a payout are not those that were approved.");
    }

    // Each line pays the sum of the entries of its statement, as the ledger has them.
    private async Task<bool> AddsUpAsync(Guid payout, CancellationToken cancellation)
    {
        var stated = db.PayStatementLines.Join(db.PayEntries, line => line.Entry, entry => entry.Sequence, (line, entry) => new { line.Statement, entry.Expert, entry.Amount });
        return !await db.PayoutLines.AnyAsync(
            line => line.Payout == payout && line.Amount != stated.Where(one => one.Statement == line.Statement && one.Expert == line.Expert).Sum(one => one.Amount), cancellation);
    }

    private Task<List<PayoutLine>> LinesAsync(Guid payout, CancellationToken cancellation) =>
        db.PayoutLines.AsNoTracking().Where(line => line.Payout == payout).OrderBy(line => line.Statement).ToListAsync(cancellation);
}
