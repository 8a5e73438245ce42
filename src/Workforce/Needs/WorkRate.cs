using Cofferdam.Federation.Events;

namespace Cofferdam.Workforce.Needs;

/// <summary>What an expert is paid for one kind of work, in minor units of the currency named beside it.</summary>
/// <param name="Each">For one piece, 0 to 1,000,000,000.</param>
/// <param name="Hour">For 3,600 counted seconds, 0 to 1,000,000,000.</param>
public sealed record WorkRate(WorkKind Kind, long Each, long Hour)
{
    private const long Most = 1_000_000_000;

    /// <summary>A rate for each kind, and none that is nothing: whatever a lab has people do is paid.</summary>
    public static Fault? FaultOf(IReadOnlyList<WorkRate> rates) =>
        rates.Any(rate => rate is null || !Enum.IsDefined(rate.Kind) || rate.Each is < 0 or > Most || rate.Hour is < 0 or > Most)
            ? new Fault("A rate is from 0 to 1,000,000,000 minor units.", "rates")
            : Enum.GetValues<WorkKind>().Any(kind => rates.Count(rate => rate.Kind == kind && rate.Each + rate.Hour > 0) != 1) || rates.Count != Enum.GetValues<WorkKind>().Length
                ? new Fault("Name a rate for each kind of work: tasks, reading, qualification, questions, rework and review are all paid.", "rates")
                : null;
}
