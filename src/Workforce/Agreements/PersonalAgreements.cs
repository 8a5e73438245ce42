using System.Runtime.CompilerServices;
using Cofferdam.Storage;
using Cofferdam.Workforce.OwnData;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Agreements;

internal sealed class PersonalAgreements(AppDb db) : IPersonalData
{
    public string Section => "agreements";

    public string Purpose => "Which versions of agreements you signed and when, which training you have done, and when you last worked for a lab, to keep rivals' work apart.";

    public string OnErasure => "The name under your signatures and your training are removed at once. That somebody, now without a name, signed which text stays.";

    public async IAsyncEnumerable<object> RowsAsync(Guid person, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in db.AgreementSignatures.AsNoTracking().Where(row => row.Person == person).AsAsyncEnumerable().WithCancellation(cancellation))
            yield return new { row.Agreement, row.Version, Sha256 = Convert.ToHexStringLower(row.Sha256), row.SignedAt, row.Session, row.Record };
        await foreach (var row in db.TrainingsDone.AsNoTracking().Where(row => row.Person == person).AsAsyncEnumerable().WithCancellation(cancellation))
            yield return new { Training = row.Module, row.DoneAt, row.GoodUntil };
        await foreach (var row in db.LabWork.AsNoTracking().Where(row => row.Person == person).AsAsyncEnumerable().WithCancellation(cancellation))
            yield return new { row.Lab, LastWorked = row.LastAt };
    }

    public async Task ForgetAsync(Guid person, CancellationToken cancellation)
    {
        await db.TrainingsDone.Where(row => row.Person == person).ExecuteDeleteAsync(cancellation);
        await db.LabWork.Where(row => row.Person == person).ExecuteDeleteAsync(cancellation);
    }
}
