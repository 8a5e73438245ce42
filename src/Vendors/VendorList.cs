using Cofferdam.Federation.Peers;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Vendors.Admissions;
using Cofferdam.Vendors.Briefs;
using Cofferdam.Vendors.Telling;
using Cofferdam.Vendors.Terms;
using Cofferdam.Work.Access;
using Cofferdam.Work.Engagements;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Vendors;

/// <summary>How far a vendor has taken the work events of an engagement.</summary>
/// <param name="Last">The last number given.</param>
/// <param name="Cursor">The last that the vendor keeps.</param>
/// <param name="Behind">Events that it has yet to take.</param>
/// <param name="Failures">Failed tries since it last took any.</param>
public sealed record FeedView(long Last, long Cursor, long Behind, DateTimeOffset? TakenAt, int Failures, DateTimeOffset? NextAt);

/// <param name="Vendor">What the vendor's node calls itself.</param>
/// <param name="Peer">The pairing.</param>
/// <param name="PeerState">Where it stands; null where there is none any more.</param>
/// <param name="People">Enrolled now.</param>
/// <param name="Waiting">For staff to decide.</param>
/// <param name="Briefs">Published and open.</param>
/// <param name="Suspended">Its work is stopped by a suspension of the engagement or the lab.</param>
/// <param name="Accepted">Whether the vendor took the newest terms; null: it has not answered.</param>
/// <param name="VendorEnds">From when on the vendor sends nobody, by its own word.</param>
/// <param name="TermsTold">The vendor has the newest terms.</param>
/// <param name="KeysChanged">The vendor has new statement keys; confirm the terms, so that the vault goes by them.</param>
public sealed record VendorView(
    Guid Engagement, string? Vendor, Guid Peer, PeerState? PeerState, long TermsRevision, bool TermsTold, bool? Accepted, DateTimeOffset? VendorEnds, bool KeysChanged, int Headcount, int People, int Waiting,
    bool ByHand, bool SingleEvents, DateTimeOffset? Ends, DateTimeOffset? EndedAt, int Briefs, bool Suspended, FeedView Feed);

internal static class VendorList
{
    public static void MapVendorList(this RouteGroupBuilder vendors) =>
        vendors.MapGet("", List).RequireAuthorization(Policies.Observer).WithSummary("The lab's vendors: people, terms, what they were told");

    private static async Task<Ok<List<VendorView>>> List(Actor actor, AppDb db, IVault vault, CancellationToken cancellation)
    {
        var lab = actor.Lab.Value;
        var terms = await db.VendorTerms.AsNoTracking().Where(row => row.Lab == lab).OrderBy(row => row.Engagement).ToListAsync(cancellation);
        var engagements = await db.Engagements.AsNoTracking().Where(row => row.Lab == lab).ToDictionaryAsync(row => row.Id, cancellation);
        var peers = await db.Peers.AsNoTracking().Where(row => row.Owner == lab).ToDictionaryAsync(row => row.Id, cancellation);
        var here = db.VendorTerms.Where(row => row.Lab == lab).Select(row => row.Engagement);
        var people = await db.Admissions.Where(row => here.Contains(row.Engagement))
            .GroupBy(row => new { row.Engagement, row.State }).Select(of => new { of.Key, Count = of.Count() }).ToListAsync(cancellation);
        var briefs = await db.VendorBriefs.Where(row => here.Contains(row.Engagement) && row.Open && row.Published == row.Revision)
            .GroupBy(row => row.Engagement).ToDictionaryAsync(of => of.Key, of => of.Count(), cancellation);
        var feeds = await db.VendorFeeds.AsNoTracking().Where(row => here.Contains(row.Engagement)).ToDictionaryAsync(row => row.Engagement, cancellation);
        var stopped = (await vault.SuspensionsAsync(actor.Lab, cancellation)).Where(one => !one.Drill).Select(one => one.Scope).ToHashSet();

        return TypedResults.Ok(terms.ConvertAll(row =>
        {
            var (engagement, peer) = (engagements[row.Engagement], peers.GetValueOrDefault(row.Peer));
            var feed = feeds.GetValueOrDefault(row.Engagement);
            var cursor = feed?.Cursor ?? 0;
            return new VendorView(
                row.Engagement, peer?.Name, row.Peer, peer?.State, row.Revision, row.Told == row.Revision, row.Answered == row.Revision ? row.Accepted : null, row.VendorEnds,
                peer is not null && peer.Keys.Version != row.Keys,
                row.Headcount, Count(row.Engagement, AdmissionState.Enrolled), Count(row.Engagement, AdmissionState.Waiting), row.ByHand, row.SingleEvents, row.Ends,
                engagement.EndedAt, briefs.GetValueOrDefault(row.Engagement),
                stopped.Contains(new Scope(ScopeKind.Lab, lab)) || stopped.Contains(new Scope(ScopeKind.Engagement, row.Engagement)),
                new FeedView(engagement.LastEvent, cursor, engagement.LastEvent - cursor, feed?.TakenAt, feed?.Failures ?? 0, feed is { Failures: > 0 } ? feed.NextAt : null));
        }));

        int Count(Guid engagement, AdmissionState state) =>
            people.Where(one => one.Key.Engagement == engagement && one.Key.State == state).Sum(one => one.Count);
    }
}
