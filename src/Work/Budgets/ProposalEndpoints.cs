using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Labs;
using Cofferdam.Work.Projects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.Budgets;

/// <param name="Kind">Any but <c>raiseBudget</c>, which is proposed by setting the policy.</param>
/// <param name="Subject">The project or the person's pseudonym, where it is about one.</param>
public sealed record ProposalRequest(ProposalKind Kind, Guid? Subject = null);

/// <summary>An act that waits for a second person, or for its time.</summary>
/// <param name="Subject">The project or person it is about; null where it is the lab.</param>
/// <param name="Policy">The policy proposed, where it is one.</param>
/// <param name="By">Pseudonym of who proposed it.</param>
/// <param name="ApprovedBy">Pseudonym of the second person.</param>
/// <param name="EffectiveAt">When it takes effect, once approved.</param>
/// <param name="GoneAt">For shredding: from when on backups are unreadable too.</param>
/// <param name="Receipt">Receipt of its last step.</param>
public sealed record ProposalView(
    Guid Id, ProposalKind Kind, Guid? Subject, PolicyView? Policy, Guid By, DateTimeOffset At, Guid? ApprovedBy, DateTimeOffset? EffectiveAt,
    DateTimeOffset? GoneAt, ProposalState State, long Receipt)
{
    internal static ProposalView Of(Proposal proposal) => new(
        proposal.Id, proposal.Kind, proposal.Subject, proposal.Policy is { } policy ? PolicyView.Of(policy) : null, proposal.By, proposal.At, proposal.ApprovedBy,
        proposal.EffectiveAt, proposal.GoneAt, proposal.State, proposal.Receipt);
}

/// <summary>Acts that take two people. Budgets are staff's; what destroys keys is the owners' alone.</summary>
internal static class ProposalEndpoints
{
    public static void MapProposalEndpoints(this RouteGroupBuilder lab)
    {
        var proposals = lab.MapGroup("/proposals");
        proposals.MapGet("", List).RequireAuthorization(Policies.Observer);
        proposals.MapPost("", Propose).RequireAuthorization(Policies.Owner).RequireNotSuspended().NotForTokens();
        proposals.MapPost("/{proposal:guid}/approve", Approve).RequireAuthorization(Policies.Staff).RequireNotSuspended().NotForTokens();
        proposals.MapPost("/{proposal:guid}/withdraw", Withdraw).RequireAuthorization(Policies.Staff).RequireNotSuspended().NotForTokens();
    }

    private static async Task<Ok<List<ProposalView>>> List(Actor actor, IVault vault, CancellationToken cancellation) =>
        TypedResults.Ok((await vault.ProposalsAsync(actor.Lab, cancellation)).Select(ProposalView.Of).ToList());

    private static async Task<Results<Accepted<ProposalView>, ProblemHttpResult>> Propose(
        ProposalRequest request, Actor actor, IVault vault, AppDb db, ProjectCatalog catalog, CancellationToken cancellation)
    {
        if (request.Kind is not (ProposalKind.ShredProject or ProposalKind.ShredLab or ProposalKind.ErasePerson))
            return Problems.Invalid("Propose shredProject, shredLab or erasePerson. A policy is proposed by setting it; a new log is begun with 'cofferdam ledger restart', the vault stopped.", "kind");
        var about = request.Kind is ProposalKind.ShredProject or ProposalKind.ErasePerson;
        if (about != request.Subject is not null)
            return Problems.Invalid("Name the project to shred or the person to erase, and nothing otherwise.", "subject");
        var exists = request.Kind switch
        {
            ProposalKind.ShredProject => await catalog.FindAsync(actor.Lab, request.Subject!.Value, cancellation) is not null,
            ProposalKind.ErasePerson => await db.Members.AnyAsync(member => member.Lab == actor.Lab.Value && member.Pseudonym == request.Subject, cancellation),
            _ => true,
        };
        if (!exists)
            return Problems.NotFound();
        return await vault.ProposeAsync(actor.Lab, request.Kind, request.Subject, actor.Principal,
            actor.ProofOf(SignedBytes.Propose, SignedBytes.ProposeAct(request.Kind, request.Subject)), CancellationToken.None) is ProposalOutcome.Accepted accepted
            ? TypedResults.Accepted($"/api/labs/{actor.LabSlug}/proposals", ProposalView.Of(accepted.Proposal))
            : Problems.NotSigned();
    }

    private static Task<Results<Ok<ProposalView>, ProblemHttpResult>> Approve(Guid proposal, Actor actor, IVault vault, CancellationToken cancellation) =>
        MoveAsync(
            proposal, actor, vault, (lab, id, by, _) => vault.ApproveAsync(lab, id, by, actor.ProofOf(SignedBytes.Approve, SignedBytes.Id(id)), CancellationToken.None), cancellation);

    private static Task<Results<Ok<ProposalView>, ProblemHttpResult>> Withdraw(Guid proposal, Actor actor, IVault vault, CancellationToken cancellation) =>
        MoveAsync(proposal, actor, vault, vault.WithdrawAsync, cancellation);

    private static async Task<Results<Ok<ProposalView>, ProblemHttpResult>> MoveAsync(
        Guid id, Actor actor, IVault vault, Func<LabId, Guid, Principal, CancellationToken, Task<ProposalOutcome>> move, CancellationToken cancellation)
    {
        var known = (await vault.ProposalsAsync(actor.Lab, cancellation)).FirstOrDefault(one => one.Id == id);
        if (known is null)
            return Problems.NotFound();
        if (known.Kind is not ProposalKind.RaiseBudget && actor.Role is not Role.Owner)
            return Problems.Of(StatusCodes.Status403Forbidden, "owner-only", "What destroys keys or begins a new log is decided by owners of the lab. Ask one.");
        return await move(actor.Lab, id, actor.Principal, CancellationToken.None) switch
        {
            ProposalOutcome.Accepted accepted => TypedResults.Ok(ProposalView.Of(accepted.Proposal)),
            ProposalOutcome.SamePerson => Problems.Of(StatusCodes.Status409Conflict, "same-person",
                "It takes a second person: who proposed it cannot approve it too. Ask somebody else of the lab."),
            ProposalOutcome.NotSigned => Problems.NotSigned(),
            _ => Problems.Of(StatusCodes.Status409Conflict, "not-open", "It has been done or withdrawn already."),
        };
    }
}
