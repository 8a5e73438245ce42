using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Keys;
using Cofferdam.Vault.Sequencing;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault.Budgets;

/// <summary>Why an open is more than a budget has left.</summary>
/// <param name="Budget">Null: the pace of reads again.</param>
/// <param name="FreeAt">When there is something left again; null where that is never of itself.</param>
internal sealed record Overspent(BudgetKind? Budget, DateTimeOffset? FreeAt);

/// <summary>What one batch spends: on top of what was committed, and gone with the batch where that fails.</summary>
internal sealed class Spending(BudgetBook book, DateTimeOffset now)
{
    private readonly long hour = Hours.Of(now);
    private readonly Dictionary<BudgetKey, UseRow> spent = [];
    private readonly HashSet<ShownRow> disclosed = [];
    private readonly Dictionary<long, LabKeys> labs = [];

    /// <summary>Whose budgets an open is counted against.</summary>
    /// <remarks>Exports, sends and the node's own services are no person's reading: process and host bound them.</remarks>
    public static IReadOnlyList<BudgetKey> Keys(LabKeys lab, OpenRequest request, VaultProcess process)
    {
        BudgetKey Of(BudgetKind kind, Guid subject) => new(lab.Number, kind, subject);
        var (processes, host) = (Of(BudgetKind.Process, process.Id), Of(BudgetKind.Host, process.Host));
        if (!IsPersons(request))
            return [processes, host];
        var person = Of(BudgetKind.Person, request.Principal.Pseudonym);
        return request.Principal.Engagement is { } engagement
            ? [person, Of(BudgetKind.Engagement, engagement), processes, host]
            : [person, processes, host];
    }

    /// <summary>Reads what these opens are counted against, at one go.</summary>
    public void Load(IEnumerable<Command> commands)
    {
        foreach (var ofLab in commands.Where(command => command.Spends.Count > 0).GroupBy(command => command.Lab.Number))
            Load(ofLab.First().Lab, [.. ofLab.SelectMany(command => command.Spends).Distinct()]);
    }

    /// <summary>What a first read of a record costs: what its kind weighs, or it by itself where that is more.</summary>
    public int CostOf(LabKeys lab, HeadRow head) => Math.Max(book.PolicyOf(lab).Policy.WeightOf(head.Kind), book.Seals.Weight(lab, head.Id, head.Version, head.Weight));

    /// <summary>Spends, from all of an open's budgets or from none.</summary>
    /// <param name="cost">Weight of its first reads.</param>
    /// <param name="again">How many records are read again.</param>
    /// <returns>Why not, or null: spent.</returns>
    public Overspent? Spend(LabKeys lab, OpenRequest request, VaultProcess process, long cost, int again)
    {
        var policy = book.PolicyOf(lab).Policy;
        labs[lab.Number] = lab;
        if (cost > 0)
        {
            var keys = Keys(lab, request, process);
            Load(lab, keys);
            foreach (var key in keys)
            {
                var use = Current(key);
                var (perHour, total) = LimitsOf(policy, key.Kind);
                if (use.Total + cost > (total ?? long.MaxValue))
                    return new(key.Kind, null);
                if (use.Spent + cost > perHour)
                    return new(key.Kind, Hours.Start(use.Hour + 1));
            }

            if (!Paced())
                return new(null, null);
            foreach (var key in keys)
            {
                var use = Current(key);
                spent[key] = use with { Spent = use.Spent + cost, Total = use.Total + cost, Name = key.Kind == BudgetKind.Host ? process.Caller.Host : null };
            }
        }
        else if (!Paced())
        {
            return new(null, null);
        }

        return null;

        bool Paced() => again == 0 || !IsPersons(request) || book.Pace.TryCount(lab.Number, request.Principal.Pseudonym, again, policy.RereadsPerMinute, now);
    }

    /// <summary>What a person has left this hour; null where the open is not counted against a person.</summary>
    public long? Left(LabKeys lab, OpenRequest request)
    {
        if (!IsPersons(request))
            return null;
        var key = new BudgetKey(lab.Number, BudgetKind.Person, request.Principal.Pseudonym);
        Load(lab, [key]);
        return Math.Max(0, book.PolicyOf(lab).Policy.PersonPerHour - Current(key).Spent);
    }

    /// <summary>Notes that an engagement's people, and a host, were handed a part of the methodology, first or again.</summary>
    public void Note(OpenRequest request, VaultProcess process, HeadRow head)
    {
        if (!Methodology.Counts(head.Kind))
            return;
        Add(new ShownRow(head.Id, BudgetKind.Host, process.Host));
        if (request.Principal is { Kind: PrincipalKind.Person, Engagement: { } engagement })
            Add(new ShownRow(head.Id, BudgetKind.Engagement, engagement));
    }

    /// <summary>Writes the batch's counters: one statement per subject that was touched.</summary>
    public void Write()
    {
        if (spent.Count > 0)
        {
            foreach (var (key, row) in spent)
                spent[key] = row with { Mac = book.Seals.Mac(labs[key.Lab], row) };
            book.Store.WriteUses(spent.Values);
        }

        if (disclosed.Count > 0)
            book.Store.WriteShown(disclosed);
    }

    /// <summary>The batch is durable.</summary>
    public void Commit()
    {
        book.Commit(spent.Values, disclosed);
        book.Pace.Commit();
    }

    private static bool IsPersons(OpenRequest request) => request.Principal.Kind == PrincipalKind.Person && request.Act == Act.Open;

    private void Load(LabKeys lab, IReadOnlyCollection<BudgetKey> keys)
    {
        if (keys.Any(key => !book.TryUse(key, out _)))
            book.Load(lab, [.. keys.Where(key => !book.TryUse(key, out _))], now);
    }

    // A clock that was set back does not give a spent hour anew.
    private UseRow Current(BudgetKey key)
    {
        if (!spent.TryGetValue(key, out var row))
            _ = book.TryUse(key, out row);
        return row!.Hour >= hour ? row : row with { Hour = hour, Spent = 0 };
    }

    private void Add(ShownRow row)
    {
        if (!book.IsKnownShown(row))
            disclosed.Add(row);
    }

    public static (long PerHour, long? Total) LimitsOf(Policy policy, BudgetKind kind) => kind switch
    {
        BudgetKind.Person => (policy.PersonPerHour, policy.PersonTotal),
        BudgetKind.Engagement => (policy.EngagementPerHour, policy.EngagementTotal),
        BudgetKind.Process => (policy.ProcessPerHour, null),
        _ => (policy.HostPerHour, null),
    };
}
