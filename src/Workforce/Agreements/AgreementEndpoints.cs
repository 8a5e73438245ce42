using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cofferdam.Storage;
using Cofferdam.Workforce.Access;
using Cofferdam.Workforce.Experts;
using Cofferdam.Workforce.OwnData;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Agreements;

internal static class AgreementEndpoints
{
    public static void MapAgreements(this IEndpointRouteBuilder api)
    {
        var desk = api.MapGroup("/desk/agreements").WithTags("Agreements");
        desk.MapGet("", List).RequireAuthorization(VendorPolicies.Desk).WithSummary("Agreements and their current versions");
        desk.MapPut("/{code}", Publish).RequireAuthorization(VendorPolicies.Owner).WithSummary("Publish an agreement, or a new version of it");

        var own = api.MapGroup("/me/agreements").WithTags("Agreements");
        own.MapGet("", Own).RequireAuthorization(VendorPolicies.Expert).WithSummary("Agreements with their texts, and which of them you have signed");
        own.MapPost("/{code}/signature", Sign).RequireAuthorization(VendorPolicies.Expert).WithSummary("Sign the current version");
    }

    private static async Task<Ok<List<AgreementView>>> List(AppDb db, CancellationToken cancellation) =>
        TypedResults.Ok((await CurrentAsync(db, cancellation)).ConvertAll(one => View(one.Agreement, one.Version)));

    private static async Task<Results<Ok<AgreementView>, ProblemHttpResult>> Publish(
        string code, AgreementRequest body, VendorActor actor, AppDb db, TimeProvider time, CancellationToken cancellation)
    {
        if (!Codes.IsCode(code))
            return Problems.Invalid("A code has 1 to 40 of a-z, 0-9, '.', '-' and '_'.", "code");
        if (string.IsNullOrWhiteSpace(body.Title) || body.Title.Length > 200)
            return Problems.Invalid("A title has 1 to 200 characters.", "title");
        if (string.IsNullOrWhiteSpace(body.Text) || body.Text.Length > 200_000)
            return Problems.Invalid("A text has 1 to 200,000 characters.", "text");
        if (!Enum.IsDefined(body.Kind))
            return Problems.Invalid("There is no such kind.", "kind");
        var agreement = await db.Agreements.SingleOrDefaultAsync(row => row.Code == code, cancellation);
        if (agreement is null)
            db.Agreements.Add(agreement = new Agreement { Code = code, Title = body.Title, Kind = body.Kind, ForEverybody = body.ForEverybody, CurrentVersion = 0 });
        (agreement.Title, agreement.ForEverybody) = (body.Title, body.ForEverybody);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(body.Text));
        var current = await db.AgreementVersions.SingleOrDefaultAsync(row => row.Agreement == code && row.Version == agreement.CurrentVersion, cancellation);
        // The same words again are no new version: nobody is asked to sign them twice.
        if (current is null || !hash.AsSpan().SequenceEqual(current.Sha256))
        {
            agreement.CurrentVersion++;
            db.AgreementVersions.Add(current = new AgreementVersion
            {
                Agreement = code,
                Version = agreement.CurrentVersion,
                Text = body.Text,
                Sha256 = hash,
                PublishedBy = actor.Person,
                PublishedAt = time.GetUtcNow(),
            });
        }

        await db.SaveChangesAsync(cancellation);
        return TypedResults.Ok(View(agreement, current));
    }

    private static async Task<Ok<List<OwnAgreementView>>> Own(VendorActor actor, AppDb db, CancellationToken cancellation)
    {
        var signed = (await db.AgreementSignatures.AsNoTracking().Where(row => row.Person == actor.Person).ToListAsync(cancellation))
            .GroupBy(row => row.Agreement)
            .ToDictionary(of => of.Key, of => of.MaxBy(row => row.Version)!);
        return TypedResults.Ok((await CurrentAsync(db, cancellation)).ConvertAll(one =>
        {
            var own = signed.GetValueOrDefault(one.Agreement.Code);
            return new OwnAgreementView(
                one.Agreement.Code, one.Agreement.Title, one.Agreement.Kind, one.Version.Version, one.Version.Text, Convert.ToHexStringLower(one.Version.Sha256),
                own?.Version, own?.SignedAt, own is null ? null : Convert.ToHexStringLower(own.Sha256));
        }));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Sign(
        string code, SignRequest body, VendorActor actor, AppDb db, PersonRecords records, TimeProvider time, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(body.Name) || body.Name.Length > 200)
            return Problems.Invalid("Sign with your name: 1 to 200 characters.", "name");
        var current = await db.AgreementVersions.AsNoTracking()
            .Join(db.Agreements.Where(row => row.Code == code), row => new { Code = row.Agreement, row.Version }, row => new { row.Code, Version = row.CurrentVersion }, (version, _) => version)
            .SingleOrDefaultAsync(cancellation);
        if (current is null)
            return Problems.NotFound();
        if (current.Version != body.Version || !string.Equals(Convert.ToHexStringLower(current.Sha256), body.Sha256, StringComparison.OrdinalIgnoreCase))
            return Problems.Of(StatusCodes.Status409Conflict, "other-text", "This is not the text that is to be signed now. Load it again and read what changed.");
        if (await db.AgreementSignatures.AnyAsync(row => row.Person == actor.Person && row.Agreement == code && row.Version == current.Version, cancellation))
            return TypedResults.NoContent();

        var now = time.GetUtcNow();
        var signed = new SignedName(body.Name, code, current.Version, Convert.ToHexStringLower(current.Sha256), now);
        var record = await records.SealAsync(actor, actor.Person, HeldField.Agreement, JsonSerializer.SerializeToUtf8Bytes(signed, PeopleJson.Sealed.SignedName));
        db.AgreementSignatures.Add(new AgreementSignature
        {
            Person = actor.Person,
            Agreement = code,
            Version = current.Version,
            Sha256 = current.Sha256,
            Session = actor.Session,
            Record = record,
            SignedAt = now,
        });
        await db.SaveChangesAsync(CancellationToken.None);
        return TypedResults.NoContent();
    }

    private static async Task<List<(Agreement Agreement, AgreementVersion Version)>> CurrentAsync(AppDb db, CancellationToken cancellation) =>
        (await db.Agreements.AsNoTracking().OrderBy(row => row.Code)
            .Join(db.AgreementVersions, row => new { row.Code, Version = row.CurrentVersion }, row => new { Code = row.Agreement, row.Version }, (agreement, version) => new { agreement, version })
            .ToListAsync(cancellation))
        .ConvertAll(one => (one.agreement, one.version));

    private static AgreementView View(Agreement agreement, AgreementVersion version) => new(
        agreement.Code, agreement.Title, agreement.Kind, agreement.ForEverybody, version.Version, Convert.ToHexStringLower(version.Sha256), version.PublishedAt);
}
