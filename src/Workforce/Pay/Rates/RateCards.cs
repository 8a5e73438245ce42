namespace Cofferdam.Workforce.Pay.Rates;

/// <summary>The cards of an engagement, and which one counts.</summary>
public sealed class RateCards(IEnumerable<RateCard> cards)
{
    private readonly ILookup<Guid?, RateCard> byExpert = cards.OrderByDescending(card => card.From).ThenByDescending(card => card.Version).ToLookup(card => card.Expert);
    private readonly Dictionary<Guid, RateCard> byId = cards.ToDictionary(card => card.Id);

    /// <summary>The newest card in force at a time: the expert's own before the engagement's. Null where none was.</summary>
    public RateCard? InForce(Guid expert, DateTimeOffset at) =>
        byExpert[expert].FirstOrDefault(card => card.From <= at) ?? byExpert[null].FirstOrDefault(card => card.From <= at);

    /// <summary>The first card that came into force before a time. Null where none did.</summary>
    public RateCard? FirstUntil(Guid expert, DateTimeOffset until) =>
        byExpert[expert].LastOrDefault(card => card.From < until) ?? byExpert[null].LastOrDefault(card => card.From < until);

    public RateCard this[Guid id] => byId[id];
}
