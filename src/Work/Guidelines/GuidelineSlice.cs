using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Forms;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.Guidelines;

/// <summary>The sections of one version of guidelines that apply to some questions; never changes.</summary>
internal sealed class GuidelineSlice
{
    private static readonly HashSet<string> NoFacets = [];

    private readonly IReadOnlyList<GuidelineSection> sections;
    private readonly RecordRef[][] untagged;

    private GuidelineSlice(IReadOnlyList<GuidelineSection> sections)
    {
        this.sections = sections;
        IsTagged = sections.Any(section => section.Tags.Length > 0);
        untagged = [.. Enum.GetValues<Audience>().Select(audience => For(audience, NoFacets))];
    }

    /// <summary>Which sections apply depends on the item.</summary>
    public bool IsTagged { get; }

    /// <param name="asked">Marks of the questions (see <see cref="QuestionMarks"/>).</param>
    public static async Task<GuidelineSlice> LoadAsync(AppDb db, ProjectId project, int version, string asked, CancellationToken cancellation)
    {
        var all = await db.GuidelineSections.AsNoTracking()
            .Where(section => section.Project == project.Value && section.Version == version)
            .OrderBy(section => section.Ordinal).ToListAsync(cancellation);
        return new GuidelineSlice([.. all.Where(section => QuestionMarks.Apply(section.Questions, asked))]);
    }

    /// <summary>Records of the sections for every item, in order.</summary>
    public RecordRef[] For(Audience audience) => untagged[(int)audience];

    /// <summary>Records of the sections for an item with these facets, in order.</summary>
    /// <param name="facets">Each as <c>facet=value</c>.</param>
    public RecordRef[] For(Audience audience, IReadOnlySet<string> facets) =>
    [
        .. sections
            .Where(section => Section.MayGet(audience, section.Sensitivity)
                && (section.Tags.Length == 0 || section.Tags.Split(GuidelineSection.BetweenTags).Any(facets.Contains)))
            .Select(section => new RecordRef(RecordKind.GuidelineSection, new RecordId(section.Record))),
    ];
}
