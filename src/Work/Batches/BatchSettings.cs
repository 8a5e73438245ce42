using Cofferdam.Vault.Contract;
using Cofferdam.Work.Skills;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cofferdam.Work.Batches;

/// <summary>How a batch runs: all that may be changed while it does.</summary>
/// <param name="LeaseSeconds">How long a task stays with somebody who gives no sign, 10 to 86,400.</param>
/// <param name="Held">Most tasks that one person holds at once, 1 to 1,000,000.</param>
/// <param name="Adaptive">One more answer, once, where no vote of an item has more than half. Needs an overlap of 2 or more.</param>
/// <param name="Priority">0 to 9; the highest is worked on first.</param>
/// <param name="Price">Of an accepted answer, in the currency's smallest unit; 0 to 1,000,000,000.</param>
/// <param name="PriceCap">What accepted answers and those on their way may cost together, at most 1,000,000,000,000,000; needs a price.</param>
/// <param name="Currency">Three capital letters (ISO 4217).</param>
/// <param name="DailyCap">Answers of one person in one UTC day, 1 to 100,000.</param>
/// <param name="MaxRounds">Returns of one slot before it goes to lab staff, 0 to 10.</param>
/// <param name="GoldPercent">Share of tasks whose answer is known, 0 to 50.</param>
/// <param name="ReviewPercent">Share of answers that are reviewed, 0 to 100; the others are accepted as they are.</param>
/// <param name="SecondReviewPercent">Share of reviewed answers that are reviewed twice, blind, 0 to 100.</param>
/// <param name="Requires">What a person must have to be given its work.</param>
/// <param name="Warning">Not for people who do not want to see what the project warns of.</param>
public sealed record BatchSettings(
    int LeaseSeconds = 900, int Held = 3, bool Adaptive = false, int Priority = 5, DateTimeOffset? Deadline = null, long? Price = null,
    long? PriceCap = null, string? Currency = null, int? DailyCap = null, Rework Rework = Rework.Same, int MaxRounds = 2, int GoldPercent = 0,
    GoldFeedback GoldFeedback = GoldFeedback.Kept, int ReviewPercent = 100, int SecondReviewPercent = 0, SkillList? Requires = null, bool Warning = false)
{
    // Times the slots of the largest batch it is still a 64-bit number: leases multiply in the database.
    private const long MostPrice = 1_000_000_000;
    private const long MostPriceCap = 1_000_000_000_000_000;

    public static BatchSettings Of(Batch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return new BatchSettings(
            batch.LeaseSeconds, batch.Held, batch.Adaptive, batch.Priority, batch.Deadline, batch.Price, batch.PriceCap, batch.Currency, batch.DailyCap,
            batch.Rework, batch.MaxRounds, batch.GoldPercent, batch.GoldFeedback, batch.ReviewPercent, batch.SecondReviewPercent,
            batch is { Skills: "", Languages: "" } ? null : new SkillList(Codes.Split(batch.Skills), Codes.Split(batch.Languages)), batch.Warning);
    }

    internal void ApplyTo(Batch batch)
    {
        (batch.LeaseSeconds, batch.Held, batch.Adaptive, batch.Priority, batch.Deadline) = (LeaseSeconds, Held, Adaptive, Priority, Deadline);
        (batch.Price, batch.PriceCap, batch.Currency, batch.DailyCap) = (Price, PriceCap, Currency, DailyCap);
        (batch.Rework, batch.MaxRounds, batch.GoldPercent, batch.GoldFeedback) = (Rework, MaxRounds, GoldPercent, GoldFeedback);
        (batch.ReviewPercent, batch.SecondReviewPercent, batch.Warning) = (ReviewPercent, SecondReviewPercent, Warning);
        (batch.Skills, batch.Languages) = (Codes.Join(Requires?.Skills), Codes.Join(Requires?.Languages));
    }

    /// <summary>What is wrong with it; null where nothing is.</summary>
    /// <param name="overlap">Of the batch.</param>
    internal ProblemHttpResult? Fault(int overlap)
    {
        (bool Holds, string Sentence, string Field)[] rules =
        [
            (LeaseSeconds is >= 10 and <= 86_400, "A lease lasts 10 to 86,400 seconds.", "leaseSeconds"),
            (Held is >= 1 and <= 1_000_000, "A person holds 1 to 1,000,000 tasks.", "held"),
            (!Adaptive || overlap > 1, "Only where an item gets two answers or more can they disagree.", "adaptive"),
            (Priority is >= 0 and <= 9, "A priority is 0 to 9.", "priority"),
            (Price is null or (>= 0 and <= MostPrice), "A price is a whole number of the currency's smallest unit, 0 to 1,000,000,000.", "price"),
            (PriceCap is null or (>= 0 and <= MostPriceCap), "A price cap is a whole number of the currency's smallest unit, 0 to 1,000,000,000,000,000.", "priceCap"),
            (PriceCap is null || Price is not null, "A price cap needs a price.", "priceCap"),
            (Currency is null || (Currency.Length == 3 && Currency.All(char.IsAsciiLetterUpper)), "A currency is three capital letters, such as EUR.", "currency"),
            (DailyCap is null or (>= 1 and <= 100_000), "A person gives 1 to 100,000 answers a day.", "dailyCap"),
            (Enum.IsDefined(Rework), "Rework goes to the same person or to another.", "rework"),
            (MaxRounds is >= 0 and <= 10, "Work is returned 0 to 10 times.", "maxRounds"),
            (GoldPercent is >= 0 and <= 50, "0 to 50 % of the tasks have a known answer.", "goldPercent"),
            (Enum.IsDefined(GoldFeedback), "Feedback is training or kept.", "goldFeedback"),
            (ReviewPercent is >= 0 and <= 100, "0 to 100 % of the answers are reviewed.", "reviewPercent"),
            (SecondReviewPercent is >= 0 and <= 100, "0 to 100 % of the reviewed answers are reviewed twice.", "secondReviewPercent"),
            (Codes.AreCodes(Requires?.Skills) && Codes.AreCodes(Requires?.Languages), "Skills and languages are codes of small letters, digits and '-'.", "requires"),
        ];
        var broken = rules.FirstOrDefault(rule => !rule.Holds);
        return broken.Sentence is null ? null : Problems.Invalid(broken.Sentence, broken.Field);
    }
}

