using System.Text.Json;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Workforce.Access;
using Cofferdam.Workforce.Matching;
using Cofferdam.Workforce.OwnData;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Experts;

/// <summary>Writes and reads profiles: rows in clear, words sealed.</summary>
internal sealed class Profiles(AppDb db, PersonRecords records, TimeProvider time)
{
    /// <summary>Puts a person's profile in place of what it was. Verified marks stay.</summary>
    public async Task PutAsync(VendorActor actor, ProfileRequest profile, CancellationToken cancellation)
    {
        var expert = await db.Experts.SingleOrDefaultAsync(row => row.Person == actor.Person, cancellation);
        var own = expert?.Record;
        if (profile.Own is { } words)
            own = await records.SealAsync(actor, actor.Person, HeldField.Profile, JsonSerializer.SerializeToUtf8Bytes(words, PeopleJson.Sealed.OwnWords), own);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (expert is null)
        {
            db.Experts.Add(expert = new Expert { Person = actor.Person, Listed = profile.Listed, Zone = profile.Zone, Hours = profile.HoursPerWeek, ChangedAt = time.GetUtcNow() });
            await db.SaveChangesAsync(cancellation);
        }

        expert.Listed = profile.Listed;
        expert.Zone = profile.Zone;
        expert.Country = profile.Country;
        expert.Hours = profile.HoursPerWeek;
        expert.Record = own;
        expert.ChangedAt = time.GetUtcNow();
        await PutSkillsAsync(actor.Person, profile.Skills, cancellation);
        db.RemoveRange(await db.ExpertLanguages.Where(row => row.Person == actor.Person).ToListAsync(cancellation));
        db.RemoveRange(await db.ExpertRates.Where(row => row.Person == actor.Person).ToListAsync(cancellation));
        db.RemoveRange(await db.ExpertContentClasses.Where(row => row.Person == actor.Person).ToListAsync(cancellation));
        // What is removed goes first: the same key may come again.
        await db.SaveChangesAsync(cancellation);
        db.AddRange(LanguagesOf(actor.Person, profile.Languages));
        db.AddRange(profile.Rates.Select(rate => new ExpertRate { Person = actor.Person, Currency = rate.Currency, PerHour = rate.PerHour }));
        db.AddRange((profile.ContentClasses ?? []).Select(code => new ExpertContentClass { Person = actor.Person, ContentClass = code }));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Notes that a skill was verified. Of two marks the higher stays, and of two alike the one that is good for longer.</summary>
    public async Task VerifyAsync(Guid person, string skill, SkillLevel level, DateTimeOffset until, CancellationToken cancellation)
    {
        if (!await db.Experts.AnyAsync(row => row.Person == person, cancellation))
            db.Experts.Add(new Expert { Person = person, Listed = false, Zone = "Etc/UTC", Hours = 0, ChangedAt = time.GetUtcNow() });
        var row = await db.ExpertSkills.SingleOrDefaultAsync(row => row.Person == person && row.Skill == skill, cancellation);
        if (row is null)
            db.ExpertSkills.Add(row = new ExpertSkill { Person = person, Skill = skill, Level = SkillLevel.None });
        var lapsed = row.VerifiedUntil is not { } end || end <= time.GetUtcNow();
        if (lapsed || level > row.VerifiedLevel || (level == row.VerifiedLevel && until > row.VerifiedUntil))
            (row.VerifiedLevel, row.VerifiedUntil) = (level, until);
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>A person's profile, its sealed part opened in the reader's name.</summary>
    /// <returns>Null and no refusal: there is no such person.</returns>
    public async Task<(ProfileView? View, OpenOutcome.Refused? Refused)> ReadAsync(VendorActor reader, Guid person, Purpose purpose, CancellationToken cancellation)
    {
        if (await db.People.AsNoTracking().SingleOrDefaultAsync(row => row.Id == person && row.Role == VendorRole.Expert, cancellation) is not { } who)
            return (null, null);
        var expert = await db.Experts.AsNoTracking().SingleOrDefaultAsync(row => row.Person == person, cancellation);
        OwnWords? own = null;
        if (expert?.Record is { } record)
        {
            var (opened, refused) = await records.OpenAsync(reader, person, purpose, [record], cancellation);
            if (refused is not null)
                return (null, refused);
            if (opened.TryGetValue(record, out var bytes))
                own = JsonSerializer.Deserialize(bytes.Span, PeopleJson.Sealed.OwnWords);
        }

        var now = time.GetUtcNow();
        var skills = await db.ExpertSkills.AsNoTracking().Where(row => row.Person == person).OrderBy(row => row.Skill).ToListAsync(cancellation);
        return (new ProfileView(
            person, who.Name, expert?.Zone, expert?.Hours ?? 0,
            skills.ConvertAll(row => new SkillView(row.Skill, row.Level is SkillLevel.None ? null : row.Level, row.VerifiedUntil > now ? row.VerifiedLevel : null, row.VerifiedUntil > now ? row.VerifiedUntil : null)),
            await db.ExpertLanguages.Where(row => row.Person == person && row.Stated).OrderBy(row => row.Tag).Select(row => new LanguageClaim(row.Tag, row.Level)).ToListAsync(cancellation),
            await db.ExpertRates.Where(row => row.Person == person).OrderBy(row => row.Currency).Select(row => new RateClaim(row.Currency, row.PerHour)).ToListAsync(cancellation),
            expert?.Country,
            await db.ExpertContentClasses.Where(row => row.Person == person).OrderBy(row => row.ContentClass).Select(row => row.ContentClass).ToListAsync(cancellation),
            expert?.Listed ?? false, own, expert?.ChangedAt), null);
    }

    private async Task PutSkillsAsync(Guid person, IReadOnlyList<SkillClaim> claims, CancellationToken cancellation)
    {
        var rows = await db.ExpertSkills.Where(row => row.Person == person).ToDictionaryAsync(row => row.Skill, cancellation);
        foreach (var claim in claims)
        {
            if (rows.Remove(claim.Code, out var row))
                row.Level = claim.Level;
            else
                db.ExpertSkills.Add(new ExpertSkill { Person = person, Skill = claim.Code, Level = claim.Level });
        }

        foreach (var row in rows.Values)
        {
            // What a test has shown stays shown.
            if (row.VerifiedLevel is SkillLevel.None)
                db.Remove(row);
            else
                row.Level = SkillLevel.None;
        }
    }

    private static IEnumerable<ExpertLanguage> LanguagesOf(Guid person, IReadOnlyList<LanguageClaim> claims)
    {
        var stated = claims.ToDictionary(claim => Codes.Language(claim.Tag)!, claim => claim.Level);
        return claims
            .SelectMany(claim => Codes.Prefixes(Codes.Language(claim.Tag)!).Select(tag => (Tag: tag, claim.Level)))
            .GroupBy(one => one.Tag)
            .Select(tag => new ExpertLanguage
            {
                Person = person,
                Tag = tag.Key,
                Level = stated.TryGetValue(tag.Key, out var level) ? level : tag.Max(one => one.Level),
                Stated = stated.ContainsKey(tag.Key),
            });
    }
}
