namespace Cofferdam.Work.Guidelines;

public enum Change : byte
{
    Added = 1,
    Removed = 2,
    Changed = 3,
    Same = 4,
}

/// <summary>What became of one section between two versions.</summary>
/// <param name="Before">Null where it was added.</param>
/// <param name="After">Null where it was removed.</param>
public sealed record SectionChange(string Key, Change Change, Section? Before, Section? After);

/// <param name="Sections">In the order of the later version; those that were removed come last.</param>
public sealed record GuidelineChangesView(IReadOnlyList<SectionChange> Sections);

internal static class GuidelineChanges
{
    public static List<SectionChange> Between(IReadOnlyCollection<Section> before, IReadOnlyCollection<Section> after)
    {
        var old = before.ToDictionary(section => section.Key, StringComparer.Ordinal);
        var kept = after.Select(section => section.Key).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. after.Select(section => old.TryGetValue(section.Key, out var was)
                ? new SectionChange(section.Key, section.Says(was) ? Change.Same : Change.Changed, was, section)
                : new SectionChange(section.Key, Change.Added, null, section)),
            .. before.Where(section => !kept.Contains(section.Key)).Select(section => new SectionChange(section.Key, Change.Removed, section, null)),
        ];
    }
}
