using System.Text.Json;
using Cofferdam.Storage;
using Cofferdam.Vendors.Terms;
using Cofferdam.Work.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Vendors.Admissions;

/// <param name="Person">Pseudonym.</param>
/// <param name="Until">When the vendor's word runs out.</param>
public sealed record AdmissionView(
    Guid Person, Role Role, AdmissionState State, AdmissionFacts Facts, DateTimeOffset FirstAt, DateTimeOffset Until, DateTimeOffset? EnrolledAt, Guid? DecidedBy);

/// <summary>What staff do about a vendor's people.</summary>
internal static class AdmissionEndpoints
{
    public static void MapAdmissions(this RouteGroupBuilder vendor)
    {
        var admissions = vendor.MapGroup("/admissions");
        admissions.MapGet("", List).RequireAuthorization(Policies.Observer).WithSummary("The vendor's people, as the vendor states them");
        admissions.MapPost("/{person:guid}/approve", Approve).RequireAuthorization(Policies.Staff).RequireNotSuspended().NotForTokens()
            .WithSummary("Let somebody enrol whom staff have to admit");
        admissions.MapPost("/{person:guid}/decline", Decline).RequireAuthorization(Policies.Staff).RequireNotSuspended().NotForTokens()
            .WithSummary("Do not let somebody in, or no longer: sessions and leases end at once");
    }

    private static async Task<Results<Ok<List<AdmissionView>>, ProblemHttpResult>> List(
        Guid engagement, Actor actor, AppDb db, CancellationToken cancellation, AdmissionState? state = null)
    {
        if (!await db.VendorTerms.AnyAsync(row => row.Engagement == engagement && row.Lab == actor.Lab.Value, cancellation))
            return Problems.NotFound();
        var rows = await db.Admissions.AsNoTracking().Where(row => row.Engagement == engagement && (state == null || row.State == state))
            .OrderBy(row => row.FirstAt).ToListAsync(cancellation);
        return TypedResults.Ok(rows.ConvertAll(row => new AdmissionView(
            row.Pseudonym, row.Role, row.State, JsonSerializer.Deserialize(row.Facts, VendorsJson.Default.AdmissionFacts)!, row.FirstAt, row.Until, row.EnrolledAt, row.DecidedBy)));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Approve(
        Guid engagement, Guid person, Actor actor, AppDb db, TimeProvider time, CancellationToken cancellation)
    {
        if (await FindAsync(engagement, person, actor, db, cancellation) is not { } admission)
            return Problems.NotFound();
        if (admission.State is not (AdmissionState.Waiting or AdmissionState.Declined))
            return TypedResults.NoContent();
        (admission.State, admission.DecidedAt, admission.DecidedBy) = (AdmissionState.Admissible, time.GetUtcNow(), actor.Pseudonym);
        await db.SaveChangesAsync(CancellationToken.None);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Decline(
        Guid engagement, Guid person, Actor actor, AppDb db, Admitting admitting, TimeProvider time, CancellationToken cancellation)
    {
        if (await FindAsync(engagement, person, actor, db, cancellation) is not { } admission)
            return Problems.NotFound();
        (admission.DecidedAt, admission.DecidedBy) = (time.GetUtcNow(), actor.Pseudonym);
        await admitting.EndAsync(actor.Lab, admission, AdmissionState.Declined, CancellationToken.None, actor.Principal);
        return TypedResults.NoContent();
    }

    private static async Task<Admission?> FindAsync(Guid engagement, Guid person, Actor actor, AppDb db, CancellationToken cancellation) =>
        await db.VendorTerms.AnyAsync(row => row.Engagement == engagement && row.Lab == actor.Lab.Value, cancellation)
            ? await db.Admissions.SingleOrDefaultAsync(row => row.Pseudonym == person && row.Engagement == engagement, cancellation)
            : null;
}
