namespace Cofferdam.Vault.Contract;

public enum PrincipalKind : byte
{
    Person = 1,

    /// <summary>A part of the program that acts on nobody's behalf, such as the check of an answer against its form.</summary>
    Service = 2,
}

/// <summary>Whom plaintext is handed to.</summary>
/// <param name="Kind">Person or service.</param>
/// <param name="Pseudonym">Different for each lab; the only name that a receipt holds.</param>
/// <param name="Engagement">The engagement of a vendor's that the person works under; null for the lab's own people and for services.</param>
public sealed record Principal(PrincipalKind Kind, Guid Pseudonym, Guid? Engagement = null)
{
    /// <summary>The node's own services.</summary>
    public static Principal Service { get; } = new(PrincipalKind.Service, Guid.Empty);

    public static Principal Person(Guid pseudonym, Guid? engagement = null) => new(PrincipalKind.Person, pseudonym, engagement);
}

/// <summary>What a receipt is of.</summary>
public enum Act : byte
{
    /// <summary>Plaintext handed to a principal.</summary>
    Open = 1,

    /// <summary>A request that was refused.</summary>
    Refuse = 2,

    /// <summary>Plaintext handed out into a delivery.</summary>
    Export = 3,

    /// <summary>A batch of records sealed.</summary>
    Seal = 4,

    /// <summary>Sealed records removed.</summary>
    Remove = 5,
    Suspend = 6,
    Resume = 7,

    /// <summary>A lab or project got its key.</summary>
    CreateKey = 8,

    /// <summary>A vault process took up this ledger.</summary>
    Start = 9,

    /// <summary>A vault process laid this ledger down in good order.</summary>
    Stop = 10,

    /// <summary>Plaintext sent to a language model.</summary>
    Send = 11,

    /// <summary>Root and lab key made anew and everything rewrapped.</summary>
    Rotate = 12,

    /// <summary>The lab's root key handed to another custodian.</summary>
    ChangeCustodian = 13,

    /// <summary>Records re-encrypted under a new project key.</summary>
    Reseal = 14,

    /// <summary>Keys destroyed: of a project, of the lab, or of a person's salts.</summary>
    Shred = 15,

    /// <summary>A recovery key made, or used.</summary>
    Recovery = 16,

    /// <summary>Weights and limits changed.</summary>
    Policy = 17,

    /// <summary>An act that takes two people was proposed.</summary>
    Propose = 18,
    Approve = 19,
    Withdraw = 20,

    /// <summary>A new log begins where leaves of the one before were lost.</summary>
    NewLog = 21,

    /// <summary>What a vendor may vouch for at an engagement was set.</summary>
    Terms = 22,

    /// <summary>A vendor's statement on a person was taken, or the person withdrawn.</summary>
    Vouch = 23,

    /// <summary>A browser key was enrolled.</summary>
    Enrol = 24,

    /// <summary>A browser key was revoked.</summary>
    Revoke = 25,
}

/// <summary>Why plaintext is asked for.</summary>
public enum Purpose : byte
{
    /// <summary>Nothing is opened: sealing, suspension and the vault's own acts.</summary>
    None = 0,

    /// <summary>An annotator works on a task.</summary>
    Task = 1,
    Review = 2,

    /// <summary>Lab staff look after a project.</summary>
    Manage = 3,
    Deliver = 4,

    /// <summary>The server checks an answer against its form.</summary>
    Validate = 5,
    SignIn = 6,

    /// <summary>A search through a project's items that somebody asked for.</summary>
    Search = 7,

    /// <summary>Answers are counted for figures that somebody asked for.</summary>
    Figures = 8,

    /// <summary>A batch is judged on a sample of its answers.</summary>
    Acceptance = 9,

    /// <summary>An appeal is decided.</summary>
    Appeal = 10,

    /// <summary>An answer is compared with the known one.</summary>
    Gold = 11,

    /// <summary>Vendor node: a need is compared with people.</summary>
    Match = 12,

    /// <summary>Vendor node: somebody is vetted.</summary>
    Vet = 13,

    /// <summary>Vendor node: somebody is paid.</summary>
    Pay = 14,

    /// <summary>Vendor node: a person looks at what is held about them.</summary>
    OwnData = 15,

    /// <summary>A message between nodes is written or read.</summary>
    Federation = 16,
}
