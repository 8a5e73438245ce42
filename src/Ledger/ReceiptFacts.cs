namespace Cofferdam.Ledger;

/// <summary>What a receipt says, apart from the sequence number, time and act that its leaf holds in clear.</summary>
/// <remarks>
/// Fields that are null, or ids that are empty where that is said, are left out of the canonical bytes. Text is short
/// names of the program's own (kinds, purposes, reasons), never anything that a person typed.
/// </remarks>
public sealed record ReceiptFacts
{
    /// <summary>The lab whose ledger it stands in.</summary>
    public required Guid Lab { get; init; }

    /// <summary>The project; empty where the act is on the lab or the vault itself.</summary>
    public Guid Project { get; init; }

    /// <summary>Why plaintext was asked for, for example <c>task</c>; null where nothing was.</summary>
    public string? Purpose { get; init; }

    /// <summary>The records handed out, sealed or removed; at most <see cref="Receipt.MaxRecords"/>.</summary>
    public IReadOnlyList<ReceiptLine> Records { get; init; } = [];

    /// <summary>Ties the receipts of one long act together.</summary>
    public Guid? ActId { get; init; }

    /// <summary>The server process that asked.</summary>
    public required Guid Process { get; init; }

    /// <summary>Build that the process runs, for example <c>0.1.0+3f2c1ab</c>.</summary>
    public required string Build { get; init; }

    /// <summary>SHA-256 of the web bundle that the process serves, in hex; null where it serves none.</summary>
    public string? WebBundle { get; init; }

    /// <summary>The node ran in evaluation mode: its root keys lie in files, for all that is known on the disk of the data.</summary>
    public required bool Evaluation { get; init; }

    /// <summary>The epoch that the act was judged by: the store's, when what this lab may disclose was last changed.</summary>
    public required long Epoch { get; init; }

    /// <summary>Weight that the person may still be shown for the first time this hour, after this act.</summary>
    public long? BudgetAfter { get; init; }

    /// <summary>Why the act was refused, for example <c>suspended</c>.</summary>
    public string? Refusal { get; init; }

    /// <summary>Ids that were asked for and refused, as given; at most <see cref="Receipt.MaxRecords"/>.</summary>
    public IReadOnlyList<Guid> Asked { get; init; } = [];

    /// <summary>Root over a batch of seals that is too long to list, 32 bytes; empty where the batch is listed.</summary>
    public ReadOnlyMemory<byte> SealRoot { get; init; }

    /// <summary>Number of records under <see cref="SealRoot"/>.</summary>
    public long? SealCount { get; init; }

    /// <summary>Sequence number of the open that was not handed out after all, which this refusal withdraws.</summary>
    public long? Withdraws { get; init; }

    /// <summary>The suspension made, lifted, or met.</summary>
    public SuspensionFacts? Suspension { get; init; }

    /// <summary>Where an export or a send went, by the id that the lab knows it by.</summary>
    public Guid? Destination { get; init; }

    /// <summary>The vault process that acted, where it is another than <see cref="Process"/>.</summary>
    public Guid? Vault { get; init; }

    /// <summary>SHA-256 of the policy (weights and limits) that it was judged by, 32 bytes; empty where none was set.</summary>
    public ReadOnlyMemory<byte> Policy { get; init; }

    /// <summary>What the first reads of this act weigh.</summary>
    public long? Cost { get; init; }

    /// <summary>What else there is to say of an act on the vault itself, by name in ordinal order, such as <c>custodian</c> or <c>checkpoint</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Particulars { get; init; } = [];

    /// <summary>Person or service.</summary>
    public required string PrincipalKind { get; init; }

    /// <summary>The principal's name in this lab and in no other; empty for the vault and the node's own services.</summary>
    public required Guid Pseudonym { get; init; }

    /// <summary><c>asserted</c>: the server's word. <c>attested</c>: signed by the principal.</summary>
    public string Proof { get; init; } = "asserted";

    /// <summary>The slot that it was opened for.</summary>
    public Guid? Assignment { get; init; }

    /// <summary>The sign-in session.</summary>
    public Guid? Session { get; init; }

    /// <summary>The engagement of a vendor's that the person works under.</summary>
    public Guid? Engagement { get; init; }

    /// <summary>The enrolled browser key that the principal signed with; null where the proof is asserted.</summary>
    public Guid? Key { get; init; }

    /// <summary>The nonce that was signed, 32 bytes; empty where the proof is asserted.</summary>
    public ReadOnlyMemory<byte> Nonce { get; init; }

    /// <summary>ECDSA P-256 with SHA-256, r ‖ s, 64 bytes, over what docs/formats/attestation.md says; empty where the proof is asserted.</summary>
    public ReadOnlyMemory<byte> Signature { get; init; }
}

/// <summary>One record in a receipt.</summary>
/// <param name="Kind">Name of its kind, for example <c>item</c>.</param>
/// <param name="Version">From 1.</param>
/// <param name="ContentId">SHA-256 of the sealed body; empty where nothing was read, as in a removal.</param>
/// <param name="Bytes">Plaintext length.</param>
/// <param name="Again">The principal had been handed this version before.</param>
public sealed record ReceiptLine(string Kind, Guid Id, long Version, ReadOnlyMemory<byte> ContentId, long Bytes, bool Again);

/// <summary>A suspension as its receipts tell it.</summary>
/// <param name="Scope">What it covers: <c>lab</c>, <c>project</c>, <c>person</c>, <c>engagement</c>, <c>process</c>, <c>export</c> or <c>model</c>.</param>
/// <param name="ScopeId">Which one.</param>
/// <param name="Reason">Class of the reason, for example <c>plannedPause</c>.</param>
/// <param name="LastDisclosure">Sequence number of the last disclosure in its scope before it; null where there was none.</param>
/// <param name="Drill">It stops nothing.</param>
public sealed record SuspensionFacts(
    Guid Id, string Scope, Guid ScopeId, string Reason, DateTimeOffset? Until, long? LastDisclosure, bool Drill = false);
