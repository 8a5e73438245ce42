namespace Cofferdam.Vault.Wire;

/// <summary>What a request asks for: the methods of <see cref="Contract.IVault"/>. Numbers are the wire's; never used again for another.</summary>
internal enum Verb : byte
{
    /// <summary>First on every connection, and never again.</summary>
    Hello = 1,

    Figures = 10,
    CreateLab = 11,
    CreateProject = 12,
    Seal = 13,
    Open = 14,
    RecordRefusal = 15,
    Remove = 16,
    List = 17,
    Fingerprint = 18,

    Suspend = 30,
    Resume = 31,
    Suspensions = 32,
    SuspensionProof = 33,

    Receipts = 40,
    Receipt = 41,
    Ledger = 42,
    Head = 43,
    Log = 44,
    LogFile = 45,
    Proof = 46,
    Consistency = 47,
    RebuildIndex = 48,

    Keys = 60,
    Rotate = 61,
    ChangeCustodian = 62,
    Reseal = 63,
    MakeRecoveryKey = 64,

    Policy = 70,
    SetPolicy = 71,
    Budgets = 72,
    Shares = 73,

    Propose = 80,
    Approve = 81,
    Withdraw = 82,
    Proposals = 83,

    Nonces = 90,
    SetTerms = 91,
    Vouch = 92,
    WithdrawPerson = 93,
    RevokeKey = 94,
    EnrolledKeys = 95,
    EnrolStaffKey = 96,
}

/// <summary>What an answer is. Numbers are the wire's.</summary>
internal enum AnswerKind : byte
{
    /// <summary>Answered; the last frame of this answer.</summary>
    Done = 1,

    /// <summary>Attachments of an answer that is larger than a frame; more follow.</summary>
    Part = 2,

    /// <summary><see cref="Contract.VaultUnavailableException"/>.</summary>
    Unavailable = 3,

    /// <summary>The caller broke a limit that the contract states.</summary>
    Argument = 4,

    /// <summary>The lab or project asked about is not there.</summary>
    OutOfTurn = 5,
}
