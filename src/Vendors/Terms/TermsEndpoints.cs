using System.Text.Json;
using Cofferdam.Federation.Engagements;
using Cofferdam.Federation.Keys;
using Cofferdam.Federation.Peers;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Vendors.Admissions;
using Cofferdam.Work;
using Cofferdam.Work.Access;
using Cofferdam.Work.Engagements;
using Cofferdam.Work.Events;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Vendors.Terms;

/// <summary>What is agreed with a vendor, but for what the node puts in itself. Ranges as in <see cref="OfferedTerms"/>.</summary>
/// <param name="Peer">The pairing with the vendor's node; cannot be changed later.</param>
public sealed record TermsRequest(
    Guid Peer, string Programme, int Tier, string Currency, IReadOnlyList<AgreedRate> Rates, int NoticeDays, int PausePay, NoticeClocks Clocks, int Headcount,
    IReadOnlyList<string>? SubContractors = null, IReadOnlyList<RequiredAgreement>? Agreements = null, DateTimeOffset? Ends = null, bool ByHand = false,
    bool Training = false, bool SingleEvents = false);

/// <param name="Told">The vendor has this revision.</param>
/// <param name="KeysChanged">The vendor has new statement keys, and the vault goes by the ones before.</param>
public sealed record TermsView(OfferedTerms Terms, Guid Peer, DateTimeOffset ChangedAt, Guid ChangedBy, bool Told, bool KeysChanged);

/// <summary>What is agreed, set by staff: into the vault first, by which every statement is judged.</summary>
internal static class TermsEndpoints
{
    public static void MapTerms(this RouteGroupBuilder vendor)
    {
        vendor.MapGet("/terms", Get).RequireAuthorization(Policies.Staff).WithSummary("What is agreed with the vendor, as it is told");
        vendor.MapPut("/terms", Put).RequireAuthorization(Policies.Staff).RequireNotSuspended().NotForTokens()
            .WithSummary("Set what is agreed; the vendor is told at once");
        vendor.MapPost("/end", End).RequireAuthorization(Policies.Staff).RequireNotSuspended().NotForTokens()
            .WithSummary("End the engagement: its people are out at once; what they did stays, and is told to the end");
    }

    private static async Task<Results<Ok<TermsView>, ProblemHttpResult>> Get(
        Guid engagement, Actor actor, IVault vault, AppDb db, HttpResponse response, CancellationToken cancellation)
    {
        if (await db.VendorTerms.AsNoTracking().SingleOrDefaultAsync(row => row.Engagement == engagement && row.Lab == actor.Lab.Value, cancellation) is not { } row)
            return Problems.NotFound();
        var outcome = await vault.ShowAsync(actor, [row.Ref], cancellation);
        if (outcome is not OpenOutcome.Opened opened)
            return Problems.Refused((OpenOutcome.Refused)outcome);
        ETags.Set(response, row.Revision);
        return TypedResults.Ok(View(row, EngagementJson.ReadTerms(opened.Records[0].Plaintext.Span)!, await db.Peers.AsNoTracking().SingleOrDefaultAsync(peer => peer.Id == row.Peer, cancellation)));
    }

