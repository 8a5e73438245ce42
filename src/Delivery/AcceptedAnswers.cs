using System.Runtime.CompilerServices;
using Cofferdam.Storage;
using Cofferdam.Work.Items;
using Cofferdam.Work.Slots;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Delivery;

/// <param name="Record">Of the answer.</param>
/// <param name="Person">Pseudonym of who gave it.</param>
internal readonly record struct AcceptedAnswer(Guid Record, Guid Person, int FormVersion, int GuidelineVersion);

/// <summary>An item with its accepted answers, in the order of its slots; ids only.</summary>
internal sealed record AcceptedItem(Guid Id, IReadOnlyList<AcceptedAnswer> Answers);

/// <summary>A project's items that have accepted answers. An item is read in one statement: what is accepted later is all in or all out.</summary>
internal static class AcceptedAnswers
{
    /// <summary>Items read at once. Their records are opened together, so it bounds the plaintext in memory.</summary>
    private const int PageItems = 64;

    public static Task<long> CountAsync(AppDb db, Guid project, CancellationToken cancellation)
    {
        var slots = db.Slots;
        return db.Items.LongCountAsync(
            item => item.Project == project && slots.Any(slot => slot.Item == item.Id && slot.State == SlotState.Accepted && !slot.Gold), cancellation);
    }

    /// <summary>In the order of item ids.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<AcceptedItem>> PagesAsync(
        AppDb db, Guid project, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var after = Guid.Empty;
        while (true)
        {
            var from = after;
            var ids = await db.Items
                .Where(item => item.Project == project && item.Id > from)
                .OrderBy(item => item.Id)
                .Take(PageItems)
                .Select(item => item.Id)
                .ToListAsync(cancellation);
            if (ids.Count == 0)
                yield break;

            var accepted = await db.Slots
                .Where(slot => ids.Contains(slot.Item) && slot.State == SlotState.Accepted && !slot.Gold)
                .OrderBy(slot => slot.Item).ThenBy(slot => slot.Ordinal)
                .Select(slot => new { slot.Item, slot.Answer, slot.Holder, slot.FormVersion, slot.GuidelineVersion })
                .ToListAsync(cancellation);
            var page = accepted
                .GroupBy(slot => slot.Item)
                .Select(item => new AcceptedItem(item.Key, [.. item.Select(slot =>
                    new AcceptedAnswer(slot.Answer!.Value, slot.Holder!.Value, slot.FormVersion, slot.GuidelineVersion))]))
                .ToList();
            if (page.Count > 0)
                yield return page;
            after = ids[^1];
        }
    }
}
