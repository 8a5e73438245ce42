using System.Text;
using Cofferdam.Federation.Engagements;
using Cofferdam.Federation.Peers;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Workforce.Needs;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Engagements;

/// <summary>What became of a lab's message.</summary>
internal enum Taken : byte
{
    /// <summary>Kept, now or before.</summary>
    Kept,

    /// <summary>A later one is known.</summary>
    Overtaken,

    /// <summary>It is about another lab, another engagement or none.</summary>
    NotYours,
}

/// <summary>Takes terms and briefs from labs. A lab reaches its own engagements and no other's; what comes twice changes nothing.</summary>
internal sealed class EngagementIntake(AppDb db, IVault vault, TimeProvider time)
{
    public async Task<Taken> TakeAsync(Peer peer, OfferedTerms terms, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        var (known, verdict) = await FindAsync(peer, terms.Engagement, cancellation);
        if (terms.Lab != peer.Lab || verdict is Taken.NotYours)
            return Taken.NotYours;
        var last = await db.TermsRevisions.Where(row => row.Engagement == terms.Engagement).MaxAsync(row => (long?)row.Revision, cancellation) ?? 0;
        if (terms.Revision <= last)
            return terms.Revision == last ? Taken.Kept : Taken.Overtaken;

        var record = await vault.KeepAsync(new LabId(peer.Owner), terms.Engagement, RecordKind.Engagement, bytes);
        var now = time.GetUtcNow();
        if (known is null)
        {
            known = new Engagement { Id = terms.Engagement, Peer = peer.Id, Node = peer.Node, Lab = peer.Lab, State = EngagementState.Proposed, CreatedAt = now };
            db.Engagements.Add(known);
        }

        known.Peer = peer.Id;
        known.Proposed = terms.Revision;
        if (known.State is EngagementState.Declined)
            known.State = EngagementState.Proposed;
        db.TermsRevisions.Add(new TermsRevision
        {
            Engagement = terms.Engagement,
            Revision = terms.Revision,
            Record = record,
            Currency = terms.Currency,
            Headcount = terms.Headcount,
            NoticeDays = terms.NoticeDays,
            PausePay = terms.PausePay,
            Training = terms.Training,
            Agreements = WorkforceText.Of(terms.Agreements),
            Ends = terms.Ends,
            ReceivedAt = now,
        });
        await db.SaveChangesAsync(CancellationToken.None);
        return Taken.Kept;
    }

    public async Task<Taken> TakeAsync(Peer peer, Brief brief, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        var (engagement, _) = await FindAsync(peer, brief.Engagement, cancellation);
        if (engagement is null)
            return Taken.NotYours;
        var row = await db.Briefs.SingleOrDefaultAsync(one => one.Id == brief.Id, cancellation);
        if (row is not null && row.Engagement != brief.Engagement)
            return Taken.NotYours;
        if (row is not null && brief.Revision <= row.Revision)
            return brief.Revision == row.Revision ? Taken.Kept : Taken.Overtaken;

        var vendor = new LabId(peer.Owner);
        var (record, mark) = (await vault.KeepAsync(vendor, brief.Engagement, RecordKind.Brief, bytes), await MarkAsync(vendor, engagement, brief, cancellation));
        var now = time.GetUtcNow();
        if (row is null)
        {
            row = new KnownBrief { Id = brief.Id, Engagement = brief.Engagement, ReceivedAt = now, Mark = mark };
            db.Briefs.Add(row);
        }

        (row.Revision, row.Record, row.Lineage, row.Mark) = (brief.Revision, record, brief.Lineage, mark);
        (row.Open, row.Places, row.ChangedAt) = (brief.Open, brief.Places, now);
        if (!brief.Open)
        {
            // Nobody is offered any more what the lab has taken back; who works goes on working.
            foreach (var need in await db.Needs.Where(need => need.Brief == brief.Id && need.ClosedAt == null).ToListAsync(cancellation))
                need.ClosedAt = now;
        }

        await db.SaveChangesAsync(CancellationToken.None);
        return Taken.Kept;
    }

    private async Task<(Engagement? Engagement, Taken Verdict)> FindAsync(Peer peer, Guid engagement, CancellationToken cancellation)
    {
        var row = await db.Engagements.SingleOrDefaultAsync(one => one.Id == engagement, cancellation);
        // By node and lab: the two may have paired anew.
        return row is null ? (null, Taken.Kept)
            : row.Node == peer.Node && row.Lab == peer.Lab ? (row, Taken.Kept)
            : (null, Taken.NotYours);
    }

    /// <summary>By which work that is listed anew under another name is known: the lab, its programme, and what people must bring.</summary>
    private async Task<byte[]> MarkAsync(LabId vendor, Engagement engagement, Brief brief, CancellationToken cancellation)
    {
        var terms = await db.TermsRevisions.AsNoTracking().Where(row => row.Engagement == engagement.Id).OrderByDescending(row => row.Revision).FirstAsync(cancellation);
        var programme = (await vault.ReadTermsAsync(vendor, engagement.Id, terms.Record, Principal.Service, session: null, cancellation))?.Programme ?? "";
        var work = $"{engagement.Node}\n{engagement.Lab}\n{programme}\n{string.Join('\n', brief.Skills.Order(StringComparer.Ordinal))}";
        return (await vault.FingerprintAsync(vendor, ProjectId.None, [Encoding.UTF8.GetBytes(work)], cancellation))[0];
    }
}
