using System.Buffers.Text;
using Cofferdam.Federation.Peers;
using Cofferdam.Storage;
using Cofferdam.Workforce.Access;
using Cofferdam.Workforce.Engagements;
using Cofferdam.Workforce.Placements;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Statements;

/// <param name="Jkt">RFC 7638 thumbprint of the browser key that the lab's page shows: 43 characters.</param>
/// <param name="Back">The lab's page that asked for it; must be of the lab's own address. Null: its page for enrolment.</param>
public sealed record EnrolmentRequest(string Jkt, string? Back = null);

/// <param name="Statement">The vendor's word for this person and this browser key, to be brought to the lab within the hour.</param>
/// <param name="Back">Where to bring it: it goes into the fragment, which no server sees.</param>
public sealed record EnrolmentStatement(string Statement, string Back);

/// <summary>An expert enrols at a lab: the vendor vouches for the browser key that the lab's page made.</summary>
internal static class EnrolmentEndpoints
{
    private const int ThumbprintBytes = 32;

    public static void MapEnrolmentAtLabs(this RouteGroupBuilder me) =>
        me.MapPost("/placements/{placement:guid}/statement", Issue).RequireAuthorization(VendorPolicies.Expert).WithTags("Own work")
            .WithSummary("A statement that enrols a browser key of this expert's at the lab");

    private static async Task<Results<Ok<EnrolmentStatement>, ProblemHttpResult>> Issue(
        Guid placement, EnrolmentRequest body, VendorActor actor, AppDb db, StatementIssue statements, CancellationToken cancellation)
    {
        Span<byte> thumbprint = stackalloc byte[ThumbprintBytes];
        if (body.Jkt is not { Length: 43 } || !Base64Url.TryDecodeFromChars(body.Jkt, thumbprint, out var written) || written != ThumbprintBytes)
            return Problems.Invalid("This is no thumbprint of a browser key. Begin again on the lab's page.", "jkt");
        var found = await db.Placements.AsNoTracking().Where(one => one.Id == placement && one.Expert == actor.Person && one.EndedAt == null)
            .Join(db.Engagements, one => one.Engagement, one => one.Id, (one, engagement) => new { one.Engagement, engagement.Peer }).SingleOrDefaultAsync(cancellation);
        if (found is null)
            return Problems.NotFound();
        var peer = await db.Peers.AsNoTracking().SingleAsync(one => one.Id == found.Peer, cancellation);
        if (BackTo(peer, body.Back) is not { } back)
            return Problems.Invalid("This is not a page of the lab that you work for. Begin again on the lab's own page.", "back");
        return await statements.IssueAsync(found.Engagement, [placement], body.Jkt, cancellation) switch
        {
            [{ Jws: { } jws }] => TypedResults.Ok(new EnrolmentStatement(jws, back)),
            [{ Missing: [] }] => Problems.Of(StatusCodes.Status429TooManyRequests, "too-often", "This was asked for many times just now. Wait a minute, then try again."),
            [{ Missing: var missing }] => PlacementProblems.NotInOrder(missing),
            _ => Problems.Of(StatusCodes.Status409Conflict, "not-in-force", "This engagement is not in force. Nobody can enrol for it now."),
        };
    }

    /// <summary>A page of the lab's own origin, and no other: a statement that is led astray would enrol its finder's key.</summary>
    private static string? BackTo(Peer peer, string? back)
    {
        var origin = new Uri(peer.Address);
        if (back is null)
            return new Uri(origin, "/enrol").AbsoluteUri;
        return Uri.TryCreate(back, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0
            && Uri.Compare(uri, origin, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0
            ? uri.GetLeftPart(UriPartial.Query)
            : null;
    }
}
