using System.Collections.Frozen;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault;

/// <summary>The suspensions in force, as one value that is replaced whole.</summary>
/// <remarks>
/// Changed by the sequencer, after the commit that holds the receipt, and where several vault processes share a store by
/// whoever reads there what another of them has done.
/// </remarks>
internal sealed class Suspensions(IEnumerable<Suspension> inForce)
{
    private readonly Lock changing = new();

    // How far each lab's ledger has been read for what other processes have done.
    private readonly Dictionary<LabId, long> readTo = [];
    private volatile State state = State.Of(inForce);

    /// <summary>Those of a lab, drills and those whose time has run out among them.</summary>
    public IReadOnlyList<Suspension> Of(LabId lab) => [.. state.All.Where(s => s.Lab == lab)];

    /// <summary>The suspension that stops this disclosure now; null where none does.</summary>
    public Suspension? Covering(Disclosure disclosure, DateTimeOffset now) => Find(disclosure, now, drills: false);

    /// <summary>Whether it lies in the scope of a suspension or drill.</summary>
    public bool Touches(Disclosure disclosure, DateTimeOffset now) => Find(disclosure, now, drills: true) is not null;

    public static bool IsInForce(Suspension suspension, DateTimeOffset now) => suspension.Until is not { } until || until > now;

    public void Add(Suspension suspension)
    {
        lock (changing)
        {
            // What was read already may have ended already, too.
            if (suspension.Receipt >= readTo.GetValueOrDefault(suspension.Lab))
                state = State.Of(state.All.Append(suspension));
        }
    }

    public void Remove(Guid id)
    {
        lock (changing)
            state = State.Of(state.All.Where(s => s.Id != id));
    }

    /// <summary>Notes the first of two who would lift it.</summary>
    public void NoteResumeBy(Guid id, Guid by)
    {
        lock (changing)
            state = State.Of(state.All.Select(s => s.Id == id ? s with { ResumeBy = by } : s));
    }

    /// <summary>Brings a lab's up to what the store says, and keeps in force what the ledger says is, whatever became of its row.</summary>
    /// <param name="saltOf">The salt of a receipt; null where the lab's key cannot be had now: then no resumption counts yet.</param>
    public void Read(VaultStore store, long number, LabId lab, Func<ReceiptRow, byte[]?>? saltOf)
    {
        lock (changing)
        {
            // The rows first: what ends while this reads is then among the receipts.
            var rows = store.SuspensionsInForce(number);
            // What was suspended when a log was closed still is: the one that follows it says nothing of that.
            IReadOnlyList<ReceiptRow> earlier = readTo.ContainsKey(lab) ? [] : [.. store.ClosedLogs(number).SelectMany(log => store.SuspensionReceipts(log.Number))];
            var receipts = store.SuspensionReceipts(number, readTo.GetValueOrDefault(lab));
            var known = state.All.Where(s => s.Lab == lab).ToDictionary(s => s.Id);
            foreach (var row in rows)
                known.TryAdd(row.Suspension.Id, row.Suspension);
            SuspensionHistory.Apply(known, lab, earlier.Concat(receipts), saltOf ?? (_ => null));
            if (saltOf is not null && receipts.Count > 0)
                readTo[lab] = receipts[^1].Sequence + 1;
            state = State.Of(state.All.Where(s => s.Lab != lab).Concat(known.Values));
        }
    }

    /// <summary>A new log of a lab's has begun, with numbers of its own.</summary>
    public void Restart(LabId lab)
    {
        lock (changing)
            readTo[lab] = 0;
    }

    private Suspension? Find(Disclosure disclosure, DateTimeOffset now, bool drills)
    {
        var byScope = state.ByScope;
        if (byScope.Count == 0)
            return null;
        foreach (var scope in disclosure.Scopes())
        {
            if (byScope.TryGetValue((disclosure.Lab, scope), out var found) && Array.Find(found, s => (drills || !s.Drill) && IsInForce(s, now)) is { } suspension)
                return suspension;
        }

        return null;
    }

    private sealed record State(Suspension[] All, FrozenDictionary<(LabId Lab, Scope Scope), Suspension[]> ByScope)
    {
        public static State Of(IEnumerable<Suspension> all)
        {
            Suspension[] list = [.. all];
            return new State(list, list.GroupBy(s => (s.Lab, s.Scope)).ToFrozenDictionary(g => g.Key, g => g.ToArray()));
        }
    }
}
