using Cofferdam.Storage;
using Cofferdam.Workforce.Access;
using Cofferdam.Workforce.Pay.Entries;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Pay.Objections;

/// <summary>Reads disputes and withholdings, for the desk and for the expert whose pay they are about. Words are opened with a receipt.</summary>
internal sealed class ObjectionReading(AppDb db, PayWords words, TimeProvider time)
{
    /// <summary>Open ones by their clocks, then the others, newest first.</summary>
    /// <param name="expert">Null: everybody's.</param>
    public async Task<Ok<List<DisputeView>>> DisputesAsync(Guid? expert, bool openOnly, CancellationToken cancellation)
    {
        var disputes = db.Disputes.AsNoTracking().Where(one => (expert == null || one.Expert == expert) && (!openOnly || one.State == DisputeState.Open));
        var open = await disputes.Where(one => one.State == DisputeState.Open).OrderBy(one => one.AnswerBy).Take(EntryEndpoints.MostRows).ToListAsync(cancellation);
        var rest = await disputes.Where(one => one.State != DisputeState.Open).OrderByDescending(one => one.Id).Take(EntryEndpoints.MostRows).ToListAsync(cancellation);
        var now = time.GetUtcNow();
        return TypedResults.Ok(open.Concat(rest).Select(one => DisputeView.Of(one, now)).ToList());
    }

    public async Task<Results<Ok<DisputeContent>, ProblemHttpResult>> DisputeAsync(Guid dispute, Guid? expert, VendorActor actor, CancellationToken cancellation)
    {
        if (await db.Disputes.AsNoTracking().SingleOrDefaultAsync(one => one.Id == dispute && (expert == null || one.Expert == expert), cancellation) is not { } found)
            return Problems.NotFound();
        var (texts, problem) = await words.OpenAsync(actor, found.Expert, found.Answer is { } answer ? [found.Id, answer] : [found.Id], cancellation);
        return texts is null
            ? problem!
            : TypedResults.Ok(new DisputeContent(DisputeView.Of(found, time.GetUtcNow()), await EntryAsync(found.Entry, cancellation), texts[0], texts.ElementAtOrDefault(1)));
    }

    /// <summary>Open ones by their clocks, then the others, newest first.</summary>
    /// <param name="expert">Null: everybody's.</param>
    public async Task<Ok<List<WithholdingView>>> WithholdingsAsync(Guid? expert, CancellationToken cancellation)
    {
        var withholdings = db.Withholdings.AsNoTracking().Where(one => expert == null || one.Expert == expert);
        var open = await withholdings.Where(one => one.State == WithholdingState.Open).OrderBy(one => one.DecideBy).Take(EntryEndpoints.MostRows).ToListAsync(cancellation);
        var rest = await withholdings.Where(one => one.State != WithholdingState.Open).OrderByDescending(one => one.Id).Take(EntryEndpoints.MostRows).ToListAsync(cancellation);
        return TypedResults.Ok(open.Concat(rest).Select(WithholdingView.Of).ToList());
    }

    public async Task<Results<Ok<WithholdingContent>, ProblemHttpResult>> WithholdingAsync(Guid withholding, Guid? expert, VendorActor actor, CancellationToken cancellation)
    {
        if (await db.Withholdings.AsNoTracking().SingleOrDefaultAsync(one => one.Id == withholding && (expert == null || one.Expert == expert), cancellation) is not { } found)
            return Problems.NotFound();
        var (texts, problem) = await words.OpenAsync(actor, found.Expert, found.Words is { } decision ? [found.Id, decision] : [found.Id], cancellation);
        return texts is null
            ? problem!
            : TypedResults.Ok(new WithholdingContent(WithholdingView.Of(found), await EntryAsync(found.Entry, cancellation), texts[0], texts.ElementAtOrDefault(1)));
    }

    private async Task<EntryView> EntryAsync(long entry, CancellationToken cancellation) =>
        EntryView.Of(await db.PayEntries.AsNoTracking().SingleAsync(one => one.Sequence == entry, cancellation));
}
