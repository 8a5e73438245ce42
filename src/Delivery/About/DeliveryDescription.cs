using Cofferdam.Delivery.Shapes;

namespace Cofferdam.Delivery.About;

/// <summary>What a delivery says about itself, taken from the project and the making.</summary>
/// <param name="Lab">The lab's short name.</param>
/// <param name="Description">The project's.</param>
internal sealed record DeliveryDescription(
    string Lab, string Name, string Description, DeliveryRow Row, Shape Shape, DateTimeOffset Created,
    IReadOnlyCollection<int> GuidelineVersions, IReadOnlyCollection<int> FormVersions, bool Restricted, bool Evaluation, DeliveryFiles Files)
{
    public QualityReport Quality { get; } = Files.Quality.Report();

    public string Aggregation => Shape.KeepsAllAnswers ? "none: every accepted answer stands in the row of its item"
        : Row.Votes == DeliveryVotes.All ? "none: each accepted answer makes rows of its own"
        : Votes.Majority.InWords;

    /// <summary>Suggestions that came with the items were shown to the people who answered.</summary>
    public bool HadSuggestions => Quality.Suggestions.Kept + Quality.Suggestions.Changed > 0;
}
