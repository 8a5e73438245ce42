using Cofferdam.Vault.Contract;

namespace Cofferdam.Work.Access;

/// <summary>What an actor asks of the vault, in the actor's own name and session.</summary>
public static class ActorAtTheVault
{
    extension(IVault vault)
    {
        internal ValueTask<OpenOutcome> OpenAsync(
            Actor actor, ProjectId project, Purpose purpose, IReadOnlyList<RecordRef> records, CancellationToken cancellation, Guid? assignment = null) =>
            vault.OpenAsync(
                new OpenRequest(actor.Lab, project, actor.Principal, Act.Open, purpose, records, assignment, actor.Session), cancellation);

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
