namespace Cofferdam.Federation.Messages;

/// <summary>An agreement that a person must have signed to be placed.</summary>
/// <param name="Code">1 to 64 of a–z, 0–9, <c>-</c>, <c>_</c>, <c>.</c>, <c>:</c>.</param>
/// <param name="Version">The least version, from 1.</param>
public sealed record AskedAgreement(string Code, int Version);

/// <summary>Within how many hours one side tells the other that something happened.</summary>
/// <param name="Code">What: <c>incident</c>, <c>personal-data</c>, <c>subcontractor</c>, <c>withdrawal</c>; a code as in <see cref="AskedAgreement"/>.</param>
/// <param name="Hours">1 to 8,760.</param>
public sealed record NoticeClock(string Code, int Hours);

/// <summary>
/// The terms of an engagement as a lab proposes or changes them (lab → vendor, <c>POST /federation/engagements</c>). In force
/// from when the vendor accepts them; till then those before. Codes, numbers and dates: nothing in it is prose.
/// </summary>
public sealed record EngagementTermsMessage
{
    /// <summary>Both nodes know it by this.</summary>
    public required Guid Engagement { get; init; }

    /// <summary>Slug of the lab on its node.</summary>
    public required string Lab { get; init; }

    /// <summary>From 1, counts up with each change.</summary>
    public required int Version { get; init; }

    /// <summary>What the lab calls the programme: a code that says nothing of the work, as in <see cref="AskedAgreement"/>.</summary>
    public required string Programme { get; init; }

    /// <summary>How much the vendor's people may come to see; a code as in <see cref="AskedAgreement"/>.</summary>
    public required string Tier { get; init; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>What the lab pays the vendor. Each kind at most once; one that is missing is not paid by the lab.</summary>
    public required IReadOnlyList<KindRate> Rates { get; init; }

    /// <summary>Days between word of an end and the end, 0 to 365.</summary>
    public required int NoticeDays { get; init; }

    /// <summary>Share of promised hours that is paid where work stops before its notice has run, in basis points, 0 to 10,000.</summary>
    public required int PausePayShare { get; init; }

    /// <summary>The last day of it; null: until one side ends it.</summary>
    public DateOnly? LastDay { get; init; }

    /// <summary>Whether the vendor may place people of companies that it names.</summary>
    public required bool Subcontractors { get; init; }

    /// <summary>At most 16, each code once.</summary>
    public required IReadOnlyList<NoticeClock> Clocks { get; init; }

    /// <summary>People who may be placed at one time, 1 to 100,000.</summary>
    public required int Headcount { get; init; }

    /// <summary>At most 16, each code once.</summary>
    public required IReadOnlyList<AskedAgreement> Agreements { get; init; }

    /// <summary>People must have a training that is in date.</summary>
    public required bool TrainingRequired { get; init; }

    public required EventDetail Detail { get; init; }

    internal bool IsSound() =>
        Sound.IsCode(Lab) && Version > 0 && Sound.IsCode(Programme) && Sound.IsCode(Tier)
        && Sound.IsCurrency(Currency) && Sound.AreRates(Rates)
        && NoticeDays is >= 0 and <= 365 && PausePayShare is >= 0 and <= 10_000 && Headcount is > 0 and <= 100_000
        && Clocks.Count <= 16 && Clocks.All(clock => Sound.IsCode(clock?.Code) && clock!.Hours is > 0 and <= 8_760)
        && Clocks.DistinctBy(clock => clock.Code).Count() == Clocks.Count
        && Agreements.Count <= 16 && Agreements.All(agreement => Sound.IsCode(agreement?.Code) && agreement!.Version > 0)
        && Agreements.DistinctBy(agreement => agreement.Code).Count() == Agreements.Count
        && Enum.IsDefined(Detail);
}
