using Cofferdam.Ledger;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Heads;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault;

/// <summary>Names of kinds and acts in receipts. A receipt outlives every release: names are added here, never changed.</summary>
internal static class ReceiptText
{
    private static readonly string[] Acts = Names<Act>();
    private static readonly string[] Purposes = Names<Purpose>();
    private static readonly string[] Kinds = Names<RecordKind>();
    private static readonly string[] Refusals = Names<RefusalReason>();
    private static readonly string[] Standings = Names<HeadStanding>();
    private static readonly string[] Principals = Names<PrincipalKind>();

    public static string Name(Act act) => Acts[(int)act];

    /// <summary>True where a name is an act's; an act that there is not has none.</summary>
    public static bool IsName(Act act, string name) => (int)act < Acts.Length && Acts[(int)act] == name;

    public static string Name(Purpose purpose) => Purposes[(int)purpose];

    public static string Name(RecordKind kind) => Kinds[(int)kind];

    public static string Name(HeadStanding standing) => Standings[(int)standing];

    public static string Name(RefusalReason reason) => Refusals[(int)reason];

    public static string Name(PrincipalKind kind) => Principals[(int)kind];

    public static string Name(BudgetKind kind) => Camel(kind.ToString());

    public static SuspensionFacts Facts(Suspension suspension) => new(
        suspension.Id, Camel(suspension.Scope.Kind.ToString()), suspension.Scope.Id, Camel(suspension.Reason.ToString()), suspension.Until, suspension.LastDisclosure, suspension.Drill);

    public static Suspension Suspension(LabId lab, SuspensionFacts facts, ReceiptRow row) => new(
        facts.Id, lab, new Scope(Enum.Parse<ScopeKind>(facts.Scope, ignoreCase: true), facts.ScopeId), Enum.Parse<ReasonClass>(facts.Reason, ignoreCase: true),
        row.Time, facts.Until, row.Sequence, facts.LastDisclosure, row.Principal, facts.Drill);

    /// <summary>The act of a name; 0 where a newer release made it up.</summary>
    public static Act ActOf(string name) => (Act)Math.Max(Array.IndexOf(Acts, name), 0);

    public static RecordKind Kind(string name) => (RecordKind)Array.IndexOf(Kinds, name);

    public static Purpose PurposeOf(string name) => (Purpose)Array.IndexOf(Purposes, name);

    public static RefusalReason Refusal(string name) => (RefusalReason)Array.IndexOf(Refusals, name);

    public static PrincipalKind Principal(string name) => (PrincipalKind)Array.IndexOf(Principals, name);

    private static string[] Names<T>()
        where T : struct, Enum
    {
        var values = Enum.GetValues<T>();
        var names = new string[Convert.ToInt32(values[^1]) + 1];
        foreach (var value in values)
            names[Convert.ToInt32(value)] = Camel(value.ToString());
        return names;
    }

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
