namespace Cofferdam.Federation.Messages;

/// <summary>
/// What a lab publishes of a project to a vendor (lab → vendor, <c>POST /federation/briefs</c>), and all that the vendor ever
/// learns of it: a code name, what people must bring, what is paid. <see cref="Description"/> is the one text that
/// somebody at the lab wrote; the lab's staff see it as the vendor will before they publish it.
/// </summary>
public sealed record BriefMessage
{
    public required Guid Brief { get; init; }

    public required Guid Engagement { get; init; }

    /// <summary>From 1, counts up with each change.</summary>
    public required int Version { get; init; }

    /// <summary>The same for every brief of the same work, however it is named; so that who is offered it again sees what it paid before.</summary>
    public required Guid Lineage { get; init; }

    /// <summary>False: it was taken back, and nobody is to be offered it.</summary>
    public required bool Open { get; init; }

    /// <summary>Such as <c>amber-heron</c>: 1 to 64 of a–z, 0–9 and <c>-</c>.</summary>
    public required string CodeName { get; init; }

    /// <summary>Codes of skills, at most 50.</summary>
    public required IReadOnlyList<string> Skills { get; init; }

    /// <summary>BCP 47 tags, such as <c>de</c> or <c>pt-BR</c>; at most 20. Any one of them will do.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>Hours a week that one person may expect, 1 to 80.</summary>
    public required int WeekHours { get; init; }

    /// <summary>Weeks that the work is expected to last, 1 to 520; null: not known.</summary>
    public int? Weeks { get; init; }

    /// <summary>People looked for, 1 to 100,000.</summary>
    public required int Places { get; init; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>What the lab offers for each paid kind of work.</summary>
    public required IReadOnlyList<KindRate> Rates { get; init; }

    /// <summary>Classes of content that people may meet, such as <c>violence</c>; codes, at most 20.</summary>
    public required IReadOnlyList<string> ContentClasses { get; init; }

    /// <summary>0 to 4,000 characters.</summary>
    public required string Description { get; init; }

    internal bool IsSound() =>
        Version > 0 && Sound.IsCode(CodeName)
        && Sound.AreCodes(Skills, 50) && Sound.AreLanguages(Languages, 20) && Sound.AreCodes(ContentClasses, 20)
        && WeekHours is > 0 and <= 80 && (Weeks is null or (> 0 and <= 520)) && Places is > 0 and <= 100_000
        && Sound.IsCurrency(Currency) && Sound.AreRates(Rates)
        && Description.Length <= 4_000;
}
