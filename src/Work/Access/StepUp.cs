using Cofferdam.Work.Projects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace Cofferdam.Work.Access;

/// <summary>Keeps the content of a project that asks for it from sessions whose passkey was not used for a while.</summary>
internal static class StepUp
{
    /// <summary>Fewest and most minutes that a project may set.</summary>
    public const int LeastMinutes = 5, MostMinutes = 480;

    public static bool IsDue(ProjectFacts project, Actor actor, TimeProvider time) =>
        project.StepUpMinutes is { } minutes && !(actor.PasskeyAt is { } used && time.GetUtcNow() - used < TimeSpan.FromMinutes(minutes));

    public static ProblemHttpResult Problem(ProjectFacts project) => Problems.Of(StatusCodes.Status403Forbidden, "step-up",
        $"This project wants your passkey again every {project.StepUpMinutes} minutes. Use it, and go on where you were: nothing that you typed is lost.");

    /// <summary>On routes below a project that hand out its content to those who work on it.</summary>
    public static TBuilder RequireFreshPasskey<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints.AddEndpointFilter(static (context, next) =>
        {
            var project = context.Arguments.OfType<InProject>().Single();
            var time = context.HttpContext.RequestServices.GetRequiredService<TimeProvider>();
            return project.Exists && IsDue(project.Facts, context.HttpContext.Features.Get<Actor>()!, time)
                ? new ValueTask<object?>(Problem(project.Facts))
                : next(context);
        });
}
