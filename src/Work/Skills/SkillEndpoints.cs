using Cofferdam.Storage;
using Cofferdam.Work.Access;
using Cofferdam.Work.Labs;
using Cofferdam.Work.Slots;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.Skills;

/// <summary>What a person can do, or a batch asks for.</summary>
/// <param name="Skills">Codes, at most 50: <c>[a-z0-9][a-z0-9-]{0,31}</c>.</param>
/// <param name="Languages">As <paramref name="Skills"/>.</param>
public sealed record SkillList(IReadOnlyList<string>? Skills = null, IReadOnlyList<string>? Languages = null);

internal static class SkillEndpoints
{
    public static void MapSkillEndpoints(this RouteGroupBuilder lab)
    {
        lab.MapGet("/people/{person:guid}/skills", Get).RequireAuthorization(Policies.Observer);
        lab.MapPut("/people/{person:guid}/skills", Put).RequireAuthorization(Policies.Staff).RequireNotSuspended();
    }

    private static async Task<Results<Ok<SkillList>, ProblemHttpResult>> Get(Guid person, Actor actor, AppDb db, CancellationToken cancellation)
    {
        if (!await IsMemberAsync(person, actor, db, cancellation))
            return Problems.NotFound();
        var found = await db.MemberSkills.AsNoTracking()
            .Where(skill => skill.Lab == actor.Lab.Value && skill.Person == person).OrderBy(skill => skill.Code).ToListAsync(cancellation);
        return TypedResults.Ok(new SkillList(
            [.. found.Where(skill => skill.Kind is SkillKind.Skill).Select(skill => skill.Code)],
            [.. found.Where(skill => skill.Kind is SkillKind.Language).Select(skill => skill.Code)]));
    }

    private static async Task<Results<Ok<SkillList>, ProblemHttpResult>> Put(
        Guid person, SkillList body, Actor actor, AppDb db, Offers offers, CancellationToken cancellation)
    {
        if (!Codes.AreCodes(body.Skills))
            return Problems.Invalid($"At most {Codes.Most} skills, each a code of small letters, digits and '-'.", "skills");
        if (!Codes.AreCodes(body.Languages))
            return Problems.Invalid($"At most {Codes.Most} languages, each a code of small letters, digits and '-'.", "languages");
        if (!await IsMemberAsync(person, actor, db, cancellation))
            return Problems.NotFound();

        var list = new SkillList([.. (body.Skills ?? []).Distinct()], [.. (body.Languages ?? []).Distinct()]);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.MemberSkills.Where(skill => skill.Lab == actor.Lab.Value && skill.Person == person).ExecuteDeleteAsync(cancellation);
        db.MemberSkills.AddRange(Rows(SkillKind.Skill, list.Skills!).Concat(Rows(SkillKind.Language, list.Languages!)));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        offers.Forget(actor.Lab.Value, person);
        return TypedResults.Ok(list);

        IEnumerable<MemberSkill> Rows(SkillKind kind, IEnumerable<string> codes) =>
            codes.Select(code => new MemberSkill { Lab = actor.Lab.Value, Person = person, Kind = kind, Code = code });
    }

    private static Task<bool> IsMemberAsync(Guid person, Actor actor, AppDb db, CancellationToken cancellation) =>
        db.Members.AnyAsync(member => member.Lab == actor.Lab.Value && member.Pseudonym == person, cancellation);
}
