using System.Text.Json;
using Cofferdam.Federation.Statements;
using Cofferdam.Workforce.Engagements;

namespace Cofferdam.Workforce.Placements;

/// <summary>What the vendor has seen of an expert, as far as a placement goes by it.</summary>
/// <param name="TrainedUntil">The last day on which everything the expert was trained in is in date; null: nothing was.</param>
/// <param name="Conflict">The expert works, or lately worked, for a rival of the lab in question.</param>
/// <param name="Left">The expert is no longer with the vendor.</param>
public sealed record Standing(
    IReadOnlyList<StatedSkill> Skills, IReadOnlyList<StatedQualification> Qualifications, IReadOnlyList<StatedAgreement> Agreements, DateOnly? TrainedUntil,
    bool Conflict, bool Left);

/// <summary>Where the expert stands: kept by the rooms that vet them.</summary>
public interface IExpertStandings
{
    /// <param name="node">The lab's node, whose rivals count.</param>
    /// <returns>One for each expert.</returns>
    Task<IReadOnlyDictionary<Guid, Standing>> OfAsync(IReadOnlyCollection<Guid> experts, Guid node, CancellationToken cancellation);

    /// <summary>Notes that experts have just worked for a lab, for the rule about rivals. Runs in the caller's transaction.</summary>
    Task WorkedAsync(IReadOnlyCollection<Guid> experts, Guid node, DateTimeOffset at, CancellationToken cancellation);
}

/// <summary>Whether somebody may be on an engagement. The same rule when they are placed and each time the vendor gives its word for them.</summary>
internal static class Gate
{
    /// <returns>What is not in order, as stable codes that the expert reads too: <c>agreement:{code}</c>, <c>training</c>, <c>conflict</c>, <c>left</c>.</returns>
    public static IReadOnlyList<string> Missing(Standing standing, TermsRevision terms, DateOnly today)
    {
        List<string> missing = [];
        foreach (var asked in JsonSerializer.Deserialize(terms.Agreements, WorkforceText.Default.IReadOnlyListRequiredAgreement)!)
        {
            if (!standing.Agreements.Any(signed => signed.Code == asked.Code && signed.Version >= asked.Version))
                missing.Add($"agreement:{asked.Code}");
        }

        if (terms.Training && !(standing.TrainedUntil >= today))
            missing.Add("training");
        if (standing.Conflict)
            missing.Add("conflict");
        if (standing.Left)
            missing.Add("left");
        return missing;
    }
}
