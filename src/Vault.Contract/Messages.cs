namespace Cofferdam.Vault.Contract;

/// <summary>A record asked for by what it must be; the vault refuses it where it is anything else.</summary>
public readonly record struct RecordRef(RecordKind Kind, RecordId Id);

/// <summary>One record to seal.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">New, or the id of the record whose head this replaces.</param>
/// <param name="Plaintext">At most <see cref="IVault.MaxRecordBytes"/>.</param>
/// <param name="ExpectedVersion">0: must be new. Otherwise: must be the head. Null: whatever the head is.</param>
/// <param name="Weight">What a first read of it costs where that is more than the policy says of its kind, 0 to 1,000; null: what the policy says.</param>
public sealed record SealItem(RecordKind Kind, RecordId Id, ReadOnlyMemory<byte> Plaintext, long? ExpectedVersion = null, int? Weight = null);

/// <summary>Records to seal together: all or none.</summary>
/// <param name="Records">1 to <see cref="IVault.MaxRecordsPerAct"/>, each id once.</param>
public sealed record SealRequest(LabId Lab, ProjectId Project, Principal By, IReadOnlyList<SealItem> Records);

public abstract record SealOutcome
{
    private SealOutcome() { }

    /// <summary>Sealed bytes, heads and receipt are durable.</summary>
    /// <param name="Versions">The new head versions, in the order asked, from 1.</param>
    /// <param name="Receipt">Sequence number of the receipt that covers this batch of seals.</param>
    public sealed record Sealed(IReadOnlyList<long> Versions, long Receipt) : SealOutcome;

    /// <summary>Another writer was first; nothing was sealed.</summary>
    /// <param name="Head">The version that is the head now; 0 where there is none.</param>
    public sealed record Conflict(RecordId Id, long Head) : SealOutcome;

    /// <summary>The vault has no key for this lab and project.</summary>
    public sealed record UnknownProject : SealOutcome;
}

/// <summary>Plaintext asked for.</summary>
/// <param name="Act"><see cref="Act.Open"/>, <see cref="Act.Export"/> or <see cref="Act.Send"/>.</param>
/// <param name="Records">1 to <see cref="IVault.MaxRecordsPerAct"/>; a longer act is a run of requests under one <paramref name="ActId"/>.</param>
/// <param name="Assignment">The slot it is opened for, where there is one.</param>
/// <param name="Session">The sign-in session it is opened in, where there is one.</param>
/// <param name="ActId">Ties the receipts of one long act together.</param>
/// <param name="Destination">Where an export or a send goes: the recipient's or model's id, as the caller knows it.</param>
/// <param name="Proof">The person's own signature under it, over <see cref="SignedBytes.Open"/>.</param>
public sealed record OpenRequest(
    LabId Lab,
    ProjectId Project,
    Principal Principal,
    Act Act,
    Purpose Purpose,
    IReadOnlyList<RecordRef> Records,
    Guid? Assignment = null,
    Guid? Session = null,
    Guid? ActId = null,
    Guid? Destination = null,
    Proof? Proof = null);

public abstract record OpenOutcome
{
    private OpenOutcome() { }

    /// <summary>The receipt is durable, and no suspension reached the request before hand-out.</summary>
    /// <param name="Receipt">Sequence number in the lab's ledger.</param>
    /// <param name="Records">In the order asked.</param>
    public sealed record Opened(long Receipt, IReadOnlyList<OpenedRecord> Records) : OpenOutcome;

    /// <summary>Nothing was handed out; the refusal is recorded.</summary>
    /// <param name="Suspension">Why, where <paramref name="Reason"/> is <see cref="RefusalReason.Suspended"/>.</param>
    /// <param name="Budget">Which one, where <paramref name="Reason"/> is <see cref="RefusalReason.FirstReadsSpent"/>.</param>
    /// <param name="FreeAt">When that budget is whole again; null where it never is of itself: a total.</param>
    public sealed record Refused(
        RefusalReason Reason, long Receipt, Suspension? Suspension = null, BudgetKind? Budget = null, DateTimeOffset? FreeAt = null) : OpenOutcome;
}

public readonly record struct OpenedRecord(RecordId Id, long Version, ReadOnlyMemory<byte> Plaintext);

public enum RefusalReason : byte
{
    /// <summary>A suspension covers lab, project, engagement, principal, process or destination.</summary>
    Suspended = 1,

    /// <summary>A budget is used up: the principal's, the engagement's, the process's or the host's.</summary>
    FirstReadsSpent = 2,

    /// <summary>The principal reads again too fast.</summary>
    RereadsSpent = 3,

