using Cofferdam.Workforce.Matching;

namespace Cofferdam.Workforce.Vetting;

/// <param name="Minutes">Time for it, 1 to 480.</param>
/// <param name="PaidAbove">A test that may take more minutes than this is paid, whether passed or not: 0 to 60.</param>
/// <param name="PassPercent">1 to 100.</param>
/// <param name="RetakeDays">After a try that was not passed, 0 to 365.</param>
/// <param name="GoodForDays">1 to 3,653; it counts for every engagement until then.</param>
/// <param name="Skill">What passing it verifies.</param>
/// <param name="Questions">1 to 100.</param>
public sealed record QualificationRequest(
    string Title, int Minutes, string Skill, SkillLevel Level, IReadOnlyList<TestQuestionRequest> Questions,
    int PaidAbove = 15, int PassPercent = 70, int RetakeDays = 14, int GoodForDays = 730)
{
    internal Fault? Fault() =>
        string.IsNullOrWhiteSpace(Title) || Title.Length > 200 ? new("A title has 1 to 200 characters.", "title")
        : Minutes is < 1 or > 480 ? new("A test takes 1 to 480 minutes.", "minutes")
        : PaidAbove is < 0 or > 60 ? new("What takes longer than 0 to 60 minutes is paid; more than an hour is not asked for nothing.", "paidAbove")
        : PassPercent is < 1 or > 100 ? new("The bar is 1 to 100 percent.", "passPercent")
        : RetakeDays is < 0 or > 365 ? new("A test is taken again after 0 to 365 days.", "retakeDays")
        : GoodForDays is < 1 or > OwnData.HeldFields.MostDays ? new("A test is good for 1 to 3,653 days.", "goodForDays")
        : !Experts.Codes.IsCode(Skill) || !Experts.Codes.IsLevel(Level) ? new("Name the skill that it verifies by its code, and a level.", "skill")
        : Questions.Count is < 1 or > 100 || Questions.Select(one => one.Key).Distinct().Count() != Questions.Count || !Questions.All(one => one.IsFit)
            ? new("1 to 100 questions, each with a key of its own, points, and either options with the right one or criteria to score words by.", "questions")
        : null;
}

/// <param name="Paid">It may take longer than is asked for nothing: the time is paid.</param>
public sealed record QualificationView(
    string Code, string Title, int Version, int Minutes, bool Paid, int PassPercent, int RetakeDays, int GoodForDays, string Skill, SkillLevel Level);

/// <param name="Last">Your last try; null for none.</param>
/// <param name="MayTakeFrom">Null: now; otherwise a try was not passed, or the last pass is good until then.</param>
public sealed record OwnQualificationView(QualificationView Test, SittingRow? Last, DateTimeOffset? MayTakeFrom);

/// <param name="DueAt">What is handed in later is not taken.</param>
public sealed record SittingStarted(Guid Id, DateTimeOffset DueAt, bool Paid, IReadOnlyList<TestQuestion> Questions);

public sealed record HandInRequest(IReadOnlyList<TestAnswer> Answers);

public sealed record ScoreRequest(IReadOnlyList<CriterionMarks> Marks);

/// <summary>A sitting with its result: who took it sees all of it.</summary>
/// <param name="Feedback">Null until scored, or where it was removed when its time was up.</param>
/// <param name="RetakeFrom">Where it was not passed: from when it may be taken again.</param>
public sealed record SittingView(
    SittingRow Sitting, int Seconds, bool Paid, IReadOnlyList<TestQuestion> Questions, IReadOnlyList<TestAnswer>? Answers, IReadOnlyList<QuestionFeedback>? Feedback,
    DateTimeOffset? RetakeFrom);
