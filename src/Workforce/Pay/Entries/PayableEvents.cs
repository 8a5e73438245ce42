using Cofferdam.Federation.Events;
using Cofferdam.Workforce.Pay.Rates;

namespace Cofferdam.Workforce.Pay.Entries;

/// <summary>What a lab's work events mean for pay.</summary>
public static class PayableEvents
{
    /// <summary>The payable parts of an event: none, one, or for a day's total one for each of its counts.</summary>
    /// <param name="engagement">Whose event it is.</param>
    /// <param name="expert">Whom its subject stands for.</param>
    public static IEnumerable<PayableEvent> Of(WorkEvent happened, Guid engagement, Guid expert)
    {
        ArgumentNullException.ThrowIfNull(happened);
        var data = happened.Data;
        if (happened.Type is WorkEventTypes.DayTotal)
        {
            return (data?.Totals ?? []).Select((count, part) => new PayableEvent(
                engagement, happened.Sequence, expert, happened.Id, StepOf(count.Type), KindOf(count.Type, count.Kind), count.Seconds, happened.Time, part, count.Count, WholeDay: true))
                // That tasks were taken freezes nothing here: a total does not say which.
                .Where(one => one.Step is WorkStep.Done or WorkStep.Left);
        }

        // What is done without being taken (a reading, a question) may have no id of its own at the lab.
        return StepOf(happened.Type) is var step and not WorkStep.None
            ? [new PayableEvent(engagement, happened.Sequence, expert, data?.Assignment ?? happened.Id, step, KindOf(happened.Type, data?.Kind), data?.Seconds ?? 0, happened.Time)]
            : [];
    }

    private static WorkStep StepOf(string type) => type switch
    {
        WorkEventTypes.AssignmentStarted => WorkStep.Taken,
        WorkEventTypes.AssignmentSubmitted or WorkEventTypes.ReadingDone or WorkEventTypes.QuestionAsked => WorkStep.Done,
        WorkEventTypes.AssignmentExpired or WorkEventTypes.AssignmentSkipped => WorkStep.Left,
        _ => WorkStep.None,
    };

    private static PaidKind KindOf(string type, WorkKind? kind) => (type, kind) switch
    {
        (WorkEventTypes.ReadingDone, _) or (_, WorkKind.Reading) => PaidKind.Reading,
        (WorkEventTypes.QuestionAsked, _) or (_, WorkKind.Question) => PaidKind.Question,
        (_, WorkKind.Qualification) => PaidKind.Qualification,
        (_, WorkKind.Rework) => PaidKind.Rework,
        (_, WorkKind.Review) => PaidKind.Review,
        _ => PaidKind.Task,
    };
}
