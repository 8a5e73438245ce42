namespace Cofferdam.Vault.Contract;

/// <summary>A lab, whose assets are sealed under its own root key and receipted in its own ledger.</summary>
public readonly record struct LabId(Guid Value)
{
    /// <summary>The node itself, whose own secrets (sign-in keys, TOTP secrets) are sealed like a lab's assets.</summary>
    public static LabId Node { get; } = new(Guid.Empty);

    public override string ToString() => Value.ToString();
}

/// <summary>A project of a lab; the unit of key and of suspension.</summary>
public readonly record struct ProjectId(Guid Value)
{
    /// <summary>Records that belong to the lab and to no project.</summary>
    public static ProjectId None { get; } = new(Guid.Empty);

    public static ProjectId New() => new(Guid.CreateVersion7());

    public override string ToString() => Value.ToString();
}

/// <summary>A sealed record. UUID version 7, so that records made together lie together in the store.</summary>
public readonly record struct RecordId(Guid Value)
{
    public static RecordId New() => new(Guid.CreateVersion7());

    public override string ToString() => Value.ToString();
}

/// <summary>What a sealed record is. Bound into its encryption: a record opens only as what it is.</summary>
public enum RecordKind : byte
{
    /// <summary>Name and description of a project.</summary>
    Project = 1,

    /// <summary>The guidelines while they are edited, all sections in one record.</summary>
    GuidelineDraft = 2,

    /// <summary>One section of published guidelines; never changed once sealed.</summary>
    GuidelineSection = 3,

    /// <summary>One version of a form; never changed once sealed.</summary>
    Form = 4,
    Item = 5,
    Answer = 6,

    /// <summary>What an annotator has typed so far. Only its head is kept.</summary>
    Draft = 7,

    /// <summary>A reviewer's words, a reason for a skip, an annotator's report on an item.</summary>
    Reason = 8,

    /// <summary>File name, mapping and bad rows of an import.</summary>
    Import = 9,

    /// <summary>Name of a batch.</summary>
    Batch = 10,

    /// <summary>Key of the file that holds a delivery's package.</summary>
    Delivery = 11,

    /// <summary>A secret of the node: a TOTP secret, a data-protection key, the delivery signing key.</summary>
    Secret = 12,

    /// <summary>The right answers to an item whose answer is known, and why.</summary>
    Gold = 13,

    /// <summary>Key, type and name of an image file.</summary>
    Image = 14,

    /// <summary>What a search looked for, and what it found.</summary>
    Search = 15,

    /// <summary>A question that somebody asked from inside a task, and its answer.</summary>
    AskedQuestion = 16,

    /// <summary>An e-mail address to which notices go.</summary>
    Address = 17,

    /// <summary>Which answers of a batch were drawn to judge it on.</summary>
    Sample = 20,

    /// <summary>What was counted from answers that were opened for it.</summary>
    Figures = 21,

    /// <summary>Vendor node: what somebody says of themselves.</summary>
    Profile = 22,

    /// <summary>Vendor node: transcript and judgement of an interview.</summary>
    Interview = 23,

    /// <summary>Vendor node: an agreement as it was signed.</summary>
    Agreement = 24,

    /// <summary>Vendor node: where somebody's money goes.</summary>
    PayDetails = 25,

    /// <summary>Vendor node: outcome of an outside check.</summary>
    Check = 26,

    /// <summary>Terms of an engagement that are not for everybody.</summary>
    Engagement = 27,

    /// <summary>What a lab tells a vendor of a project.</summary>
    Brief = 28,
}
