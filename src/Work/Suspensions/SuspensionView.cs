using Cofferdam.Vault.Contract;

namespace Cofferdam.Work.Suspensions;

/// <param name="Id">The project, the person's pseudonym, the engagement, the process, or the export's or model's id; not needed for the lab, nor for all exports or models.</param>
/// <param name="Reason">All that those whose work stops are told.</param>
/// <param name="Until">When it ends of itself, at most a year from now; null: when it is lifted.</param>
/// <param name="Drill">Everything happens but the stop.</param>
public sealed record SuspensionRequest(ScopeKind Scope, ReasonClass Reason, Guid? Id = null, DateTimeOffset? Until = null, bool Drill = false);

/// <param name="Receipt">Its own receipt.</param>
/// <param name="LastDisclosure">The last disclosure in its scope before it; null where there was none.</param>
/// <param name="By">Pseudonym of who suspended.</param>
/// <param name="Drill">It stops nothing.</param>
/// <param name="TwoToLift">Lifting it takes two people.</param>
/// <param name="ResumeBy">Pseudonym of the first of two who would lift it; null where nobody has asked.</param>
/// <param name="InFlight">Receipts in scope whose plaintext a server had been given just before, and may still be passing on; null but right after it was made.</param>
/// <param name="Acknowledged">Vault processes that acknowledged it; null but right after it was made.</param>
/// <param name="Expired">Vault processes that did not, and whose lease has run out; null but right after it was made.</param>
public sealed record SuspensionView(
    Guid Suspension, ScopeKind Scope, Guid Id, ReasonClass Reason, DateTimeOffset Since, DateTimeOffset? Until, long Receipt, long? LastDisclosure,
    Guid By, bool Drill, bool TwoToLift, Guid? ResumeBy, IReadOnlyList<long>? InFlight = null, int? Acknowledged = null, int? Expired = null)
{
    internal static SuspensionView Of(Suspension suspension, bool twoToLift) => new(
        suspension.Id, suspension.Scope.Kind, suspension.Scope.Id, suspension.Reason, suspension.Since, suspension.Until, suspension.Receipt, suspension.LastDisclosure,
        suspension.By, suspension.Drill, twoToLift && !suspension.Drill, suspension.ResumeBy);
}

/// <param name="Sentence">What became of the request to lift it.</param>
public sealed record ResumptionView(string Sentence);

/// <param name="Scope">What would be suspended.</param>
/// <param name="Id">As in a suspension.</param>
public sealed record SuspensionPreviewRequest(ScopeKind Scope, Guid? Id = null);

/// <summary>What a suspension would stop.</summary>
/// <param name="People">Members whose work it would stop.</param>
/// <param name="Projects">Projects in which they have work in hand, or that are in its scope themselves.</param>
/// <param name="OpenTasks">Tasks in hand.</param>
/// <param name="Drafts">Answers in progress; all are kept.</param>
/// <param name="Sentence">The same for people.</param>
public sealed record SuspensionPreview(int People, int Projects, int OpenTasks, int Drafts, string Sentence);

/// <summary>What shows that nothing in its scope was disclosed between a suspension and now, or its end.</summary>
/// <param name="Receipt">Of the suspension.</param>
/// <param name="LastDisclosure">Last in scope before it.</param>
/// <param name="Until">Receipts looked at: up to this one.</param>
/// <param name="Ended">Receipt of the resumption; null while it is in force, and where its time ran out.</param>
/// <param name="DisclosedAfter">Receipts of disclosures in scope in between: none, or the promise is broken.</param>
/// <param name="WouldHaveRefused">For a drill: disclosures in scope that it would have stopped.</param>
public sealed record SuspensionProofView(
    SuspensionView Suspension, long Receipt, long? LastDisclosure, long Until, long? Ended, IReadOnlyList<long> DisclosedAfter, long WouldHaveRefused);
