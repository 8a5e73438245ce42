using Cofferdam.Storage;
using Cofferdam.Work.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cofferdam.Server.People;

public sealed record RoleRequest(Role Role);

/// <summary>What an owner does about a member: another role, or none any more.</summary>
internal static class MembershipEndpoints
{
    public static void MapMemberships(this IEndpointRouteBuilder lab)
    {
        var person = lab.MapGroup("/people/{person:guid}").WithTags("People").NotForTokens();
        person.MapPost("/role", Change).RequireAuthorization(Policies.Owner).RequireNotSuspended()
            .WithSummary("Give a member another role; the lab keeps an owner");
        person.MapDelete("", Remove).RequireAuthorization(Policies.Owner).RequireNotSuspended()
            .WithSummary("End a membership: sessions, tokens and leases too; answers stay");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Change(
        Guid person, RoleRequest body, Actor actor, MembershipChanges changes, AppDb db)
    {
        return Enum.IsDefined(body.Role)
            ? Answer(await changes.GiveAsync(actor.Lab, person, body.Role, db))
            : Problems.Invalid("A role is owner, projectManager, reviewer, auditor or annotator.", "role");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Remove(Guid person, Actor actor, MembershipChanges changes, AppDb db) =>
        Answer(await changes.RemoveAsync(actor.Lab, person, db));

    private static Results<NoContent, ProblemHttpResult> Answer(MembershipChange change) => change switch
    {
        MembershipChange.Done => TypedResults.NoContent(),
        MembershipChange.LastOwner => Problems.Of(
            StatusCodes.Status409Conflict, "last-owner", "A lab keeps an owner. Make somebody else an owner first."),
        _ => Problems.NotFound(),
    };
}
