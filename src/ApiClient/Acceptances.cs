namespace Cofferdam.ApiClient;

/// <summary>How large a sample to draw: one of the two.</summary>
/// <param name="Percent">Of the batch's accepted answers, above 0 and up to 100.</param>
/// <param name="Count">Answers.</param>
public sealed record SampleSize(double? Percent = null, int? Count = null);

/// <summary>A batch judged on a sample.</summary>
/// <param name="Number">Round of the batch, from 1.</param>
/// <param name="State"><c>drawn</c>, <c>accepted</c>, <c>partly</c> or <c>rejected</c>.</param>
/// <param name="Population">Accepted answers that the sample was drawn from.</param>
public sealed record Acceptance(Guid Id, Guid Batch, int Number, string State, long Population, int Sample, int Judged, int Defects);

/// <summary>An answer of a sample, to be judged.</summary>
public sealed record Sample(Guid Slot, Guid Item, IReadOnlyDictionary<string, QuestionAnswer> Answers, long Receipt);

/// <param name="Verdict"><c>fit</c> or <c>defect</c>.</param>
public sealed record VerdictBody(string Verdict, string? Reason = null);

/// <param name="Decision"><c>accept</c>, <c>partly</c> or <c>reject</c>.</param>
public sealed record AcceptanceBody(string Decision, string? Reason = null);

/// <summary>Work that reviewers could not settle.</summary>
public sealed record Escalation(Guid Slot);
