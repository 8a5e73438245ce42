using System.Runtime.CompilerServices;
using Cofferdam.Storage;
using Cofferdam.Workforce.OwnData;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Experts;

internal sealed class PersonalProfile(AppDb db) : IPersonalData
{
    public string Section => "profile";

    public string Purpose => "Skills, languages, time zone, country, rates, hours and classes of content, to find work that fits you. Kept in clear under a number, apart from your name.";

    public string OnErasure => "Removed at once.";

    public async IAsyncEnumerable<object> RowsAsync(Guid person, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (await db.Experts.AsNoTracking().SingleOrDefaultAsync(row => row.Person == person, cancellation) is not { } expert)
            yield break;
        yield return new { expert.Zone, expert.Country, HoursPerWeek = expert.Hours, expert.Listed, expert.ChangedAt };
        await foreach (var row in db.ExpertSkills.AsNoTracking().Where(row => row.Person == person).AsAsyncEnumerable().WithCancellation(cancellation))
            yield return new { row.Skill, row.Level, row.VerifiedLevel, row.VerifiedUntil };
        await foreach (var row in db.ExpertLanguages.AsNoTracking().Where(row => row.Person == person && row.Stated).AsAsyncEnumerable().WithCancellation(cancellation))
            yield return new { Language = row.Tag, row.Level };
        await foreach (var row in db.ExpertRates.AsNoTracking().Where(row => row.Person == person).AsAsyncEnumerable().WithCancellation(cancellation))
            yield return new { row.Currency, row.PerHour };
        await foreach (var row in db.ExpertContentClasses.AsNoTracking().Where(row => row.Person == person).AsAsyncEnumerable().WithCancellation(cancellation))
            yield return new { row.ContentClass };
    }

    public async Task ForgetAsync(Guid person, CancellationToken cancellation)
    {
        await db.ExpertSkills.Where(row => row.Person == person).ExecuteDeleteAsync(cancellation);
        await db.ExpertLanguages.Where(row => row.Person == person).ExecuteDeleteAsync(cancellation);
        await db.ExpertRates.Where(row => row.Person == person).ExecuteDeleteAsync(cancellation);
        await db.ExpertContentClasses.Where(row => row.Person == person).ExecuteDeleteAsync(cancellation);
        await db.Experts.Where(row => row.Person == person).ExecuteDeleteAsync(cancellation);
    }
}
