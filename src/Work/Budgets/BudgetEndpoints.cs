using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Labs;
using Cofferdam.Work.Projects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Cofferdam.Work.Budgets;

/// <param name="Name">A person's handle or a host's name; null for the others, and for somebody who was never a member.</param>
/// <param name="Hour">Weight spent in this clock hour.</param>
/// <param name="Total">Weight ever spent.</param>
/// <param name="TotalLimit">Null: not bounded.</param>
public sealed record BudgetView(BudgetKind Kind, Guid Subject, string? Name, long Hour, long HourLimit, long Total, long? TotalLimit);

/// <param name="Part">Of the methodology's weight: 0 to 1.</param>
/// <param name="Records">How many records.</param>
public sealed record ShareView(Guid Subject, string? Name, long Shown, double Part, int Records);

/// <param name="People">How many people together.</param>
/// <param name="Part">What the worst choice of so many that was found could have, 0 to 1; the worst there is has at most 1.6 times that.</param>
/// <param name="PartAtMost">No choice of so many has more.</param>
public sealed record CoalitionView(int People, double Part, double PartAtMost);

/// <param name="Weight">Of the whole methodology: guidelines of every version and their draft, forms, known answers.</param>
public sealed record SharesView(
    long Weight, IReadOnlyList<ShareView> Persons, IReadOnlyList<ShareView> Engagements, IReadOnlyList<ShareView> Hosts, IReadOnlyList<CoalitionView> Coalitions);

/// <summary>Weights and limits, what is spent of them, and what share of a methodology somebody could have.</summary>
internal static class BudgetEndpoints
{
    public static void MapBudgetEndpoints(this RouteGroupBuilder lab)
    {
        lab.MapGet("/policy", GetPolicy).RequireAuthorization(Policies.Observer);
        lab.MapPut("/policy", PutPolicy).RequireAuthorization(Policies.Staff).RequireNotSuspended().NotForTokens();
        lab.MapGet("/budgets", Budgets).RequireAuthorization(Policies.Observer);
        lab.InProject().MapGet("/shares", Shares).RequireAuthorization(Policies.Observer);
    }

    private static async Task<Ok<PolicyView>> GetPolicy(Actor actor, IVault vault, CancellationToken cancellation) =>
        TypedResults.Ok(PolicyView.Of(await vault.PolicyAsync(actor.Lab, cancellation)));

    /// <summary>At once where nothing is raised; otherwise it waits for a second person (202).</summary>
    private static async Task<Results<Ok<PolicyChange>, Accepted<PolicyChange>, ProblemHttpResult>> PutPolicy(
        PolicyView body, Actor actor, IVault vault, CancellationToken cancellation)
    {
        if (body.ToPolicy() is not { } policy)
            return Problems.Invalid("A policy names weights by kinds that there are, and a delay of at most 30 days.", "weights");
        switch (await vault.SetPolicyAsync(actor.Lab, policy, actor.Principal, actor.ProofOf(SignedBytes.Policy, PolicyBytes.Write(policy)), CancellationToken.None))
        {
            case PolicyOutcome.Invalid invalid:
                return Problems.Invalid(invalid.Sentence, invalid.Field);
            case PolicyOutcome.NotSigned:
                return Problems.NotSigned();
            case PolicyOutcome.Proposed proposed:
                return TypedResults.Accepted(
                    $"/api/labs/{actor.LabSlug}/proposals",
                    new PolicyChange(
                        PolicyView.Of(await vault.PolicyAsync(actor.Lab, cancellation)), ProposalView.Of(proposed.Proposal),
                        "This raises a limit or lowers a weight, which takes two people. It comes into force once somebody else of the lab's staff approves it."));
            default:
                return TypedResults.Ok(new PolicyChange(PolicyView.Of(policy), null, "The new weights and limits hold from now on."));
        }
    }

    private static async Task<Ok<List<BudgetView>>> Budgets(Actor actor, IVault vault, AppDb db, CancellationToken cancellation)
    {
        var names = await db.NamesAsync(actor.Lab, cancellation);
        return TypedResults.Ok((await vault.BudgetsAsync(actor.Lab, cancellation))
            .Select(use => new BudgetView(use.Kind, use.Subject, use.Name ?? names.GetValueOrDefault(use.Subject), use.Hour, use.HourLimit, use.Total, use.TotalLimit)).ToList());
    }

    private static async Task<Ok<SharesView>> Shares(InProject at, Actor actor, IVault vault, AppDb db, CancellationToken cancellation)
    {
        var figures = await vault.SharesAsync(actor.Lab, at.Facts.Id, cancellation);
        var names = await db.NamesAsync(actor.Lab, cancellation);
        double Part(long weight) => figures.Weight == 0 ? 0 : (double)weight / figures.Weight;
        IReadOnlyList<ShareView> Views(IReadOnlyList<Share> shares) =>
            [.. shares.Select(share => new ShareView(share.Subject, share.Name ?? names.GetValueOrDefault(share.Subject), share.Shown, Part(share.Shown), share.Records))];
        return TypedResults.Ok(new SharesView(
            figures.Weight, Views(figures.Persons), Views(figures.Engagements), Views(figures.Hosts),
            [.. figures.Coalitions.Select(one => new CoalitionView(one.People, Part(one.Shown), Part(one.AtMost)))]));
    }
}
