using Cofferdam.Vault.Contract;

namespace Cofferdam.Work.Access;

/// <summary>What an actor asks of the vault, in the actor's own name and session.</summary>
public static class ActorAtTheVault
{
    extension(IVault vault)
    {
        /// <summary>Opens records for the actor, under the actor's own signature where they sign.</summary>
        /// <param name="actId">Ties the receipts of one long act together.</param>
        internal ValueTask<OpenOutcome> OpenAsync(
            Actor actor, ProjectId project, Purpose purpose, IReadOnlyList<RecordRef> records, CancellationToken cancellation, Guid? assignment = null, Guid? actId = null) =>
            vault.OpenAsync(
                actor, new OpenRequest(actor.Lab, project, actor.Principal, Act.Open, purpose, records, assignment, actor.Session, actId), cancellation);

        /// <summary>Opens what a request asks for in the actor's name, under the actor's own signature where they sign.</summary>
        public ValueTask<OpenOutcome> OpenAsync(Actor actor, OpenRequest request, CancellationToken cancellation)
        {
            ArgumentNullException.ThrowIfNull(vault);
            ArgumentNullException.ThrowIfNull(actor);
            if (actor.Proofs is not { } proofs)
                return vault.OpenAsync(request, cancellation);
            var signs = proofs.MustSignAsync(actor, cancellation);
            return signs is { IsCompletedSuccessfully: true, Result: false }
                ? OpenUnsignedAsync(vault, request, actor, proofs, cancellation)
                : OpenSignedAsync(vault, request, actor, proofs, signs, cancellation);
        }

        /// <summary>Seals one record. Not cancelled with the request: who hangs up in between would leave a record that nothing refers to.</summary>
        internal Task<SealOutcome> SealAsync(
            Actor actor, ProjectId project, RecordKind kind, RecordId id, ReadOnlyMemory<byte> plaintext, long? expected) =>
            vault.SealAsync(new SealRequest(actor.Lab, project, actor.Principal, [new SealItem(kind, id, plaintext, expected)]), CancellationToken.None);

        /// <summary>The suspension that stops this person in this project; null where none does.</summary>
        public async ValueTask<Suspension?> StoppingAsync(Actor actor, ProjectId project, CancellationToken cancellation)
        {
            ArgumentNullException.ThrowIfNull(vault);
            ArgumentNullException.ThrowIfNull(actor);
            return (await vault.SuspensionsAsync(actor.Lab, cancellation)).FirstOrDefault(suspension => suspension.Stops(actor, project, vault.Identity.Process));
        }
    }

    private static async ValueTask<OpenOutcome> OpenUnsignedAsync(IVault vault, OpenRequest request, Actor actor, RequestProofs proofs, CancellationToken cancellation)
    {
        var outcome = await vault.OpenAsync(request, cancellation);
        if (outcome is OpenOutcome.Refused { Reason: RefusalReason.NotAttested })
        {
            // The lab wants everybody's signature, or a key was enrolled meanwhile.
            proofs.Take(Wanted(request));
            proofs.Lack(actor);
        }

        return outcome;
    }

    private static async ValueTask<OpenOutcome> OpenSignedAsync(
        IVault vault, OpenRequest request, Actor actor, RequestProofs proofs, ValueTask<bool> signs, CancellationToken cancellation)
    {
        if (!await signs)
            return await OpenUnsignedAsync(vault, request, actor, proofs, cancellation);
        // Without a proof the vault need not be asked: the page is, and nothing is refused until it has answered.
        if (proofs.Take(Wanted(request)) is not { } proof)
            return new OpenOutcome.Refused(RefusalReason.NotAttested, Receipt: -1);
        var outcome = await vault.OpenAsync(request with { Proof = proof }, cancellation);
        if (outcome is OpenOutcome.Refused { Reason: RefusalReason.NotAttested })
            proofs.Lack(actor);
        return outcome is not OpenOutcome.Opened || await proofs.UsedAsync(proof.Key)
            ? outcome
            : new OpenOutcome.Refused(RefusalReason.NotAttested, Receipt: -1);
    }

    private static WantedOpen Wanted(OpenRequest request) => new(request.Project, request.Act, request.Purpose, request.Assignment, request.Records);

    /// <summary>Whether a suspension stops this person in this project, by this server process.</summary>
    public static bool Stops(this Suspension suspension, Actor actor, ProjectId project, Guid process)
    {
        ArgumentNullException.ThrowIfNull(suspension);
        ArgumentNullException.ThrowIfNull(actor);
        return !suspension.Drill && suspension.Scope.Kind switch
        {
            ScopeKind.Lab => true,
            ScopeKind.Project => suspension.Scope.Id == project.Value,
            ScopeKind.Person => suspension.Scope.Id == actor.Pseudonym,
            ScopeKind.Engagement => suspension.Scope.Id == actor.Engagement,
            ScopeKind.Process => suspension.Scope.Id == process,
            // What goes to a recipient or a model stops nobody's work.
            _ => false,
        };
    }

    /// <summary>The record was new and its key exists, so that nothing but success is possible.</summary>
    internal static SealOutcome.Sealed Expect(this SealOutcome outcome) =>
        outcome as SealOutcome.Sealed ?? throw new InvalidOperationException($"A seal that cannot conflict ended as {outcome.GetType().Name}.");
}
