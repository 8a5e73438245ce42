using Cofferdam.Server.Access;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Engagements;
using Cofferdam.Work.Labs;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Server.People;

/// <param name="Engagement">Null: the person is the lab's own.</param>
public sealed record EngagementMove(Guid? Engagement = null);

/// <summary>Which engagement somebody works under.</summary>
internal static class EngagementMoves
{
    public static void MapEngagementMoves(this IEndpointRouteBuilder lab) =>
        lab.MapPut("/people/{person:guid}/engagement", Move).WithTags("People").NotForTokens().RequireAuthorization(Policies.Staff).RequireNotSuspended()
            .WithSummary("The engagement that a member works under, or none");

    /// <summary>Whether a vendor's people may have this role; the others are the lab's own.</summary>
    public static bool IsVendors(Role role) => role is Role.Annotator or Role.Reviewer;

    /// <summary>Why somebody of this role cannot work under an engagement; null where they can.</summary>
    public static async Task<ProblemHttpResult?> FaultAsync(Guid engagement, Role role, LabId lab, AppDb db, CancellationToken cancellation)
    {
        if (!IsVendors(role))
            return Problems.Of(StatusCodes.Status409Conflict, "own-people", "Staff and auditors are the lab's own people. Annotators and reviewers may work under an engagement.");
        return await db.IsOpenAsync(lab, engagement, cancellation) ? null : Problems.Invalid("The lab has no such engagement, or it has ended.", "engagement");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Move(
        Guid person, EngagementMove body, Actor actor, IVault vault, AppDb db, Memberships memberships, CancellationToken cancellation)
    {
        if (await db.Members.SingleOrDefaultAsync(row => row.Lab == actor.Lab.Value && row.Pseudonym == person && row.LeftAt == null, cancellation) is not { } member)
            return Problems.NotFound();
        if (body.Engagement is { } engagement && await FaultAsync(engagement, member.Role, actor.Lab, db, cancellation) is { } fault)
            return fault;
        // To move somebody out would lift the suspension for them, without the second person that lifting may take.
        if (member.Engagement is { } before && before != body.Engagement
            && (await vault.SuspensionsAsync(actor.Lab, cancellation)).Any(one => !one.Drill && one.Scope == new Scope(ScopeKind.Engagement, before)))
        {
            return Problems.Of(StatusCodes.Status409Conflict, "engagement-suspended", "The engagement that the person works under is suspended. Lift the suspension first.");
        }

        member.Engagement = body.Engagement;
        await db.SaveChangesAsync(CancellationToken.None);
        memberships.Forget(actor.Lab, member.Account);
        return TypedResults.NoContent();
    }
}