    private static async Task<Results<Ok<TermsView>, ProblemHttpResult>> Put(
        Guid engagement, TermsRequest body, Actor actor, IVault vault, AppDb db, NodeIdentities identities, WorkEventFeed feed, TimeProvider time, HttpRequest request,
        HttpResponse response, CancellationToken cancellation)
    {
        if (!ETags.TryRead(request, out var version, out var problem))
            return problem!;
        if (!await db.IsOpenAsync(actor.Lab, engagement, cancellation))
            return Problems.NotFound();
        var row = await db.VendorTerms.SingleOrDefaultAsync(terms => terms.Engagement == engagement, cancellation);
        if ((row?.Revision ?? 0) != version)
            return ETags.Changed();
        if (row is not null && row.Peer != body.Peer)
            return Problems.Of(StatusCodes.Status409Conflict, "other-peer", "An engagement stays with the vendor that it was made with. Make another for another vendor.");
        if (await db.Peers.AsNoTracking().SingleOrDefaultAsync(one => one.Id == body.Peer && one.Owner == actor.Lab.Value, cancellation) is not { State: PeerState.Active } peer)
            return Problems.Invalid("This node is not paired with such a node. Pair with it first.", "peer");

        var terms = Offered(engagement, actor.LabSlug, version + 1, body);
        if (EngagementJson.Fault(terms) is { } field)
            return Problems.Invalid("This is out of its range, or missing.", field);
        // The vault before anything else: what it does not take is not agreed.
        var judged = StatementKeys.Judged(engagement, peer, (await identities.GetAsync(cancellation)).Node, actor.LabSlug, body.Headcount, body.Ends?.ToUniversalTime());
        switch (await vault.SetTermsAsync(actor.Lab, judged, actor.Principal, actor.ProofOf(SignedBytes.Terms, SignedBytes.TermsAct(judged)), CancellationToken.None))
        {
            case TermsOutcome.Invalid invalid:
                return Problems.Invalid(invalid.Sentence, invalid.Field);
            case TermsOutcome.NotSigned:
                return Problems.NotSigned();
        }

        var now = time.GetUtcNow();
        var changed = row ?? new VendorTerms
        {
            Engagement = engagement,
            Lab = actor.Lab.Value,
            Peer = peer.Id,
            Record = RecordId.New().Value,
            Revision = 0,
            Headcount = 0,
            ByHand = true,
            Training = false,
            Agreements = "[]",
            SingleEvents = false,
            ChangedAt = now,
            ChangedBy = actor.Pseudonym,
        };
        if (!await vault.KeepAsync(actor, changed.Ref, EngagementJson.Write(terms), version))
            return ETags.Changed();
        Take(changed, terms, peer, actor, now);
        if (row is null)
            db.VendorTerms.Add(changed);
        await db.SaveChangesAsync(CancellationToken.None);
        feed.Bell.Ring();
        ETags.Set(response, changed.Revision);
        return TypedResults.Ok(View(changed, terms, peer));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> End(
        Guid engagement, Actor actor, AppDb db, Admitting admitting, WorkEventFeed feed, TimeProvider time, CancellationToken cancellation)
    {
        if (!await db.VendorTerms.AnyAsync(row => row.Engagement == engagement && row.Lab == actor.Lab.Value, cancellation))
            return Problems.NotFound();
        // Marked first: nobody comes in while those who are in are put out.
        var ended = await db.Engagements.SingleAsync(row => row.Id == engagement, cancellation);
        if (ended.EndedAt is null)
        {
            ended.EndedAt = time.GetUtcNow();
            db.WorkEvents.Add(new WorkEvent { Engagement = engagement, Type = WorkEventType.EngagementEnded, At = ended.EndedAt.Value });
            await db.SaveChangesAsync(CancellationToken.None);
        }

        var people = await db.Admissions.Where(row => row.Engagement == engagement && row.State != AdmissionState.Declined && row.State != AdmissionState.Withdrawn)
            .ToListAsync(CancellationToken.None);
        foreach (var admission in people)
            await admitting.EndAsync(actor.Lab, admission, AdmissionState.Withdrawn, CancellationToken.None, actor.Principal);
        feed.Bell.Ring();
        return TypedResults.NoContent();
    }

    private static OfferedTerms Offered(Guid engagement, string lab, long revision, TermsRequest body) => new(
        engagement, lab, revision, body.Programme, body.Tier, body.Currency, body.Rates, body.NoticeDays, body.PausePay,
        body.SubContractors ?? [], body.Clocks, body.Headcount, body.ByHand, body.Agreements ?? [], body.Training, body.SingleEvents, body.Ends?.ToUniversalTime());

    private static void Take(VendorTerms row, OfferedTerms terms, Peer peer, Actor actor, DateTimeOffset now)
    {
        row.Revision = terms.Revision;
        row.Keys = peer.Keys.Version;
        row.Headcount = terms.Headcount;
        row.ByHand = terms.ByHand;
        row.Training = terms.Training;
        row.Agreements = JsonSerializer.Serialize(terms.Agreements, VendorsJson.Default.IReadOnlyListRequiredAgreement);
        row.SingleEvents = terms.SingleEvents;
        row.Ends = terms.Ends;
        row.ChangedAt = now;
        row.ChangedBy = actor.Pseudonym;
    }

    private static TermsView View(VendorTerms row, OfferedTerms terms, Peer? peer) => new(
        terms, row.Peer, row.ChangedAt, row.ChangedBy, row.Told == row.Revision, peer is not null && peer.Keys.Version != row.Keys);
}
