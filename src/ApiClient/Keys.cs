namespace Cofferdam.ApiClient;

/// <summary>A lab's keys, as people see them.</summary>
/// <param name="Custodian">Who keeps the root key: <c>file</c>, <c>file+passphrase</c>, <c>pkcs11</c>, <c>transit</c>, <c>aws-kms</c>.</param>
/// <param name="Evaluation">The root key lies in a file, for all that is known on the disk of the data.</param>
/// <param name="Custodians">Names that <c>key custodian</c> takes.</param>
public sealed record Keys(
    string Custodian, bool Evaluation, bool Reachable, IReadOnlyList<string> Custodians, DateTimeOffset RotatedAt, int Projects, RecoveryKey? Recovery);

public sealed record RecoveryKey(int Shares, int Threshold, DateTimeOffset MadeAt);

public sealed record KeyAct(long Receipt);

public sealed record CustodianBody(string Custodian);

public sealed record RecoveryBody(int Shares, int Threshold);

/// <param name="Shares">One for each holder; they are shown this once and kept nowhere.</param>
public sealed record RecoveryShares(IReadOnlyList<string> Shares, int Threshold, long Receipt);

/// <param name="Left">Records still under the old key.</param>
public sealed record ResealStep(int Resealed, long Left, long? Receipt);

/// <param name="Kind"><c>shredProject</c>, <c>shredLab</c>, <c>erasePerson</c>.</param>
/// <param name="Subject">The project or person; null for the lab.</param>
public sealed record ProposalBody(string Kind, Guid? Subject = null);

/// <summary>An act that takes two people.</summary>
/// <param name="State"><c>open</c>, <c>approved</c>, <c>done</c>, <c>withdrawn</c>.</param>
/// <param name="EffectiveAt">When it takes effect, once approved.</param>
/// <param name="GoneAt">From when on backups are unreadable too.</param>
public sealed record Proposal(
    Guid Id, string Kind, Guid? Subject, Guid By, DateTimeOffset At, Guid? ApprovedBy, DateTimeOffset? EffectiveAt, DateTimeOffset? GoneAt, string State, long Receipt);

/// <param name="Fit">Nothing is left to do.</param>
public sealed record Finding(string Name, bool Fit, string Sentence);

/// <summary>What stands between a node and production.</summary>
public sealed record Doctor(bool Evaluation, bool Fit, IReadOnlyList<Finding> Findings);
