using Cofferdam.Work.Reviews;

namespace Cofferdam.Work.Acceptances;

/// <summary>How large a sample to draw: one of the two.</summary>
/// <param name="Percent">Of the batch's accepted answers, above 0 and up to 100; rounded up.</param>
/// <param name="Count">1 to 10,000 answers; all of them where there are fewer.</param>
public sealed record DrawRequest(double? Percent = null, int? Count = null);

/// <param name="Number">Round of the batch, from 1.</param>
/// <param name="Population">Accepted answers that the sample was drawn from.</param>
/// <param name="Defects">Of those judged.</param>
/// <param name="Rate">Share of defects in the batch with its Wilson 95 % interval; null before the first verdict.</param>
/// <param name="Settled">False while answers are still being given back.</param>
public sealed record AcceptanceView(
    Guid Id, Guid Batch, int Number, AcceptanceState State, long Population, int Sample, int Judged, int Defects, Estimate? Rate,
    DateTimeOffset DrawnAt, Guid DrawnBy, DateTimeOffset? DecidedAt, Guid? DecidedBy, bool Settled)
{
    internal static AcceptanceView Of(Acceptance row, int judged, int defects) => new(
        row.Id, row.Batch, row.Number, row.State, row.Population, row.Sample, judged, defects, Wilson.Of(defects, judged),
        row.DrawnAt, row.DrawnBy, row.DecidedAt, row.DecidedBy, row.Settled);
}

/// <summary>A defect of a sample.</summary>
/// <param name="Annotator">Pseudonym of who gave the answer.</param>
/// <param name="Judge">Pseudonym.</param>
/// <param name="Reason">The judge's words.</param>
public sealed record DefectView(Guid Slot, Guid Item, Guid? Annotator, Guid? Judge, string? Reason, Evidence? Evidence);

/// <param name="Reason">The words for the decision; null before it, and where it had none.</param>
/// <param name="Found">The first 127 defects, in the order drawn.</param>
public sealed record AcceptanceDetail(AcceptanceView Acceptance, string? Reason, IReadOnlyList<DefectView> Found);

public enum AcceptanceDecision : byte
{
    Accept = 1,

    /// <summary>Accept the batch but for the defects, and all answers of the people named.</summary>
    Partly = 2,

    /// <summary>Give every answer back.</summary>
    Reject = 3,
}

/// <param name="Reason">Needed unless the batch is accepted: 1 to 4,000 characters that the people whose work comes back will read.</param>
/// <param name="People">Partly: pseudonyms of people all of whose answers are given back; at most 1,000.</param>
public sealed record AcceptanceDecisionRequest(AcceptanceDecision Decision, string? Reason = null, IReadOnlyList<Guid>? People = null);

/// <param name="Verdict"><c>fit</c> or <c>defect</c>.</param>
/// <param name="Reason">Needed for a defect: 1 to 4,000 characters, which the annotator reads if the answer is given back.</param>
/// <param name="Evidence">What a defect rests on.</param>
public sealed record VerdictRequest(Verdict Verdict, string? Reason = null, Evidence? Evidence = null);
