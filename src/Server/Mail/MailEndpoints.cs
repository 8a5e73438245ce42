using System.Globalization;
using System.Net.Mail;
using System.Security.Cryptography;
using System.Text;
using Cofferdam.Server.Hardening;
using Cofferdam.Server.SignIn;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Notices;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Server.Mail;

/// <param name="Address">Null: it stays, and the topics alone change. Otherwise a code is mailed there, to be given back.</param>
/// <param name="Topics">What is mailed; none: nothing.</param>
public sealed record MailRequest(IReadOnlyList<NoticeTopic> Topics, string? Address = null);

/// <param name="Code">Eight digits; they work for 30 minutes and five tries.</param>
public sealed record MailCode(string Code);

/// <summary>What of notices goes out by e-mail. The address is not told back: it is opened for a mail alone.</summary>
/// <param name="Offered">The node has a mail server.</param>
/// <param name="Confirmed">The code was given back; until then nothing is mailed.</param>
public sealed record MailView(bool Offered, bool HasAddress, bool Confirmed, IReadOnlyList<NoticeTopic> Topics);

/// <summary>E-mail for notices: asked for by the person, and confirmed with a code.</summary>
internal static class MailEndpoints
{
    private const string What = "mail-code";
    private const int MostTries = 5;
    private static readonly TimeSpan CodeLifetime = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan BetweenCodes = TimeSpan.FromMinutes(5);

    public static void AddNoticeMail(this IServiceCollection services, Uri? smtp)
    {
        services.AddSingleton<ITables, MailTables>();
        services.AddSingleton(new Mailer(smtp));
        services.AddSingleton<NoticeMailing>();
        services.AddHostedService(provider => provider.GetRequiredService<NoticeMailing>());
    }

    public static void MapNoticeMail(this IEndpointRouteBuilder api)
    {
        var mail = api.MapGroup("/notices/email").RequireAuthorization().WithTags("Notices");
        mail.MapGet("", Get).WithSummary("What of notices goes out by e-mail");
        mail.MapPut("", Put).RequireRateLimiting(RateLimits.SignIn).WithSummary("Ask for notices by e-mail; a new address is mailed a code");
        mail.MapPost("/confirm", Confirm).RequireRateLimiting(RateLimits.SignIn).WithSummary("Give back the code that was mailed");
        mail.MapDelete("", Delete).WithSummary("No more e-mail; the address is removed");
    }

    private static async Task<Ok<MailView>> Get(HttpContext context, AppDb db, Mailer mailer, CancellationToken cancellation) =>
        TypedResults.Ok(View(mailer, await FindAsync(context, db, cancellation)));

    private static async Task<Results<Ok<MailView>, ProblemHttpResult>> Put(
        MailRequest body, HttpContext context, AppDb db, Mailer mailer, NodeSecrets secrets, TimeProvider time, CancellationToken cancellation)
    {
        if (!mailer.Offered)
            return Problems.Of(StatusCodes.Status409Conflict, "mail-not-offered", "This node has no mail server. Notices are on its pages.");
        if (body.Topics.Count > 3 || !body.Topics.All(Enum.IsDefined))
            return Problems.Invalid("There are three topics: myWork, projects and access.", "topics");
        var row = await FindAsync(context, db, cancellation);
        if (body.Address is { } address)
        {
            if (address.Length > 254 || !MailAddress.TryCreate(address, out var parsed) || parsed.Address != address)
                return Problems.Invalid("This is not an e-mail address.", "address");
            var now = time.GetUtcNow();
            if (row is not null && now < row.CodeSentAt + BetweenCodes)
                return Problems.Of(StatusCodes.Status429TooManyRequests, "too-soon", "A code was mailed a moment ago. Wait five minutes before asking for another.");
            return await AskAsync(address, body, row, context, db, mailer, secrets, now, cancellation);
        }

        if (row is null)
            return Problems.Of(StatusCodes.Status409Conflict, "no-address", "Say to which address first.");
        row.Topics = NoticeAddress.TopicsOf(body.Topics);
        await db.SaveChangesAsync(cancellation);
        return TypedResults.Ok(View(mailer, row));
    }

