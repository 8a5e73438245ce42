using Cofferdam.Federation.Engagements;
using Cofferdam.Federation.Events;
using Cofferdam.Federation.Messages;
using Cofferdam.Federation.Peers;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Vendors.Admissions;
using Cofferdam.Vendors.Briefs;
using Cofferdam.Vendors.Telling;
using Cofferdam.Vendors.Terms;
using Cofferdam.Work.Events;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Vendors;

/// <summary>What paired vendor nodes ask of the lab. Each sees its own engagements and nobody else's.</summary>
internal static class VendorRequests
{
    private const int MostEvents = 500;

    public static void MapVendorRequests(this RouteGroupBuilder federation)
    {
        federation.MapPost("/statements", Statements);
        federation.MapPost("/withdrawals", Withdrawals);
        federation.MapGet("/engagements", Engagements);
        federation.MapGet("/briefs", Briefs);
        federation.MapGet("/engagements/{engagement:guid}/events", Events);
        federation.MapPost("/engagements/{engagement:guid}/answer", Answer);
        federation.MapPost("/engagements/{engagement:guid}/end", End);
    }

    // Of the terms as they are: an answer that crossed a change is none.
    private static async Task<IResult> Answer(Guid engagement, PeerRequest request, AppDb db)
    {
        if (Message.Read<TermsAnswerMessage>(request.Body.Span) is not { } answer || answer.Engagement != engagement)
            return Problems.Invalid("This takes an answer to terms.");
        var taken = await db.VendorTerms.Where(row => row.Engagement == engagement && row.Peer == request.Peer.Id && row.Revision == answer.Revision)
            .ExecuteUpdateAsync(row => row.SetProperty(terms => terms.Answered, answer.Revision).SetProperty(terms => terms.Accepted, answer.Accepted));
        return taken == 1 || await IsOfAsync(engagement, request.Peer, db) ? TypedResults.NoContent() : Problems.NotFound();
    }

    // The vendor withdraws its people by itself; this says why nobody comes any more.
    private static async Task<IResult> End(Guid engagement, PeerRequest request, AppDb db)
    {
        if (Message.Read<EngagementEndMessage>(request.Body.Span) is not { } end || end.Engagement != engagement)
            return Problems.Invalid("This takes the end of an engagement.");
        var ends = end.EndsAt.ToUniversalTime();
        var taken = await db.VendorTerms.Where(row => row.Engagement == engagement && row.Peer == request.Peer.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(terms => terms.VendorEnds, ends));
        return taken == 1 ? TypedResults.NoContent() : Problems.NotFound();
    }

    private static Task<bool> IsOfAsync(Guid engagement, Peer peer, AppDb db) =>
        db.VendorTerms.AnyAsync(row => row.Engagement == engagement && row.Peer == peer.Id);

    private static Task<IResult> Statements(PeerRequest request, Admitting admitting, CancellationToken cancellation) =>
        EachAsync(request, jws => admitting.TakeAsync(request.Peer, jws, cancellation));

    // Not cancelled with the request: whoever is to be out is out, whether the vendor waits or not.
    private static Task<IResult> Withdrawals(PeerRequest request, Admitting admitting) =>
        EachAsync(request, jws => admitting.WithdrawAsync(request.Peer, jws, CancellationToken.None));

    private static async Task<IResult> EachAsync(PeerRequest request, Func<string, Task<StatementReply>> take)
    {
        if (EngagementJson.ReadStatements(request.Body.Span) is not { } statements)
            return Problems.Invalid($"This takes an array of at most {EngagementJson.MostStatements} compact JWS.");
        var replies = new List<StatementReply>();
        foreach (var jws in statements)
            replies.Add(await take(jws));
        return TypedResults.Bytes(EngagementJson.Write(replies), "application/json");
    }

    private static async Task<IResult> Engagements(Peer peer, AppDb db, IVault vault, CancellationToken cancellation) => await ShowAsync(
        peer, (await db.VendorTerms.AsNoTracking().Where(row => row.Peer == peer.Id).OrderBy(row => row.Engagement).ToListAsync(cancellation)).ConvertAll(row => row.Ref), vault, cancellation);

    // Those that are published as they are; a change that is not published yet hides its brief, and the vendor keeps what it has.
    private static async Task<IResult> Briefs(Peer peer, AppDb db, IVault vault, CancellationToken cancellation)
    {
        var own = db.VendorTerms.Where(terms => terms.Peer == peer.Id).Select(terms => terms.Engagement);
        var rows = await db.VendorBriefs.AsNoTracking().Where(row => row.Published == row.Revision && own.Contains(row.Engagement))
            .OrderBy(row => row.Id).Take(IVault.MaxRecordsPerAct).ToListAsync(cancellation);
        return await ShowAsync(peer, rows.ConvertAll(row => row.Ref), vault, cancellation);
    }

    private static async Task<IResult> ShowAsync(Peer peer, List<RecordRef> records, IVault vault, CancellationToken cancellation)
    {
        var parts = new List<byte>("["u8.ToArray());
        foreach (var record in records)
        {
            if (await vault.TakeOutAsync(new LabId(peer.Owner), record, peer.Id, cancellation) is not OpenOutcome.Opened opened)
                return Problems.Of(StatusCodes.Status423Locked, "suspended", "The lab has stopped what leaves it. Ask its staff.");
            if (parts.Count > 1)
                parts.Add((byte)',');
            parts.AddRange(opened.Records[0].Plaintext.Span);
        }

        parts.Add((byte)']');
        return TypedResults.Bytes(parts.ToArray(), "application/json");
    }

    private static async Task<IResult> Events(Guid engagement, Peer peer, AppDb db, WorkEventFeed feed, CancellationToken cancellation, long after = 0)
    {
        if (after < 0)
            return Problems.Invalid("Events are numbered from 1.", "after");
        if (!await db.VendorTerms.AnyAsync(row => row.Engagement == engagement && row.Peer == peer.Id, cancellation))
            return Problems.NotFound();
        var events = await feed.ReadAsync(engagement, after, MostEvents, cancellation);
        return events.Count == 0
            ? TypedResults.NoContent()
            : TypedResults.Bytes(WorkEventBatch.Write([.. events.Select(one => TellingEvents.Of(one, peer.Lab, engagement))]), WorkEventBatch.ContentType);
    }
}
