using Cofferdam.Workforce.Pay.Entries;

namespace Cofferdam.Workforce.Pay.Objections;

/// <param name="Entry">Whose amount is taken back for now: work, pause pay or top-up.</param>
/// <param name="Evidence">1 to 4,000 characters, which the expert reads: what it rests on.</param>
/// <param name="Id">Chosen by the caller, so that the request may be sent again.</param>
public sealed record WithholdingRequest(long Entry, EntryReason Reason, string Evidence, Guid? Id = null);

/// <param name="Release">It is paid after all; false: it stays withheld.</param>
/// <param name="Words">1 to 4,000 characters, which the expert reads.</param>
/// <param name="Id">Chosen by the caller, so that the request may be sent again.</param>
public sealed record WithholdingDecision(bool Release, string Words, Guid? Id = null);

/// <param name="Entry">The entry in question.</param>
/// <param name="By">Who withheld; their name is on the node's list of people.</param>
/// <param name="DecideBy">When it is released of itself.</param>
public sealed record WithholdingView(Guid Id, Guid Expert, long Entry, WithholdingState State, Guid By, DateTimeOffset MadeAt, DateTimeOffset DecideBy, Guid? DecidedBy, DateTimeOffset? DecidedAt)
{
    internal static WithholdingView Of(Withholding of) => new(of.Id, of.Expert, of.Entry, of.State, of.By, of.MadeAt, of.DecideBy, of.DecidedBy, of.DecidedAt);
}

/// <param name="Evidence">What it rests on.</param>
/// <param name="Words">For the decision; null while there is none.</param>
public sealed record WithholdingContent(WithholdingView Withholding, EntryView Entry, string Evidence, string? Words);

/// <param name="Entry">The entry that is objected to.</param>
/// <param name="Words">1 to 4,000 characters.</param>
/// <param name="Id">Chosen by the caller, so that the request may be sent again.</param>
public sealed record DisputeRequest(long Entry, string Words, Guid? Id = null);

/// <param name="Uphold">The expert is right: what is withheld of the entry is released, and the amount below is added.</param>
/// <param name="Words">1 to 4,000 characters, which the expert reads.</param>
/// <param name="Amount">Minor units to add.</param>
/// <param name="Seconds">Paid seconds to add.</param>
/// <param name="Currency">Only where the entry has none.</param>
/// <param name="Id">Chosen by the caller, so that the request may be sent again.</param>
public sealed record DisputeAnswerRequest(bool Uphold, string Words, long Amount = 0, long Seconds = 0, string? Currency = null, Guid? Id = null);

/// <param name="AnswerBy">When an answer is due.</param>
/// <param name="Overdue">It is open and that time is past.</param>
/// <param name="Settled">The entry that put it right.</param>
public sealed record DisputeView(
    Guid Id, Guid Expert, long Entry, DisputeState State, DateTimeOffset MadeAt, DateTimeOffset AnswerBy, bool Overdue, Guid? AnsweredBy, DateTimeOffset? AnsweredAt, long? Settled)
{
    internal static DisputeView Of(Dispute of, DateTimeOffset now) => new(
        of.Id, of.Expert, of.Entry, of.State, of.MadeAt, of.AnswerBy, of.State is DisputeState.Open && of.AnswerBy <= now, of.AnsweredBy, of.AnsweredAt, of.Settled);
}

/// <param name="Words">The expert's.</param>
/// <param name="Answer">Null while there is none.</param>
public sealed record DisputeContent(DisputeView Dispute, EntryView Entry, string Words, string? Answer);
