using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Projects;
using Cofferdam.Work.Slots;
using Microsoft.AspNetCore.Http;

namespace Cofferdam.Work.Tasks;

/// <summary>The next task of somebody who signs, ready for the page to sign and open in one request.</summary>
/// <param name="Key">The key that the nonce is for.</param>
internal sealed record OfferedTask(Guid Slot, LabId Lab, Guid Key, WantedOpen Open, ReadOnlyMemory<byte> Nonce);

/// <summary>
/// Hands out tasks to people who sign: a slot is leased before it is opened, and with each task the next one is leased, so
/// that from the second on a task costs one request.
/// </summary>
internal sealed class SignedTasks(IVault vault, Offers offers, SlotLoop slots, SlotsAhead ahead, TaskOpening opening)
{
    /// <summary>The slot that waits for this person, else a new one.</summary>
    public async ValueTask<LeaseOutcome> LeaseAsync(ProjectFacts project, Offer offer, Actor actor, CancellationToken cancellation)
    {
        if (await WaitingAsync(project, actor) is { } waiting)
            return new LeaseOutcome(LeaseResult.Leased, waiting);
        var lease = await slots.LeaseAsync(offer.Open, actor.Pseudonym, cancellation, told: actor.Engagement is not null);
        var outcome = await lease.Done;
        if (outcome.Lease is { } leased)
            ahead.Keep(project.Id.Value, actor.Pseudonym, actor.Session, leased.Slot);
        return outcome;
    }

    /// <summary>Opens a task where the request is signed; asks for the signature where it is not, and keeps the slot.</summary>
    public async Task<IResult> OpenAsync(ProjectFacts project, SlotLease lease, Actor actor, RequestProofs proofs, CancellationToken cancellation)
    {
        var (id, person) = (project.Id.Value, actor.Pseudonym);
        // While this one is opened: both wait for the disk.
        var next = proofs.Has(1) ? NextAsync(project, lease.Slot, actor, cancellation) : Task.FromResult<SlotLease?>(null);
        try
        {
            var (task, refused) = await opening.OpenAsync(project, lease, actor, cancellation);
            if (task is not null)
            {
                ahead.Forget(id, person, lease.Slot);
                task.Next = await OfferAsync(project, await next, actor, proofs, cancellation);
                return task;
            }

            await GiveBackAsync(project, (await next)?.Slot, actor);
            if (refused!.Reason is RefusalReason.NotAttested)
                return await ProofsWanted.OfAsync(vault, actor, proofs, cancellation);
            if (ahead.Of(id, person) == lease.Slot)
                await GiveBackAsync(project, lease.Slot, actor);
            return Problems.Refused(refused);
        }
        catch
        {
            await GiveBackAsync(project, (await next)?.Slot, actor);
            throw;
        }
    }

    private async Task<SlotLease?> NextAsync(ProjectFacts project, Guid present, Actor actor, CancellationToken cancellation)
    {
        ahead.Forget(project.Id.Value, actor.Pseudonym, present);
        return (await LeaseAsync(project, await offers.OfAsync(project, actor, cancellation), actor, cancellation)).Lease;
    }

    private async Task<SlotLease?> WaitingAsync(ProjectFacts project, Actor actor)
    {
        if (ahead.Of(project.Id.Value, actor.Pseudonym) is not { } slot)
            return null;
        if (await slots.RenewAsync(project.Id.Value, slot, actor.Pseudonym) is { State: SlotState.Leased } lease)
            return lease;
        ahead.Forget(project.Id.Value, actor.Pseudonym, slot);
        return null;
    }

    private async ValueTask<OfferedTask?> OfferAsync(
        ProjectFacts project, SlotLease? next, Actor actor, RequestProofs proofs, CancellationToken cancellation)
    {
        if (next is null || await proofs.KeyAsync(actor, cancellation) is not { } key)
            return null;
        var plan = await opening.PlanAsync(project, next, actor, cancellation);
        var nonces = await vault.NoncesAsync(actor.Lab, key, 1, cancellation);
        return new OfferedTask(next.Slot, actor.Lab, key, new WantedOpen(project.Id, Act.Open, Purpose.Task, next.Slot, plan.Records), nonces[0]);
    }

    private async Task GiveBackAsync(ProjectFacts project, Guid? slot, Actor actor)
    {
        if (slot is not { } given)
            return;
        ahead.Forget(project.Id.Value, actor.Pseudonym, given);
        await slots.ReleaseAsync(project.Id.Value, given, actor.Pseudonym);
    }
}
