using System.Text.Json;
using Cofferdam.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Needs;

/// <summary>What the same work paid when it was listed before.</summary>
/// <param name="ListedAt">When that was.</param>
/// <param name="Sure">The lab says that it is the same work; otherwise it is of the same lab and programme and asks for the same skills.</param>
public sealed record EarlierListing(DateTimeOffset ListedAt, string Currency, IReadOnlyList<WorkRate> Rates, int WeekHours, bool Sure);

/// <summary>
/// Finds what work paid before, under whatever name and engagement: work that ends and is offered anew for less must say so.
/// </summary>
internal sealed class EarlierListings(AppDb db)
{
    /// <summary>The last listing of the same work that was not made of this brief.</summary>
    public Task<EarlierListing?> OfAsync(KnownBrief brief, CancellationToken cancellation) => OfAsync(brief, need: null, cancellation);

    /// <param name="need">Listings from then on are not earlier ones; null: those of the brief itself are not.</param>
    public async Task<EarlierListing?> OfAsync(KnownBrief brief, Need? need, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(brief);
        var listings = db.Needs.AsNoTracking().Join(db.Briefs.AsNoTracking(), one => one.Brief, of => of.Id, (one, of) => new { Need = one, Brief = of });
        listings = need is null ? listings.Where(one => one.Brief.Id != brief.Id) : listings.Where(one => one.Need.CreatedAt < need.CreatedAt && one.Need.Id != need.Id);
        var found = await listings
            .Where(one => one.Brief.Id == brief.Id || (brief.Lineage != null && one.Brief.Lineage == brief.Lineage) || one.Brief.Mark == brief.Mark)
            .OrderByDescending(one => one.Need.CreatedAt)
            .FirstOrDefaultAsync(cancellation);
        return found is null ? null : new EarlierListing(
            found.Need.CreatedAt, found.Need.Currency, JsonSerializer.Deserialize(found.Need.Rates, WorkforceText.Default.IReadOnlyListWorkRate)!, found.Need.WeekHours,
            found.Brief.Id == brief.Id || (brief.Lineage is not null && found.Brief.Lineage == brief.Lineage));
    }
}
