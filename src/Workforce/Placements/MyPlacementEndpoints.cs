using System.Text.Json;
using Cofferdam.Federation.Peers;
using Cofferdam.Federation.Statements;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Workforce.Access;
using Cofferdam.Workforce.Engagements;
using Cofferdam.Workforce.Needs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Placements;

/// <param name="Lab">Slug of the lab.</param>
/// <param name="LabAddress">The lab's node, where the work is done.</param>
/// <param name="CodeName">Null where the lab's brief could not be opened.</param>
/// <param name="VouchedUntil">Until when the lab lets the person in on the vendor's word; renewed of itself.</param>
/// <param name="LabState">How far the lab has come: <c>waiting</c>, <c>admissible</c>, <c>enrolled</c>; null before its first answer.</param>
/// <param name="Missing">What is to be put in order, as stable codes.</param>
/// <param name="EndsAt">When the engagement ends; null: no end is set.</param>
public sealed record MyPlacement(
    Guid Id, string Lab, string LabAddress, string? CodeName, StatementRole Role, string Currency, IReadOnlyList<WorkRate> Rates, int WeekHours, int NoticeDays,
    DateTimeOffset StartedAt, DateTimeOffset? VouchedUntil, string? LabState, string? Fault, IReadOnlyList<string> Missing, DateTimeOffset? EndsAt,
    DateTimeOffset? EndedAt, PlacementEnd? EndReason);

/// <summary>Where the expert is placed, as the expert sees it.</summary>
internal static class MyPlacementEndpoints
{
    private const int MostShown = 100;

    public static void MapMyPlacements(this RouteGroupBuilder me)
    {
        var placements = me.MapGroup("/placements").WithTags("Own work");
        placements.MapGet("", List).RequireAuthorization(VendorPolicies.Expert).WithSummary("Where one is placed, and was");
        placements.MapPost("/{placement:guid}/leave", Leave).RequireAuthorization(VendorPolicies.Expert)
            .WithSummary("End a placement of one's own accord; work already done stays payable");
    }

    private static async Task<Ok<List<MyPlacement>>> List(VendorActor actor, AppDb db, IVault vault, CancellationToken cancellation)
    {
        var rows = await db.Placements.AsNoTracking().Where(one => one.Expert == actor.Person).OrderByDescending(one => one.Id).Take(MostShown)
            .Join(db.Offers, one => one.Offer, offer => offer.Id, (one, offer) => new { Placement = one, Offer = offer })
            .Join(db.Needs, one => one.Placement.Need, need => need.Id, (one, need) => new { one.Placement, one.Offer, need.Brief })
            .Join(db.Briefs, one => one.Brief, brief => brief.Id, (one, brief) => new { one.Placement, one.Offer, brief.Record })
            .Join(db.Engagements, one => one.Placement.Engagement, engagement => engagement.Id, (one, engagement) => new { one.Placement, one.Offer, one.Record, Engagement = engagement })
            .Join(db.Peers, one => one.Engagement.Peer, peer => peer.Id, (one, peer) => new { one.Placement, one.Offer, one.Record, one.Engagement, peer.Address })
            .ToListAsync(cancellation);
        List<MyPlacement> placements = [];
        foreach (var row in rows.OrderByDescending(row => row.Placement.Id))
        {
            var brief = await vault.ReadBriefAsync(actor.Vendor, row.Engagement.Id, row.Record, actor.Principal, Purpose.Match, actor.Session, cancellation);
            placements.Add(new MyPlacement(
                row.Placement.Id, row.Engagement.Lab, row.Address, brief?.CodeName, row.Placement.Role, row.Offer.Currency,
                JsonSerializer.Deserialize(row.Offer.Rates, WorkforceText.Default.IReadOnlyListWorkRate)!, row.Placement.WeekHours, row.Offer.NoticeDays,
                row.Placement.StartedAt, row.Placement.VouchedUntil, row.Placement.LabState, row.Placement.Fault, PlacementProblems.Missing(row.Placement),
                row.Engagement.EndsAt, row.Placement.EndedAt, row.Placement.EndReason));
        }

        return TypedResults.Ok(placements);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Leave(Guid placement, VendorActor actor, AppDb db, PlacementEnding ending, CancellationToken cancellation) =>
        await db.Placements.AnyAsync(one => one.Id == placement && one.Expert == actor.Person, cancellation)
        && await ending.EndAsync(placement, PlacementEnd.Asked, actor.Account, CancellationToken.None)
            ? TypedResults.NoContent()
            : Problems.NotFound();
}