    /// <summary>No such record in this lab and project.</summary>
    NotFound = 4,

    /// <summary>The sealed bytes are not what was asked for: edited, truncated, swapped or rolled back.</summary>
    NotAsSealed = 5,

    /// <summary>The caller's role does not allow it; decided by the caller, recorded here.</summary>
    NotAllowed = 6,

    /// <summary>No proof where one is needed, or it is wrong, expired, used before, or of another person's key.</summary>
    NotAttested = 7,
}

/// <summary>A request that the caller itself refused, to be recorded.</summary>
/// <param name="Asked">Ids that were asked for, as given, at most <see cref="IVault.MaxRecordsPerAct"/>.</param>
public sealed record RefusalNote(LabId Lab, Principal Principal, RefusalReason Reason, IReadOnlyList<Guid> Asked, Guid? Session = null);

public enum ScopeKind : byte
{
    Lab = 1,
    Project = 2,

    /// <summary>A person at this lab, by pseudonym.</summary>
    Person = 3,

    /// <summary>A vendor's work for the lab: all people of the engagement.</summary>
    Engagement = 4,

    /// <summary>A server process, by the id that its receipts name.</summary>
    Process = 5,

    /// <summary>Exports to one recipient, or with the empty id to any.</summary>
    Export = 6,

    /// <summary>Sends to one model, or with the empty id to any.</summary>
    Model = 7,
}

/// <summary>What a suspension covers.</summary>
/// <param name="Id">The lab, the project, or the person's pseudonym.</param>
public sealed record Scope(ScopeKind Kind, Guid Id);

/// <summary>What people whose work stops are told; never more.</summary>
public enum ReasonClass : byte
{
    SecurityIncident = 1,
    QualityQuestion = 2,
    ContractQuestion = 3,
    PlannedPause = 4,
    Other = 5,
}

/// <param name="Drill">Everything happens but the stop: receipt, acknowledgements, and a count of what would have been refused.</param>
public sealed record SuspendRequest(
    LabId Lab, Scope Scope, ReasonClass Reason, Principal By, DateTimeOffset? Until = null, bool Drill = false);

/// <summary>A suspension in force.</summary>
/// <param name="Receipt">Its own receipt.</param>
/// <param name="LastDisclosure">The last receipt of an open, export or send in its scope before it; null where there was none.</param>
/// <param name="By">Pseudonym of who suspended.</param>
/// <param name="Drill">It stops nothing.</param>
/// <param name="ResumeBy">Pseudonym of the first of two who would lift it; null where nobody has asked.</param>
public sealed record Suspension(
    Guid Id, LabId Lab, Scope Scope, ReasonClass Reason, DateTimeOffset Since, DateTimeOffset? Until, long Receipt, long? LastDisclosure,
    Guid By = default, bool Drill = false, Guid? ResumeBy = null);

/// <param name="InFlight">Receipts in scope whose plaintext a server had been given in the two seconds before, and may still be passing on.</param>
/// <param name="Acknowledged">Vault processes that acknowledged it, this one among them.</param>
/// <param name="Expired">Vault processes that did not, and whose lease has run out.</param>
public sealed record SuspendOutcome(Suspension Suspension, IReadOnlyList<long> InFlight, int Acknowledged, int Expired);

public abstract record ResumeOutcome
{
    private ResumeOutcome() { }

    /// <param name="Receipt">Sequence number.</param>
    public sealed record Resumed(long Receipt) : ResumeOutcome;

    /// <summary>The first of two; disclosures go on once a second person lifts it too.</summary>
    public sealed record SecondPersonNeeded : ResumeOutcome;

    /// <summary>It takes a second person, and this is the first again.</summary>
    public sealed record SamePerson : ResumeOutcome;

    /// <summary>No such suspension is in force.</summary>
    public sealed record NotInForce : ResumeOutcome;

    /// <summary>It takes a signature of an enrolled staff key of this person, and there is none that fits.</summary>
    public sealed record NotSigned : ResumeOutcome;
}

/// <param name="Receipt">Of the suspension.</param>
/// <param name="LastDisclosure">Last in scope before it.</param>
/// <param name="Until">Receipts looked at: up to this one, which is the one before its end, or the newest.</param>
/// <param name="Ended">Receipt of the resumption; null while it is in force, and where its time ran out.</param>
/// <param name="DisclosedAfter">Receipts of disclosures in scope in between: none, or the promise is broken.</param>
/// <param name="WouldHaveRefused">For a drill: disclosures in scope that it would have stopped.</param>
public sealed record SuspensionProof(
    Suspension Suspension, long Receipt, long? LastDisclosure, long Until, long? Ended, IReadOnlyList<long> DisclosedAfter, long WouldHaveRefused);

