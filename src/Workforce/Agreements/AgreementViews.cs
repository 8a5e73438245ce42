namespace Cofferdam.Workforce.Agreements;

/// <param name="Text">1 to 200,000 characters; published as a new version, which every signer of an older one is asked to sign.</param>
/// <param name="Kind">Counts for a new agreement alone.</param>
/// <param name="ForEverybody">Every need asks for it.</param>
public sealed record AgreementRequest(string Title, AgreementKind Kind, string Text, bool ForEverybody = false);

/// <param name="Sha256">Of the current version's UTF-8 text, hex.</param>
public sealed record AgreementView(string Code, string Title, AgreementKind Kind, bool ForEverybody, int Version, string Sha256, DateTimeOffset PublishedAt);

/// <param name="Text">Of the current version.</param>
/// <param name="SignedVersion">The newest version that you signed; null for none.</param>
public sealed record OwnAgreementView(
    string Code, string Title, AgreementKind Kind, int Version, string Text, string Sha256, int? SignedVersion, DateTimeOffset? SignedAt, string? SignedSha256);

/// <param name="Version">The version that was read.</param>
/// <param name="Sha256">Of the text that was read, hex: what is signed is what was shown.</param>
/// <param name="Name">As one signs: 1 to 200 characters; sealed under one's own key.</param>
public sealed record SignRequest(int Version, string Sha256, string Name);

/// <summary>What is sealed of a signature.</summary>
internal sealed record SignedName(string Name, string Agreement, int Version, string Sha256, DateTimeOffset At);

/// <param name="Text">1 to 100,000 characters of Markdown.</param>
/// <param name="GoodForDays">1 to 3,653.</param>
public sealed record TrainingRequest(string Title, string Text, int GoodForDays);

/// <param name="GoodUntil">Yours; null where you have not done it.</param>
public sealed record TrainingView(string Code, string Title, string Text, int GoodForDays, DateTimeOffset? DoneAt, DateTimeOffset? GoodUntil);

/// <param name="CoolOffDays">From the last work for one of them, 0 to 1,827.</param>
/// <param name="Labs">Peer ids of their nodes: 2 to 50.</param>
public sealed record RivalGroupRequest(string Name, int CoolOffDays, IReadOnlyList<Guid> Labs);

public sealed record RivalGroupView(Guid Id, string Name, int CoolOffDays, IReadOnlyList<Guid> Labs);
