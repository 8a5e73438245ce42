using System.Reflection;
using Cofferdam.Work.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Cofferdam.Work.Projects;

/// <summary>The project that a route names. A handler that takes it runs only where the project is this lab's; otherwise the answer is 404.</summary>
internal sealed class InProject(ProjectFacts? found)
{
    public bool Exists => found is not null;

    public ProjectFacts Facts => found ?? throw new InvalidOperationException("The route is not in a project's group.");

    public Guid Id => Facts.Id.Value;

    public static async ValueTask<InProject?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var actor = (await Actor.BindAsync(context, parameter))!;
        var catalog = context.RequestServices.GetRequiredService<ProjectCatalog>();
        return new InProject(Guid.TryParse((string?)context.GetRouteValue("project"), out var id)
            ? await catalog.FindAsync(actor.Lab, id, context.RequestAborted)
            : null);
    }
}

internal static class ProjectGroup
{
    /// <summary>Routes below <c>/projects/{project}</c>.</summary>
    public static RouteGroupBuilder InProject(this IEndpointRouteBuilder lab, string below = "")
    {
        var group = lab.MapGroup("/projects/{project:guid}" + below);
        group.AddEndpointFilter(static (context, next) =>
        {
            foreach (var argument in context.Arguments)
            {
                if (argument is InProject { Exists: false })
                    return new ValueTask<object?>(Problems.NotFound());
            }

            return next(context);
        });
        return group;
    }
}
