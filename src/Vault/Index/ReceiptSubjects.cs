namespace Cofferdam.Vault.Index;

/// <summary>What a receipt is found by in the index, apart from its own columns.</summary>
internal static class ReceiptSubjects
{
    /// <summary>Stands for a receipt that does not fit its leaf: what it names is not to be believed, so every search shows it.</summary>
    public static Guid Unfit => Guid.Empty;

    /// <summary>Records handed out or asked for, the process, the engagement; each once.</summary>
    public static IReadOnlySet<Guid> Of(ReadReceipt read)
    {
        HashSet<Guid> subjects = [];
        if (read.Fit == ReceiptFit.Wrong)
            subjects.Add(Unfit);
        if (read.Facts is not { } facts)
            return subjects;

        foreach (var line in facts.Records)
            subjects.Add(line.Id);
        foreach (var asked in facts.Asked)
            subjects.Add(asked);
        subjects.Add(facts.Process);
        if (facts.Engagement is { } engagement)
            subjects.Add(engagement);
        return subjects;
    }
}
