using System.Globalization;
using System.Security.Cryptography;
using Cofferdam.Storage;
using Cofferdam.Workforce.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Pay.Payouts;

/// <summary>Makes the file of an approved payout. Names and accounts are opened for it, each with a receipt, and are kept nowhere.</summary>
internal sealed class PayoutFiles(AppDb db, Payouts payouts, PayWords words, TimeProvider time)
{
    /// <summary>Where the vendor's own account lies, under the vendor's own key.</summary>
    public static readonly Guid VendorAccount = new("0192c0ff-0000-7000-8000-000000000001");

    /// <returns>The file's bytes, or why there is none.</returns>
    public async Task<(byte[]? File, ProblemHttpResult? Problem)> MakeAsync(Guid payout, PayoutFormat format, VendorActor actor, CancellationToken cancellation)
    {
        if (await db.Payouts.AsNoTracking().SingleOrDefaultAsync(one => one.Id == payout, cancellation) is not { } found)
            return (null, Problems.NotFound());
        if (found.State is not PayoutState.Approved)
            return (null, Problems.Of(StatusCodes.Status409Conflict, "not-approved", "A file is made once a second person has approved the payout."));
        var (order, problem) = await OrderAsync(found, actor, cancellation);
        if (order is null)
            return (null, problem);

        using var file = new MemoryStream();
        if (format is PayoutFormat.Csv)
            TransferCsv.Write(order, file);
        else
            Pain001.Write(order, file);
        var now = time.GetUtcNow();
        db.PayoutFiles.Add(new PayoutFile
        {
            Id = Guid.CreateVersion7(now),
            Payout = payout,
            Format = format,
            By = actor.Person,
            At = now,
            Sha256 = SHA256.HashData(file.GetBuffer().AsSpan(0, (int)file.Length)),
        });
        await db.SaveChangesAsync(CancellationToken.None);
        return (file.ToArray(), null);
    }

    /// <summary>The message id of a payout: its number, and enough of its id to tell it from every other node's.</summary>
    public static string MessageId(Payout payout)
    {
        ArgumentNullException.ThrowIfNull(payout);
        return string.Create(CultureInfo.InvariantCulture, $"CF-{payout.Number:D8}-{Convert.ToHexString(payout.Id.ToByteArray(bigEndian: true).AsSpan(8))}");
    }

    private async Task<(TransferOrder? Order, ProblemHttpResult? Problem)> OrderAsync(Payout payout, VendorActor actor, CancellationToken cancellation)
    {
        var (from, problem) = await words.OpenDetailsAsync(actor, Guid.Empty, VendorAccount, cancellation);
        if (from is null)
        {
            return (null, problem ?? Problems.Of(StatusCodes.Status409Conflict, "no-account",
                "The vendor's own account is not known. An owner says it under Pay, Account."));
        }

        var lines = await payouts.ApprovedLinesAsync(payout, cancellation);
        var statements = lines.ConvertAll(line => line.Statement);
        var numbers = await db.Set<Statements.PayStatement>().Where(one => statements.Contains(one.Id)).ToDictionaryAsync(one => one.Id, one => one.Number, cancellation);
        var experts = lines.Select(line => line.Expert).Distinct().ToList();
        var records = await db.PayPeople.AsNoTracking().Where(person => experts.Contains(person.Expert)).ToDictionaryAsync(person => person.Expert, person => person.Details, cancellation);
        List<Transfer> transfers = new(experts.Count);
        foreach (var expert in lines.GroupBy(line => line.Expert))
        {
            var (to, refused) = await words.OpenDetailsAsync(actor, expert.Key, records[expert.Key] ?? Guid.Empty, cancellation);
            if (refused is not null)
                return (null, refused);
            if (to is null)
            {
                return (null, Problems.Of(StatusCodes.Status409Conflict, "details-missing",
                    $"The expert {expert.Key} has taken back where their money goes since this was proposed."));
            }

            var about = string.Join(", ", expert.Select(line => numbers[line.Statement]).Order());
            // The end-to-end id names the first statement: it is the expert's to look up.
            transfers.Add(new Transfer(expert.First().Statement.ToString("N"), to, expert.Sum(line => line.Amount), $"Pay statement {about}"));
        }

        var approved = await db.PayoutApprovals.AsNoTracking().SingleAsync(approval => approval.Payout == payout.Id, cancellation);
        return (new TransferOrder(MessageId(payout), Currency.Of(payout.Currency), payout.ExecuteOn, approved.At, from, transfers), null);
    }
}
