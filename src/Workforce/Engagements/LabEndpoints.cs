using Cofferdam.Federation.Engagements;
using Cofferdam.Federation.Peers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Cofferdam.Workforce.Engagements;

/// <summary>What labs tell this node of engagements. Every request is signed; anything that is not a message of its kind is turned away whole.</summary>
internal static class LabEndpoints
{
    public static void MapEngagementsOfLabs(this RouteGroupBuilder federation)
    {
        federation.MapPost("/engagements", TakeTerms);
        federation.MapPost("/briefs", TakeBrief);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> TakeTerms(PeerRequest request, EngagementIntake intake, CancellationToken cancellation) =>
        EngagementJson.ReadTerms(request.Body.Span) is { } terms
            ? Answer(await intake.TakeAsync(request.Peer, terms, request.Body, cancellation))
            : Malformed();

    private static async Task<Results<NoContent, ProblemHttpResult>> TakeBrief(PeerRequest request, EngagementIntake intake, CancellationToken cancellation) =>
        EngagementJson.ReadBrief(request.Body.Span) is { } brief
            ? Answer(await intake.TakeAsync(request.Peer, brief, request.Body, cancellation))
            : Malformed();

    private static Results<NoContent, ProblemHttpResult> Answer(Taken taken) => taken switch
    {
        Taken.Kept => TypedResults.NoContent(),
        Taken.Overtaken => Problems.Of(StatusCodes.Status409Conflict, "overtaken", "A later revision of this is known."),
        _ => Problems.NotFound(),
    };

    private static ProblemHttpResult Malformed() => Problems.Invalid("This is no message of the kind that belongs here.");
}
