using System.Runtime.CompilerServices;
using Cofferdam.Storage;
using Cofferdam.Workforce.OwnData;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Vetting;

internal sealed class PersonalVetting(AppDb db) : IPersonalData
{
    public string Section => "vetting";

    public string Purpose => "That interviews, tests and checks were, how they ended and until when that holds, so that you are not asked again for the next engagement.";

    public string OnErasure => "Interviews and checks are removed at once. That a test was sat, when and for how long, stays under a number where it was paid; the rest is removed.";

    public async IAsyncEnumerable<object> RowsAsync(Guid person, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in db.Interviews.AsNoTracking().Where(row => row.Person == person).AsAsyncEnumerable().WithCancellation(cancellation))
            yield return new { Interview = row.Id, row.HeldAt, row.Outcome, row.Record };
        await foreach (var row in db.Sittings.AsNoTracking().Where(row => row.Person == person).AsAsyncEnumerable().WithCancellation(cancellation))
            yield return new { Test = row.Qualification, row.State, row.StartedAt, row.EndedAt, row.Seconds, Paid = row.Payable, row.Score, row.Passed, row.GoodUntil, row.Record };
        await foreach (var row in db.OutsideChecks.AsNoTracking().Where(row => row.Person == person).AsAsyncEnumerable().WithCancellation(cancellation))
            yield return new { Check = row.Kind, row.Passed, row.NotedAt, row.ExpiresAt, row.Record };
    }

    public async Task ForgetAsync(Guid person, CancellationToken cancellation)
    {
        await db.Interviews.Where(row => row.Person == person).ExecuteDeleteAsync(cancellation);
        await db.OutsideChecks.Where(row => row.Person == person).ExecuteDeleteAsync(cancellation);
        await db.Sittings.Where(row => row.Person == person && !row.Payable).ExecuteDeleteAsync(cancellation);
        await db.Sittings.Where(row => row.Person == person).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Score, (int?)null).SetProperty(row => row.Passed, false).SetProperty(row => row.GoodUntil, (DateTimeOffset?)null).SetProperty(row => row.Record, (Guid?)null),
            cancellation);
    }
}
