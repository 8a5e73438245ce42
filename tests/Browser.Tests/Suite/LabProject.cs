namespace Cofferdam.Browser.Tests.Suite;

/// <param name="Code">What experts see of its name.</param>
/// <param name="Staff">As the lab's owner looks after it.</param>
public sealed record LabProject(string Lab, Guid Id, string Code, ProjectClient Staff)
{
    /// <summary>Where an expert works on it.</summary>
    public string Work => $"/labs/{Lab}/work/{Id}";

    public string Review => $"/labs/{Lab}/review/{Id}";

    public string Studio(string tab) => $"/labs/{Lab}/studio/{Id}/{tab}";

    /// <summary>Does one task over the API.</summary>
    /// <param name="answers">What is answered to it.</param>
    /// <returns>The task that was done.</returns>
    public async Task<AnnotationTask> SubmitAsync(Insider expert, Func<AnnotationTask, Dictionary<string, QuestionAnswer>> answers)
    {
        var work = expert.Lab.Work(Id);
        (await work.AcknowledgeGuidelinesAsync(1)).OrThrow();
        var task = (await work.NextAsync()).OrThrow();
        (await work.SubmitAsync(task.Slot, new SubmitBody(Guid.NewGuid(), answers(task), Seconds: 40))).OrThrow();
        return task;
    }

    /// <summary>Does tasks over the API, for walks that look at what comes after.</summary>
    public async Task AnswerAsync(Insider expert, int tasks, string rationale = "It answers what was asked.")
    {
        var work = expert.Lab.Work(Id);
        (await work.AcknowledgeGuidelinesAsync(1)).OrThrow();
        for (var done = 0; done < tasks; done++)
        {
            var task = (await work.NextAsync()).OrThrow();
            var answers = new Dictionary<string, QuestionAnswer>(StringComparer.Ordinal)
            {
                ["preference"] = new(Choice: done % 3 - 1),
                ["rationale"] = new(Text: rationale),
            };
            (await work.SubmitAsync(task.Slot, new SubmitBody(Guid.NewGuid(), answers, Seconds: 40))).OrThrow();
        }
    }

    /// <summary>Accepts answers over the API.</summary>
    public async Task AcceptAsync(Insider reviewer, int answers)
    {
        var work = reviewer.Lab.Work(Id);
        for (var done = 0; done < answers; done++)
            (await work.ReviewAsync((await work.NextReviewAsync()).OrThrow().Slot, new ReviewBody("accept"))).OrThrow();
    }

    public async Task<SlotCounts> SlotsAsync() => (await Staff.ProgressAsync()).OrThrow().Slots;
}
