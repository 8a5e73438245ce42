using Cofferdam.Work.Access;
using Cofferdam.Work.Projects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Cofferdam.Quality.Figures;

internal static class FiguresEndpoints
{
    public static void MapFigures(this RouteGroupBuilder lab) =>
        lab.MapGet("/projects/{project:guid}/figures", Get).RequireAuthorization(Policies.Observer).WithTags("Figures")
            .WithSummary("How the work stands, how fast and how good it is; counted, nothing is opened");

    private static async Task<Results<Ok<FiguresView>, ProblemHttpResult>> Get(
        Guid project, Actor actor, ProjectCatalog projects, FiguresBook book, CancellationToken cancellation) =>
        await projects.FindAsync(actor.Lab, project, cancellation) is null
            ? Problems.NotFound()
            : TypedResults.Ok(await book.GetAsync(actor.Lab, project, cancellation));
}
