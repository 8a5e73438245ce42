using System.Text.Json;
using Cofferdam.Federation.Events;
using Cofferdam.Federation.Messages;
using Cofferdam.Federation.Peers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cofferdam.Workforce.Events;

/// <summary>Where labs hand in work events: signed as a request of the node and as a webhook, which can be kept and shown.</summary>
internal static class EventEndpoints
{
    public static void MapEventsOfLabs(this RouteGroupBuilder federation) => federation.MapPost("/events", Take);

    private static async Task<IResult> Take(PeerRequest request, HttpContext context, EventInbox inbox, TimeProvider time, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var headers = context.Request.Headers;
        var verdict = WebhookSignature.Verify(
            request.Peer.Keys.FederationKeys(now), headers[WebhookSignature.IdHeader], headers[WebhookSignature.TimestampHeader], headers[WebhookSignature.SignatureHeader],
            request.Body.Span, now);
        if (verdict is not WebhookVerdict.Genuine)
        {
            return Problems.Of(StatusCodes.Status401Unauthorized, "webhook-" + JsonNamingPolicy.KebabCaseLower.ConvertName(verdict.ToString()),
                "These events do not carry a signature of the lab's node that is good now.");
        }

        if (WorkEventBatch.Read(request.Body.Span) is not { } events)
            return Problems.Invalid("This is no batch of work events of one engagement, in order and without gaps.");
        return await inbox.TakeAsync(request.Peer, events, cancellation) switch
        {
            InboxOutcome.Kept kept => Answer(kept.Cursor, StatusCodes.Status200OK),
            InboxOutcome.Gap gap => Answer(gap.Cursor, StatusCodes.Status409Conflict),
            _ => Problems.NotFound(),
        };
    }

    private static Cursor Answer(long cursor, int status) => new(Message.Write(new CursorMessage(cursor)), status);

    /// <summary>The same body whether the events were taken or do not follow: up to where they are kept.</summary>
    private sealed class Cursor(byte[] body, int status) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            (httpContext.Response.StatusCode, httpContext.Response.ContentType, httpContext.Response.ContentLength) = (status, Message.ContentType, body.Length);
            return httpContext.Response.Body.WriteAsync(body, httpContext.RequestAborted).AsTask();
        }
    }
}