/// <param name="Name">1 to 200 characters; sealed.</param>
/// <param name="Overlap">Answers wanted per item, 1 to 50.</param>
/// <param name="GuidelineVersion">The newest where not given; 0 for none.</param>
/// <param name="FormVersion">The newest where not given.</param>
/// <param name="Filter">Approved facets that its items have, each with a value.</param>
/// <param name="Limit">Most items that it takes, 1 or more; all that are in no batch where not given.</param>
/// <param name="LeaseSeconds">This and what follows: as in <see cref="BatchSettings"/>.</param>
public sealed record BatchRequest(
    string Name, int Overlap = 1, int LeaseSeconds = 900, int Held = 3, int? GuidelineVersion = null, int? FormVersion = null,
    IReadOnlyDictionary<string, string>? Filter = null, long? Limit = null, bool Adaptive = false, int Priority = 5,
    DateTimeOffset? Deadline = null, long? Price = null, long? PriceCap = null, string? Currency = null, int? DailyCap = null,
    Rework Rework = Rework.Same, int MaxRounds = 2, int GoldPercent = 0, GoldFeedback GoldFeedback = GoldFeedback.Kept, int ReviewPercent = 100,
    int SecondReviewPercent = 0, SkillList? Requires = null, bool Warning = false)
{
    internal BatchSettings Settings => new(
        LeaseSeconds, Held, Adaptive, Priority, Deadline, Price, PriceCap, Currency, DailyCap, Rework, MaxRounds, GoldPercent, GoldFeedback,
        ReviewPercent, SecondReviewPercent, Requires, Warning);
}

/// <param name="Name">Null for an auditor, and where the vault refused to open it.</param>
/// <param name="PauseWords">What was said of the pause; null for an auditor, where nothing was, or the vault refused to open it.</param>
/// <param name="Revision">What <c>If-Match</c> must say with the next change.</param>
public sealed record BatchView(
    Guid Id, string Code, string? Name, BatchState State, long Items, int Overlap, int LeaseSeconds, int Held, int GuidelineVersion, int FormVersion,
    DateTimeOffset OpenedAt, bool Adaptive, int Priority, DateTimeOffset? Deadline, long? Price, long? PriceCap, string? Currency, int? DailyCap,
    Rework Rework, int MaxRounds, int GoldPercent, GoldFeedback GoldFeedback, int ReviewPercent, int SecondReviewPercent, SkillList? Requires,
    bool Warning, long? Limit, ReasonClass? PauseReason, string? PauseWords, long Revision)
{
    internal static BatchView Of(Batch batch, string? name, string? pauseWords = null)
    {
        var settings = BatchSettings.Of(batch);
        return new BatchView(
            batch.Id, batch.Code, name, batch.State, batch.Items, batch.Overlap, batch.LeaseSeconds, batch.Held, batch.GuidelineVersion,
            batch.FormVersion, batch.OpenedAt, settings.Adaptive, settings.Priority, settings.Deadline, settings.Price, settings.PriceCap,
            settings.Currency, settings.DailyCap, settings.Rework, settings.MaxRounds, settings.GoldPercent, settings.GoldFeedback,
            settings.ReviewPercent, settings.SecondReviewPercent, settings.Requires, settings.Warning, batch.MostItems, batch.PauseReason, pauseWords,
            batch.Revision);
    }
}
