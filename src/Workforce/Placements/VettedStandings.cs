using Cofferdam.Federation.Statements;
using Cofferdam.Storage;
using Cofferdam.Workforce.Access;
using Cofferdam.Workforce.Agreements;
using Cofferdam.Workforce.Vetting;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Placements;

/// <summary>Where experts stand by what the vendor's vetting has recorded: passed tests, signatures, trainings, work for rivals.</summary>
internal sealed class VettedStandings(AppDb db, TimeProvider time) : IExpertStandings
{
    public async Task<IReadOnlyDictionary<Guid, Standing>> OfAsync(IReadOnlyCollection<Guid> experts, Guid node, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var tests = (await db.Sittings.AsNoTracking().Where(row => experts.Contains(row.Person) && row.Passed && row.EndedAt != null && (row.GoodUntil == null || row.GoodUntil > now))
            .Join(db.Qualifications, row => row.Qualification, test => test.Code, (row, test) => new { row.Person, test.Code, test.Skill, row.EndedAt, row.Score })
            .ToListAsync(cancellation)).ToLookup(row => row.Person);
        var signatures = (await db.AgreementSignatures.AsNoTracking().Where(row => experts.Contains(row.Person))
            .Select(row => new { row.Person, row.Agreement, row.Version, row.SignedAt }).ToListAsync(cancellation)).ToLookup(row => row.Person);
        var trained = await db.TrainingsDone.Where(row => experts.Contains(row.Person)).GroupBy(row => row.Person)
            .Select(of => new { Person = of.Key, Until = of.Min(row => row.GoodUntil) }).ToDictionaryAsync(row => row.Person, row => row.Until, cancellation);
        var conflicts = await ConflictsAsync(experts, node, now, cancellation);
        var here = await db.People.Where(person => experts.Contains(person.Id) && person.LeftAt == null).Select(person => person.Id).ToHashSetAsync(cancellation);
        return experts.Distinct().ToDictionary(expert => expert, expert => new Standing(
            [.. tests[expert].GroupBy(test => test.Skill).Select(of => new StatedSkill(of.Key, Day(of.Max(test => test.EndedAt)!.Value)))],
            [.. tests[expert].GroupBy(test => test.Code).Select(of => of.MaxBy(test => test.EndedAt)!).Select(test => new StatedQualification(test.Code, Day(test.EndedAt!.Value), test.Score))],
            [.. signatures[expert].GroupBy(row => row.Agreement).Select(of => of.MaxBy(row => row.Version)!).Select(row => new StatedAgreement(row.Agreement, row.Version, Day(row.SignedAt)))],
            // The day on which it runs out is not a whole one.
            trained.TryGetValue(expert, out var until) ? Day(until).AddDays(-1) : null,
            conflicts.Contains(expert),
            !here.Contains(expert)));
    }

    public async Task WorkedAsync(IReadOnlyCollection<Guid> experts, Guid node, DateTimeOffset at, CancellationToken cancellation)
    {
        foreach (var expert in experts)
            await db.WorkedAsync(expert, node, at, cancellation);
    }

    private async Task<HashSet<Guid>> ConflictsAsync(IReadOnlyCollection<Guid> experts, Guid node, DateTimeOffset now, CancellationToken cancellation)
    {
        HashSet<Guid> conflicts = [];
        foreach (var rival in await db.RivalsAsync(node, cancellation))
        {
            var since = now.AddDays(-rival.Days);
            conflicts.UnionWith(await db.LabWork.Where(row => experts.Contains(row.Person) && row.Lab == rival.Lab && row.LastAt > since).Select(row => row.Person).ToListAsync(cancellation));
        }

        return conflicts;
    }

    private static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);
}
