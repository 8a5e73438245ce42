using Cofferdam.Storage;
using Cofferdam.Workforce.Access;
using Cofferdam.Workforce.Agreements;
using Cofferdam.Workforce.Experts;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Matching;

/// <summary>What a person is compared by. Nothing of it is sealed, and nothing sealed is compared.</summary>
internal sealed record PersonFacts(
    Person Person, Expert? Expert, IReadOnlyList<ExpertSkill> Skills, IReadOnlyList<ExpertLanguage> Languages, IReadOnlyList<ExpertRate> Rates, IReadOnlySet<string> ContentClasses,
    ILookup<string, int> Signed, IReadOnlyDictionary<string, DateTimeOffset> Training, IReadOnlyDictionary<Guid, DateTimeOffset> Worked)
{
    /// <summary>Of those people, in the order asked; without those who are not there.</summary>
    public static async Task<IReadOnlyList<PersonFacts>> OfAsync(IReadOnlyCollection<Guid> people, AppDb db, CancellationToken cancellation)
    {
        var persons = await db.People.AsNoTracking().Where(row => people.Contains(row.Id)).ToDictionaryAsync(row => row.Id, cancellation);
        var experts = await db.Experts.AsNoTracking().Where(row => people.Contains(row.Person)).ToDictionaryAsync(row => row.Person, cancellation);
        var skills = (await db.ExpertSkills.AsNoTracking().Where(row => people.Contains(row.Person)).ToListAsync(cancellation)).ToLookup(row => row.Person);
        var languages = (await db.ExpertLanguages.AsNoTracking().Where(row => people.Contains(row.Person)).ToListAsync(cancellation)).ToLookup(row => row.Person);
        var rates = (await db.ExpertRates.AsNoTracking().Where(row => people.Contains(row.Person)).ToListAsync(cancellation)).ToLookup(row => row.Person);
        var classes = (await db.ExpertContentClasses.AsNoTracking().Where(row => people.Contains(row.Person)).ToListAsync(cancellation)).ToLookup(row => row.Person);
        var signed = (await db.AgreementSignatures.AsNoTracking().Where(row => people.Contains(row.Person)).ToListAsync(cancellation)).ToLookup(row => row.Person);
        var training = (await db.TrainingsDone.AsNoTracking().Where(row => people.Contains(row.Person)).ToListAsync(cancellation)).ToLookup(row => row.Person);
        var worked = (await db.LabWork.AsNoTracking().Where(row => people.Contains(row.Person)).ToListAsync(cancellation)).ToLookup(row => row.Person);
        return [.. people.Where(persons.ContainsKey).Select(id => new PersonFacts(
            persons[id], experts.GetValueOrDefault(id), [.. skills[id]], [.. languages[id]], [.. rates[id]], classes[id].Select(row => row.ContentClass).ToHashSet(),
            signed[id].ToLookup(row => row.Agreement, row => row.Version), training[id].ToDictionary(row => row.Module, row => row.GoodUntil),
            worked[id].ToDictionary(row => row.Lab, row => row.LastAt)))];
    }
}
