using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Budgets;

/// <summary>Records that say how a lab judges: what a share of the methodology is a share of.</summary>
internal static class Methodology
{
    public static bool Counts(RecordKind kind) =>
        kind is RecordKind.GuidelineDraft or RecordKind.GuidelineSection or RecordKind.Form or RecordKind.Gold;
}
