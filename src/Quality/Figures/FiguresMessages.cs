using Cofferdam.Work.Acceptances;
using Cofferdam.Work.Batches;

namespace Cofferdam.Quality.Figures;

/// <summary>Answers wanted, by state; those to items with a known answer are left out.</summary>
/// <param name="Items">Items of the project that can be worked on or already are.</param>
public sealed record ProgressFigures(
    long Items, long Open, long Leased, long Submitted, long Accepted, long Returned, long Escalated, long Cancelled);

/// <param name="Day">UTC.</param>
/// <param name="Submitted">Answers handed in, those given again after a return too.</param>
/// <param name="Accepted">Decisions to accept.</param>
public sealed record DayFigures(DateOnly Day, long Submitted, long Accepted);

/// <param name="Currency">ISO 4217, such as <c>EUR</c>.</param>
/// <param name="Spent">In minor units, such as cents: prices of the answers that are accepted now.</param>
/// <param name="AcceptedItems">Items all of whose answers are accepted, in batches with a price.</param>
/// <param name="PerAcceptedItem">In minor units; null before the first accepted item.</param>
public sealed record CostFigures(string Currency, long Spent, long AcceptedItems, double? PerAcceptedItem);

/// <param name="Value">Share of pairs of answers to the same item that are equal; with a Wilson 95 % interval.</param>
/// <param name="Items">Items with two answers or more.</param>
public sealed record AgreementFigures(double Value, double Low, double High, long Items)
{
    internal static AgreementFigures? Of(Agreement? agreement) =>
        agreement?.Estimate is { } estimate ? new AgreementFigures(estimate.Value, estimate.Low, estimate.High, agreement.Items) : null;
}

/// <param name="Spent">In minor units of <paramref name="Currency"/>; null without a price.</param>
/// <param name="Acceptance">How its last round of acceptance stands; null where none was drawn.</param>
public sealed record BatchFigures(
    Guid Id, string Code, BatchState State, long Items, int Overlap, DateTimeOffset? Deadline,
    long Open, long Leased, long Submitted, long Accepted, long Returned, long Escalated, long Cancelled,
    long? Spent, string? Currency, AgreementFigures? Agreement, AcceptanceState? Acceptance);

/// <param name="Right">Answers that were as they should be, of those to items with a known answer; with a Wilson 95 % interval.</param>
public sealed record GoldFigures(long Right, long Of, double Low, double High)
{
    internal static GoldFigures? From(long right, long of) => Wilson.Of(right, of) is { } estimate ? new GoldFigures(right, of, estimate.Low, estimate.High) : null;
}

/// <param name="Accepted">Decisions to accept, of all on this person's answers but those an appeal overturned; with a Wilson 95 % interval.</param>
public sealed record ReviewFigures(long Accepted, long Of, double Low, double High)
{
    internal static ReviewFigures? From(long accepted, long of) => Wilson.Of(accepted, of) is { } estimate ? new ReviewFigures(accepted, of, estimate.Low, estimate.High) : null;
}

/// <param name="Median">Seconds counted on a task, of the newest 200: half took less.</param>
public sealed record SecondsFigures(double Median);

/// <summary>One person, by pseudonym.</summary>
/// <param name="Submitted">Answers handed in, those given again after a return too; those to items with a known answer apart.</param>
/// <param name="Accepted">Tasks accepted as they stand now.</param>
/// <param name="Returned">Tasks given back that wait for this person.</param>
public sealed record PersonFigures(
    Guid Pseudonym, long Submitted, long Accepted, long Returned, GoldFigures? Gold, ReviewFigures? Review, SecondsFigures? Seconds);

public enum StuckReason
{
    /// <summary>No member has the skills and languages that the batch asks for.</summary>
    NobodyQualified,

    /// <summary>The batch wants more answers per item than there are members who may give one.</summary>
    TooFewPeople,
}

/// <summary>A batch whose open work nobody can take.</summary>
public sealed record StuckBatch(Guid Batch, string Code, long Open, StuckReason Reason);

/// <param name="AsOf">When these were counted: at most a few seconds ago in a small project, longer in a very large one.</param>
/// <param name="Throughput">Days on which something happened, in order.</param>
/// <param name="Cost">Null without prices, and where batches are paid in different currencies: see each batch.</param>
public sealed record FiguresView(
    DateTimeOffset AsOf, ProgressFigures Progress, IReadOnlyList<DayFigures> Throughput, CostFigures? Cost, Forecast Forecast, AgreementFigures? Agreement,
    IReadOnlyList<BatchFigures> Batches, IReadOnlyList<PersonFigures> People, IReadOnlyList<StuckBatch> Stuck);
