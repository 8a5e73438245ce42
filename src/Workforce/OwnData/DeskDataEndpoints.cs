using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Workforce.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.OwnData;

/// <summary>Staff's part: how long fields are kept, and the second person of an erasure.</summary>
internal static class DeskDataEndpoints
{
    public static void MapDeskData(this IEndpointRouteBuilder api)
    {
        var desk = api.MapGroup("/desk").WithTags("Own data");
        desk.MapGet("/retention", Retention).RequireAuthorization(VendorPolicies.Desk).WithSummary("How long each field is kept");
        desk.MapPut("/retention/{field}", SetRetention).RequireAuthorization(VendorPolicies.Owner).WithSummary("Set how long a field is kept, for what is held already too");
        desk.MapGet("/erasures", Erasures).RequireAuthorization(VendorPolicies.Manager).WithSummary("Erased people, and whether their keys are destroyed yet");
        desk.MapPost("/erasures/{person:guid}/approve", Approve).RequireAuthorization(VendorPolicies.Manager)
            .WithSummary("Approve, as the second person, that an erased person's key is destroyed");
    }

    private static async Task<Ok<List<RetentionView>>> Retention(AppDb db, CancellationToken cancellation)
    {
        var rules = await db.RetentionRules.AsNoTracking().ToDictionaryAsync(row => row.Field, cancellation);
        return TypedResults.Ok(HeldFields.All
            .Select(facts => new RetentionView(facts.Field, facts.Purpose, rules.GetValueOrDefault(facts.Field)?.Days ?? facts.Days, rules.ContainsKey(facts.Field)))
            .ToList());
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> SetRetention(
        string field, RetentionRequest body, VendorActor actor, AppDb db, TimeProvider time, CancellationToken cancellation)
    {
        if (HeldFields.All.FirstOrDefault(one => Names.Of(one.Field) == field) is not { } facts)
            return Problems.NotFound();
        if (body.Days is < 1 or > HeldFields.MostDays)
            return Problems.Invalid("A field is kept for 1 to 3,653 days.", "days");
        var rule = await db.RetentionRules.SingleOrDefaultAsync(row => row.Field == facts.Field, cancellation);
        if (rule is null)
            db.RetentionRules.Add(rule = new RetentionRule { Field = facts.Field, Days = 0, SetBy = actor.Person, SetAt = default });
        var difference = body.Days - (rule.Days == 0 ? facts.Days : rule.Days);
        (rule.Days, rule.SetBy, rule.SetAt) = (body.Days, actor.Person, time.GetUtcNow());
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.SaveChangesAsync(cancellation);
        var micros = difference * TimeSpan.MicrosecondsPerDay;
        await db.Database.ExecuteSqlAsync($"UPDATE held_record SET due_at = due_at + {micros} WHERE field = {(short)facts.Field}", cancellation);
        await transaction.CommitAsync(cancellation);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<List<ErasureView>>> Erasures(VendorActor actor, IVault vault, AppDb db, CancellationToken cancellation)
    {
        var proposals = (await vault.ProposalsAsync(actor.Vendor, cancellation)).ToDictionary(one => one.Id);
        var erased = await db.Erasures.AsNoTracking().OrderByDescending(row => row.ErasedAt).Take(200).ToListAsync(cancellation);
        return TypedResults.Ok(erased.ConvertAll(row =>
        {
            var proposal = proposals.GetValueOrDefault(row.Proposal);
            return new ErasureView(
                row.Person, row.ErasedAt, row.Records, row.Proposal, Names.Of(proposal?.State ?? ProposalState.Withdrawn), proposal?.EffectiveAt);
        }));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Approve(Guid person, VendorActor actor, IVault vault, AppDb db, CancellationToken cancellation)
    {
        if (await db.Erasures.AsNoTracking().SingleOrDefaultAsync(row => row.Person == person, cancellation) is not { } erasure)
            return Problems.NotFound();
        return await vault.ApproveAsync(actor.Vendor, erasure.Proposal, actor.Principal, cancellation: CancellationToken.None) switch
        {
            ProposalOutcome.Accepted => TypedResults.NoContent(),
            ProposalOutcome.NotSigned => Problems.Of(StatusCodes.Status403Forbidden, "not-signed", "This takes your own signature, made with a key that is enrolled here in your name."),
            _ => Problems.Of(StatusCodes.Status409Conflict, "not-open", "It has been approved, done or withdrawn already."),
        };
    }
}
