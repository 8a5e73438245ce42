using System.Globalization;
using System.Net;
using System.Text.Json;
using Cofferdam.Federation.Engagements;
using Cofferdam.Federation.Events;
using Cofferdam.Federation.Keys;
using Cofferdam.Federation.Peers;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Vendors.Briefs;
using Cofferdam.Vendors.Terms;
using Cofferdam.Work.Events;
using Cofferdam.Work.Labs;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Vendors.Telling;

/// <summary>What a vendor answers to a batch of events.</summary>
/// <param name="Cursor">The last number that it keeps.</param>
internal sealed record CursorAnswer(long Cursor);

/// <summary>
/// Brings one engagement's vendor up to date: terms, briefs, then work events in the order of their numbers. What the vendor
/// has is what it has said to have; everything else is sent again.
/// </summary>
internal sealed class Outbox(AppDb db, IVault vault, PeerClient client, NodeIdentities identities, WorkEventFeed feed, TimeProvider time)
{
    private const int MostInBatch = 500;

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    /// <returns>False where the vendor is away, or there is nothing (more) to send.</returns>
    public async Task<bool> SendAsync(Guid engagement, CancellationToken cancellation)
    {
        var terms = await db.VendorTerms.SingleAsync(row => row.Engagement == engagement, cancellation);
        var state = await db.VendorFeeds.SingleOrDefaultAsync(row => row.Engagement == engagement, cancellation);
        if (state is null)
            db.VendorFeeds.Add(state = new VendorFeed { Engagement = engagement });
        if (state.NextAt > time.GetUtcNow())
            return false;
        var last = await feed.NumberAsync(engagement, totals: !terms.SingleEvents, cancellation);
        var briefs = await db.VendorBriefs.Where(row => row.Engagement == engagement && row.Published > row.Told).ToListAsync(cancellation);
        if (terms.Told == terms.Revision && briefs.Count == 0 && state.Cursor >= last)
            return false;
        if (await db.Peers.AsNoTracking().SingleOrDefaultAsync(one => one.Id == terms.Peer, cancellation) is not { State: PeerState.Active } peer)
            return false;

        var there = await SendTermsAsync(peer, terms, cancellation);
        foreach (var brief in briefs)
            there = there && await SendBriefAsync(peer, terms, brief, cancellation);
        there = there && (state.Cursor >= last || await SendEventsAsync(peer, terms, state, last, cancellation));
        Note(state, there);
        await db.SaveChangesAsync(CancellationToken.None);
        return there && state.Cursor < last;
    }

    private async Task<bool> SendTermsAsync(Peer peer, VendorTerms terms, CancellationToken cancellation)
    {
        if (terms.Told == terms.Revision)
            return true;
        if (await TakeOutAsync(terms, terms.Ref, cancellation) is not { } bytes)
            return false;
        var revision = EngagementJson.ReadTerms(bytes.Span)!.Revision;
        if (await client.SendAsync(peer, HttpMethod.Post, "/federation/engagements", bytes, cancellation: cancellation) is not PeerOutcome.Answered { IsSuccess: true })
            return false;
        terms.Told = revision;
        return true;
    }

    // The newest revision may not be published yet: then nothing of it goes out, and the one before is not kept any more.
    private async Task<bool> SendBriefAsync(Peer peer, VendorTerms terms, VendorBrief brief, CancellationToken cancellation)
    {
        if (brief.Published != brief.Revision)
            return true;
        if (await TakeOutAsync(terms, brief.Ref, cancellation) is not { } bytes)
            return false;
        if (EngagementJson.ReadBrief(bytes.Span)!.Revision != brief.Published)
            return true;
        if (await client.SendAsync(peer, HttpMethod.Post, "/federation/briefs", bytes, cancellation: cancellation) is not PeerOutcome.Answered { IsSuccess: true })
            return false;
        brief.Told = brief.Published;
        return true;
    }

    private async Task<bool> SendEventsAsync(Peer peer, VendorTerms terms, VendorFeed state, long last, CancellationToken cancellation)
    {
        var slug = await db.Labs.Where(lab => lab.Id == terms.Lab).Select(lab => lab.Slug).SingleAsync(cancellation);
        var events = await feed.ReadAsync(terms.Engagement, state.Cursor, MostInBatch, cancellation);
        var body = WorkEventBatch.Write([.. events.Select(one => TellingEvents.Of(one, slug, terms.Engagement))]);
        var now = time.GetUtcNow();
        // The same id for the same batch, whenever it is sent.
        var id = $"{terms.Engagement:N}-{state.Cursor + 1}";
        (string, string)[] headers =
        [
            (WebhookSignature.IdHeader, id),
            (WebhookSignature.TimestampHeader, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
            (WebhookSignature.SignatureHeader, WebhookSignature.Sign((await identities.GetAsync(cancellation)).FederationKeys(now), id, now, body)),
        ];
        var outcome = await client.SendAsync(peer, HttpMethod.Post, "/federation/events", body, WorkEventBatch.ContentType, headers, cancellation);
        // 200: taken up to there. 409: it has another place in mind, perhaps after a restore: that is where to go on.
        if (outcome is not PeerOutcome.Answered { Status: HttpStatusCode.OK or HttpStatusCode.Conflict } answered || Cursor(answered) is not { } cursor || cursor < 0 || cursor > last)
            return false;
        var moved = cursor != state.Cursor;
        (state.Cursor, state.TakenAt) = (cursor, time.GetUtcNow());
        return moved;
    }

    private async Task<ReadOnlyMemory<byte>?> TakeOutAsync(VendorTerms terms, RecordRef record, CancellationToken cancellation) =>
        await vault.TakeOutAsync(new LabId(terms.Lab), record, terms.Peer, cancellation) is OpenOutcome.Opened opened ? opened.Records[0].Plaintext : null;

    // Full jitter: vendors that came back together are not asked together.
    private void Note(VendorFeed state, bool there)
    {
        state.Failures = there ? 0 : Math.Min(state.Failures + 1, 30);
        var pause = Math.Min(LongestPause.TotalMilliseconds, 500 * Math.Pow(2, state.Failures));
        state.NextAt = there ? time.GetUtcNow() : time.GetUtcNow() + TimeSpan.FromMilliseconds(pause * (0.5 + (Random.Shared.NextDouble() / 2)));
    }

    private static long? Cursor(PeerOutcome.Answered reply)
    {
        try
        {
            return JsonSerializer.Deserialize(reply.Body.Span, VendorsJson.Default.CursorAnswer)?.Cursor;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
