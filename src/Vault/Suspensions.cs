using System.Collections.Frozen;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault;

/// <summary>The suspensions in force, as one value that the sequencer replaces and everybody else reads.</summary>
internal sealed class Suspensions(IEnumerable<Suspension> inForce)
{
    private volatile State state = State.Of(0, inForce);

    /// <summary>Goes up with every change; what was decided under an older epoch is looked at again before hand-out.</summary>
    public long Epoch => state.Epoch;

    public IReadOnlyList<Suspension> Of(LabId lab) => [.. state.All.Where(s => s.Lab == lab)];

    /// <summary>The suspension that stops this principal from reading in this project now; null where none does.</summary>
    public Suspension? Covering(LabId lab, ProjectId project, Principal principal, DateTimeOffset now)
    {
        var byScope = state.ByScope;
        if (byScope.Count == 0)
            return null;
        return InForce(byScope, new(lab, ScopeKind.Lab, lab.Value), now)
            ?? InForce(byScope, new(lab, ScopeKind.Project, project.Value), now)
            ?? (principal.Kind == PrincipalKind.Person ? InForce(byScope, new(lab, ScopeKind.Person, principal.Pseudonym), now) : null);
    }

    /// <summary>Called by the sequencer alone, after the commit that holds the suspension's receipt.</summary>
    public void Add(Suspension suspension) => state = State.Of(state.Epoch + 1, state.All.Append(suspension));

    /// <summary>Called by the sequencer alone, after the commit that holds the resumption's receipt.</summary>
    public void Remove(Guid id) => state = State.Of(state.Epoch + 1, state.All.Where(s => s.Id != id));

    private static Suspension? InForce(FrozenDictionary<Key, Suspension[]> byScope, Key key, DateTimeOffset now) =>
        byScope.TryGetValue(key, out var found) ? Array.Find(found, s => s.Until is not { } until || until > now) : null;

    private readonly record struct Key(LabId Lab, ScopeKind Kind, Guid Id);

    private sealed record State(long Epoch, Suspension[] All, FrozenDictionary<Key, Suspension[]> ByScope)
    {
        public static State Of(long epoch, IEnumerable<Suspension> all)
        {
            Suspension[] list = [.. all];
            return new State(epoch, list, list.GroupBy(s => new Key(s.Lab, s.Scope.Kind, s.Scope.Id)).ToFrozenDictionary(g => g.Key, g => g.ToArray()));
        }
    }
}