/// <summary>Receipts asked for, newest first. Null: any.</summary>
/// <param name="Before">Only receipts with a lower sequence number: the last one seen, to page on.</param>
/// <param name="Limit">1 to 1,000.</param>
public sealed record ReceiptQuery(
    LabId Lab,
    ProjectId? Project = null,
    Guid? Principal = null,
    RecordId? Record = null,
    IReadOnlyList<Act>? Acts = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    long? Before = null,
    int Limit = 100,
    Purpose? Purpose = null,
    Guid? Process = null,
    Guid? Engagement = null);

/// <summary>A receipt as kept: its facts for reading, and the canonical bytes that the ledger commits to.</summary>
/// <param name="Sequence">From 0, without gaps, per lab; equals the leaf index.</param>
/// <param name="What">Canonical bytes of lab, project, records, purpose, process.</param>
/// <param name="Who">Canonical bytes of principal, session, assignment.</param>
/// <param name="Salt">32 bytes; opens the commitments of this receipt and of no other. Empty where its person was erased: nothing opens them any more.</param>
/// <param name="Leaf">Canonical leaf bytes: sequence, time and act in clear, commitments to the rest.</param>
/// <param name="Fits">
/// The leaf commits to exactly this. False: the receipt was edited in the store, or its person was erased (then the salt
/// is empty), and what it says here counts for nothing. Whether the leaf is in the log, a proof shows.
/// </param>
/// <param name="Proof">The principal's own signature; null: the server's word.</param>
public sealed record ReceiptEntry(
    long Sequence,
    DateTimeOffset Time,
    Act Act,
    ProjectId Project,
    Principal Principal,
    Purpose Purpose,
    IReadOnlyList<ReceiptRecord> Records,
    Guid? Assignment,
    Guid? Session,
    RefusalReason? Refusal,
    Guid Process,
    Guid? Destination,
    ReadOnlyMemory<byte> What,
    ReadOnlyMemory<byte> Who,
    ReadOnlyMemory<byte> Salt,
    ReadOnlyMemory<byte> Leaf,
    bool Fits,
    Proof? Proof = null);

/// <param name="ContentId">SHA-256 of the sealed body.</param>
/// <param name="Bytes">Plaintext length.</param>
/// <param name="Again">This principal had been handed this version before.</param>
public sealed record ReceiptRecord(RecordKind Kind, RecordId Id, long Version, ReadOnlyMemory<byte> ContentId, long Bytes, bool Again);

/// <param name="Size">Number of receipts.</param>
/// <param name="Root">RFC 6962 root hash over their leaves, 32 bytes.</param>
public sealed record LedgerHead(long Size, ReadOnlyMemory<byte> Root);

/// <param name="Unseals">Successful decryptions of records since the vault process started, counted at the AEAD call.</param>
public sealed record VaultFigures(long Unseals);

/// <summary>A server process that asks a vault.</summary>
/// <param name="Build">What was built: version and commit.</param>
/// <param name="WebBundle">SHA-256 of the web bundle that it serves, in hex; null where it serves none.</param>
/// <param name="Host">Name of the machine, 1 to 100 characters.</param>
public sealed record CallerProcess(string Build, string? WebBundle, string Host);

/// <param name="Process">Id of the server process, new at every start, as its receipts name it.</param>
/// <param name="Vault">Id of the vault process; the same where both are one.</param>
/// <param name="OwnProcess">The vault is a process of its own.</param>
/// <param name="EvaluationMode">The root keys lie in files, for all that is known on the disk of the data.</param>
public sealed record VaultIdentity(Guid Process, Guid Vault, bool OwnProcess, bool EvaluationMode);

/// <summary>The vault or what it stands on is not there or not fit. Nothing was handed out or sealed.</summary>
/// <param name="trouble">What kind of thing is wrong.</param>
/// <param name="message">What is wrong and what a person can do about it; nothing confidential.</param>
public class VaultUnavailableException(VaultTrouble trouble, string message, Exception? inner = null) : Exception(message, inner)
{
    public VaultTrouble Trouble { get; } = trouble;
}

public enum VaultTrouble : byte
{
    /// <summary>Its store failed, or another vault process has it.</summary>
    Store = 1,

    /// <summary>The custodian cannot use the lab's root key, or is out of reach.</summary>
    Custodian = 2,

    /// <summary>The vault's process is not there.</summary>
    Connection = 3,

    /// <summary>The ledger is behind, or other than, what a witness or the published log knows.</summary>
    Ledger = 4,
}
