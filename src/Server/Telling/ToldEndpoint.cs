using Cofferdam.Server.SignIn;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Projects;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Server.Telling;

/// <param name="Suspended">Class of the reason why work on the project is stopped for the caller; null where it goes on.</param>
public sealed record Standing(ReasonClass? Suspended);

/// <summary>Tells an open page at once when work on its project stops, goes on, or its session ends.</summary>
/// <remarks>
/// A question that waits for its answer, and not a stream: it goes through every proxy, and a page that is left open
/// holds no line for good. It holds nothing back by itself: the vault does.
/// </remarks>
internal static class ToldEndpoint
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan WaitAtMost = TimeSpan.FromSeconds(25);

    public static void AddTelling(this IServiceCollection services) => services.AddSingleton<RecentSuspensions>();

    public static void MapTold(this IEndpointRouteBuilder lab) => lab.MapGet("/told/{project:guid}", TellAsync)
        .RequireAuthorization(Policies.Member).NotForTokens().WithTags("Suspensions")
        .WithSummary("Whether work on a project is stopped for the caller; with what is known, waits up to 25 seconds for something else");

    // What the page knows is a class of reason, or "none". Without it the answer is given at once.
    private static async Task<Results<Ok<Standing>, ProblemHttpResult>> TellAsync(
        Guid project, string? known, Actor actor, AppDb db, Sessions sessions, RecentSuspensions suspensions, IVault vault, TimeProvider time,
        IHostApplicationLifetime lifetime, CancellationToken cancellation)
    {
        if (!await db.Projects.AnyAsync(row => row.Id == project && row.Lab == actor.Lab.Value, cancellation))
            return Problems.NotFound();
        using var timer = new PeriodicTimer(LookEvery, time);
        var until = time.GetUtcNow() + WaitAtMost;
        while (true)
        {
            if (sessions.HasEnded(actor.Session))
                return StatusProblems.Of(StatusCodes.Status401Unauthorized);
            var stop = (await suspensions.OfAsync(actor.Lab)).FirstOrDefault(one => one.Stops(actor, new ProjectId(project), vault.Identity.Process));
            if (!IsKnown(known, stop?.Reason) || time.GetUtcNow() >= until || lifetime.ApplicationStopping.IsCancellationRequested)
                return TypedResults.Ok(new Standing(stop?.Reason));
            await timer.WaitForNextTickAsync(cancellation);
        }
    }

    private static bool IsKnown(string? known, ReasonClass? reason) =>
        known is not null && string.Equals(known, reason?.ToString() ?? "none", StringComparison.OrdinalIgnoreCase);
}
