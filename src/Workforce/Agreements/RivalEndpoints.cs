using Cofferdam.Storage;
using Cofferdam.Workforce.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Agreements;

internal static class RivalEndpoints
{
    public static void MapRivals(this IEndpointRouteBuilder api)
    {
        var desk = api.MapGroup("/desk/rivals").WithTags("Conflicts of interest");
        desk.MapGet("", List).RequireAuthorization(VendorPolicies.Desk).WithSummary("Groups of rival labs, and how long people wait between them");
        desk.MapPut("/{group:guid}", Put).RequireAuthorization(VendorPolicies.Owner).WithSummary("Set a group of rival labs");
        desk.MapDelete("/{group:guid}", Delete).RequireAuthorization(VendorPolicies.Owner).WithSummary("Forget a group of rival labs");
    }

    private static async Task<Ok<List<RivalGroupView>>> List(AppDb db, CancellationToken cancellation)
    {
        var labs = (await db.RivalLabs.AsNoTracking().ToListAsync(cancellation)).ToLookup(row => row.RivalGroup, row => row.Lab);
        var groups = await db.RivalGroups.AsNoTracking().OrderBy(row => row.Name).ToListAsync(cancellation);
        return TypedResults.Ok(groups.ConvertAll(row => new RivalGroupView(row.Id, row.Name, row.CoolOffDays, [.. labs[row.Id].Order()])));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Put(Guid group, RivalGroupRequest body, AppDb db, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(body.Name) || body.Name.Length > 100)
            return Problems.Invalid("A group's name has 1 to 100 characters.", "name");
        if (body.CoolOffDays is < 0 or > 1_827)
            return Problems.Invalid("The cool-off time is 0 to 1,827 days.", "coolOffDays");
        if (body.Labs.Count is < 2 or > 50 || body.Labs.Distinct().Count() != body.Labs.Count)
            return Problems.Invalid("Name 2 to 50 labs, each once.", "labs");
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.RivalLabs.Where(row => row.RivalGroup == group).ExecuteDeleteAsync(cancellation);
        var row = await db.RivalGroups.SingleOrDefaultAsync(row => row.Id == group, cancellation);
        if (row is null)
            db.RivalGroups.Add(row = new RivalGroup { Id = group, Name = body.Name, CoolOffDays = body.CoolOffDays });
        (row.Name, row.CoolOffDays) = (body.Name, body.CoolOffDays);
        await db.SaveChangesAsync(cancellation);
        db.RivalLabs.AddRange(body.Labs.Select(lab => new RivalLab { RivalGroup = group, Lab = lab }));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(Guid group, AppDb db, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.RivalLabs.Where(row => row.RivalGroup == group).ExecuteDeleteAsync(cancellation);
        var gone = await db.RivalGroups.Where(row => row.Id == group).ExecuteDeleteAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return gone == 1 ? TypedResults.NoContent() : Problems.NotFound();
    }
}
