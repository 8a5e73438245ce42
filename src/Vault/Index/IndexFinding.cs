namespace Cofferdam.Vault.Index;

/// <summary>One thing in which index and columns differ from the receipts.</summary>
internal abstract record IndexFinding
{
    private IndexFinding() { }

    /// <summary>A receipt does not fit its leaf, or its columns say something else than its parts.</summary>
    public sealed record Unfit(long Sequence) : IndexFinding;

    /// <summary>The index lacks something that this receipt names: a search for it would not have found it.</summary>
    public sealed record Missing(long Sequence) : IndexFinding;

    /// <summary>The index has the wrong times for a block of receipts.</summary>
    public sealed record WrongTimes(long Block) : IndexFinding;

    /// <summary>The index has rows that no receipt accounts for.</summary>
    public sealed record Surplus(long Rows) : IndexFinding;

    /// <summary>The index says it reaches further than there are receipts.</summary>
    public sealed record Ahead(long Indexed, long Receipts) : IndexFinding;
}
