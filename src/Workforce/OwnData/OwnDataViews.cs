using Cofferdam.Workforce.Access;

namespace Cofferdam.Workforce.OwnData;

/// <param name="Field">Name.</param>
/// <param name="Purpose">Why it is held.</param>
/// <param name="Sealed">Under the person's own key, each reading with a receipt. False: in clear, under a number.</param>
/// <param name="Records">How many there are; null where that is not counted.</param>
/// <param name="Days">How long it is kept from when it was last sealed; null: as long as there is an account.</param>
/// <param name="Until">When the last of them is removed; null where nothing is held, or where there is no such time.</param>
/// <param name="OnErasure">What becomes of it then.</param>
public sealed record HeldFieldView(string Field, string Purpose, bool Sealed, int? Records, int? Days, DateTimeOffset? Until, string OnErasure);

/// <param name="Since">When it began.</param>
/// <param name="What">A sentence.</param>
public sealed record IncidentView(DateTimeOffset Since, string What);

/// <param name="Incidents">What is known on this node of incidents that may have touched the person; none: nothing is recorded.</param>
/// <param name="NeverCollected">What no part of this program collects.</param>
public sealed record OwnDataView(
    Guid Person, string Name, VendorRole Role, DateTimeOffset Since, IReadOnlyList<HeldFieldView> Fields, IReadOnlyList<ReadView> LastReads,
    IReadOnlyList<IncidentView> Incidents, IReadOnlyList<string> NeverCollected);

/// <summary>What whoever asks for erasure is told first.</summary>
/// <param name="Confirm">The handle, to be sent back.</param>
/// <param name="Records">Sealed records that are removed at once.</param>
/// <param name="Does">What happens, one sentence each, in order.</param>
/// <param name="Stays">What stays, and why.</param>
public sealed record ErasureForetold(string Confirm, int Records, IReadOnlyList<string> Does, IReadOnlyList<string> Stays);

/// <param name="Confirm">One's own handle.</param>
public sealed record ErasureRequest(string Confirm);

/// <param name="Records">How many were removed.</param>
/// <param name="Proposal">The vault's, to destroy the key; a manager approves it.</param>
public sealed record ErasureDone(int Records, Guid Proposal);

/// <param name="State">Of the key: <c>open</c> waits for a second person, <c>approved</c> for its time, <c>done</c> is destroyed.</param>
public sealed record ErasureView(Guid Person, DateTimeOffset ErasedAt, int Records, Guid Proposal, string State, DateTimeOffset? EffectiveAt);

/// <param name="Days">From when a record was last sealed.</param>
/// <param name="OwnRule">The owner has set it.</param>
public sealed record RetentionView(HeldField Field, string Purpose, int Days, bool OwnRule);

/// <param name="Days">1 to 3,653. What is held already goes by it too.</param>
public sealed record RetentionRequest(int Days);