    private static async Task<Results<Ok<MailView>, ProblemHttpResult>> AskAsync(
        string address, MailRequest body, NoticeAddress? row, HttpContext context, AppDb db, Mailer mailer, NodeSecrets secrets, DateTimeOffset now, CancellationToken cancellation)
    {
        var account = SessionAuthentication.Of(context)!.Account;
        var code = RandomNumberGenerator.GetInt32(100_000_000).ToString("D8", CultureInfo.InvariantCulture);
        var mark = await secrets.MarkAsync(What, Marked(account, code), cancellation);
        var record = await secrets.SealAsync(ProjectId.None, Encoding.UTF8.GetBytes(address), RecordKind.Address, CancellationToken.None);
        var before = row?.Record;
        if (row is null)
        {
            row = new NoticeAddress { Account = account, Record = record.Value, Topics = 0, CodeSentAt = now, MailedThrough = now, NextMailAt = now };
            db.Add(row);
        }

        (row.Record, row.Topics, row.CodeMark, row.CodeTries, row.CodeSentAt, row.ConfirmedAt) =
            (record.Value, NoticeAddress.TopicsOf(body.Topics), mark, 0, now, null);
        await db.SaveChangesAsync(CancellationToken.None);
        if (before is { } old)
            await secrets.RemoveAsync(ProjectId.None, new RecordId(old), RecordKind.Address);
        var text = $"{code}\n\nis the code that confirms this address for notices of a Cofferdam node.\nIf you did not ask for it, somebody mistyped theirs: do nothing.\n";
        return await mailer.SendAsync(address, "Cofferdam: confirm this address", text, cancellation)
            ? TypedResults.Ok(View(mailer, row))
            : Problems.Of(StatusCodes.Status502BadGateway, "mail-failed", "The mail server did not take the mail. Check the address, and try again in five minutes.");
    }

    private static async Task<Results<Ok<MailView>, ProblemHttpResult>> Confirm(
        MailCode body, HttpContext context, AppDb db, Mailer mailer, NodeSecrets secrets, TimeProvider time, CancellationToken cancellation)
    {
        var account = SessionAuthentication.Of(context)!.Account;
        var now = time.GetUtcNow();
        var oldest = now - CodeLifetime;
        // Counted before it is checked, in one statement: many tries at once are no more than the same tries one by one.
        var counted = await db.Set<NoticeAddress>()
            .Where(found => found.Account == account && found.CodeMark != null && found.CodeTries < MostTries && found.CodeSentAt > oldest)
            .ExecuteUpdateAsync(set => set.SetProperty(found => found.CodeTries, found => found.CodeTries + 1), cancellation);
        var row = await FindAsync(context, db, cancellation);
        var given = await secrets.MarkAsync(What, Marked(account, body.Code), cancellation);
        if (counted == 0 || row?.CodeMark is null || !CryptographicOperations.FixedTimeEquals(row.CodeMark, given))
            return Problems.Of(StatusCodes.Status400BadRequest, "code-wrong", "The code is not right, or it ran out. Check the mail, or ask for another code.");
        (row.CodeMark, row.ConfirmedAt, row.MailedThrough, row.NextMailAt, row.Failures) = (null, now, now, now, 0);
        await db.SaveChangesAsync(cancellation);
        return TypedResults.Ok(View(mailer, row));
    }

    private static async Task<NoContent> Delete(HttpContext context, AppDb db, NodeSecrets secrets, CancellationToken cancellation)
    {
        if (await FindAsync(context, db, cancellation) is { } row)
        {
            db.Remove(row);
            await db.SaveChangesAsync(CancellationToken.None);
            await secrets.RemoveAsync(ProjectId.None, new RecordId(row.Record), RecordKind.Address);
        }

        return TypedResults.NoContent();
    }

    private static byte[] Marked(Guid account, string code) => [.. account.ToByteArray(), .. Encoding.UTF8.GetBytes(code)];

    private static Task<NoticeAddress?> FindAsync(HttpContext context, AppDb db, CancellationToken cancellation)
    {
        var account = SessionAuthentication.Of(context)!.Account;
        return db.Set<NoticeAddress>().SingleOrDefaultAsync(row => row.Account == account, cancellation);
    }

    private static MailView View(Mailer mailer, NoticeAddress? row) =>
        new(mailer.Offered, row is not null, row?.ConfirmedAt is not null, row?.TopicList ?? []);
}
