namespace Cofferdam.Vault.Contract;

/// <summary>Acts that take two people.</summary>
public enum ProposalKind : byte
{
    /// <summary>A policy with a higher limit or a lower weight.</summary>
    RaiseBudget = 1,

    /// <summary>Destroy a project's keys.</summary>
    ShredProject = 2,

    /// <summary>Destroy the lab's keys.</summary>
    ShredLab = 3,

    /// <summary>Destroy a person's salts: nothing ties that person to receipts any more.</summary>
    ErasePerson = 4,

    /// <summary>Start a new log, naming the old checkpoint and the gap, where leaves that a witness knows are lost.</summary>
    NewLog = 5,
}

public enum ProposalState : byte
{
    /// <summary>Waits for a second person.</summary>
    Open = 1,

    /// <summary>Approved; waits for its time.</summary>
    Approved = 2,
    Done = 3,
    Withdrawn = 4,
}

/// <summary>An act that waits for a second person, or for its time.</summary>
/// <param name="Subject">The project or person it is about; null where it is the lab.</param>
/// <param name="Policy">The policy proposed, where it is one.</param>
/// <param name="By">Pseudonym of who proposed it.</param>
/// <param name="At">When.</param>
/// <param name="ApprovedBy">Pseudonym of the second person.</param>
/// <param name="EffectiveAt">When it takes effect, once approved: the delay that the lab set, counted from the approval.</param>
/// <param name="GoneAt">For shredding: from when on backups are unreadable too, as the custodian says.</param>
/// <param name="Receipt">Receipt of its last step.</param>
public sealed record Proposal(
    Guid Id, LabId Lab, ProposalKind Kind, Guid? Subject, Policy? Policy, Guid By, DateTimeOffset At, Guid? ApprovedBy,
    DateTimeOffset? EffectiveAt, DateTimeOffset? GoneAt, ProposalState State, long Receipt);

public abstract record ProposalOutcome
{
    private ProposalOutcome() { }

    public sealed record Accepted(Proposal Proposal) : ProposalOutcome;

    /// <summary>Who proposed cannot approve.</summary>
    public sealed record SamePerson : ProposalOutcome;

    /// <summary>There is no such proposal, or it is done or withdrawn.</summary>
    public sealed record NotOpen : ProposalOutcome;

    /// <summary>It takes a signature of an enrolled staff key of this person, and there is none that fits.</summary>
    public sealed record NotSigned : ProposalOutcome;
}
