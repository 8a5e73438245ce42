namespace Cofferdam.Workforce.Vetting;

/// <param name="Questions">1 to 40, each of 1 to 1,000 characters.</param>
public sealed record TemplateRequest(string Name, IReadOnlyList<string> Questions);

public sealed record TemplateView(Guid Id, string Name, IReadOnlyList<string> Questions);

/// <param name="Said">What was answered, as it was said: at most 8,000 characters.</param>
/// <param name="Judgement">What the interviewer makes of it; the person reads it too. At most 2,000 characters.</param>
public sealed record InterviewAnswer(string Said, string? Judgement = null);

/// <param name="Answers">One for each question of the template, in its order.</param>
/// <param name="Why">The outcome's reason; the person reads it. 1 to 4,000 characters.</param>
public sealed record InterviewRequest(Guid Template, IReadOnlyList<InterviewAnswer> Answers, InterviewOutcome Outcome, string Why);

/// <summary>What is sealed of an interview: words, never pictures or sound.</summary>
internal sealed record SealedInterview(IReadOnlyList<string> Questions, IReadOnlyList<InterviewAnswer> Answers, string Why);

/// <param name="Questions">Null where it was removed when its time was up.</param>
public sealed record InterviewView(
    Guid Id, Guid Template, Guid HeldBy, DateTimeOffset HeldAt, InterviewOutcome Outcome, IReadOnlyList<string>? Questions, IReadOnlyList<InterviewAnswer>? Answers, string? Why);

/// <summary>There is no place for a document, and none is taken.</summary>
/// <param name="Kind">Such as <c>identity</c>: a code.</param>
/// <param name="Provider">Who checked: 1 to 200 characters.</param>
/// <param name="Outcome">In the provider's words: 1 to 500 characters.</param>
/// <param name="ExpiresAt">Until when it holds.</param>
public sealed record CheckRequest(string Kind, bool Passed, string Provider, string Outcome, DateTimeOffset ExpiresAt);

internal sealed record SealedCheck(string Provider, string Outcome);

/// <param name="InForce">Passed, and not yet run out.</param>
public sealed record CheckView(Guid Id, string Kind, bool Passed, DateTimeOffset NotedAt, DateTimeOffset ExpiresAt, bool InForce);

/// <summary>What is known of a vetting without opening anything sealed.</summary>
public sealed record VettingView(IReadOnlyList<InterviewRow> Interviews, IReadOnlyList<CheckView> Checks, IReadOnlyList<SittingRow> Tests);

public sealed record InterviewRow(Guid Id, Guid Template, DateTimeOffset HeldAt, InterviewOutcome Outcome);

/// <param name="Score">Percent.</param>
/// <param name="GoodUntil">A passed test is not asked for again before, whatever the engagement.</param>
public sealed record SittingRow(Guid Id, Guid Person, string Qualification, SittingState State, DateTimeOffset StartedAt, int? Score, bool Passed, DateTimeOffset? GoodUntil);
