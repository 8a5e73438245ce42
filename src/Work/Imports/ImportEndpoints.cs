using System.Text.Json;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Facets;
using Cofferdam.Work.Projects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.Imports;

/// <param name="FileName">1 to 500 characters; sealed.</param>
/// <param name="Map">
/// From field (prompt, a, b, responses, text, image, id; prelabel., gold. or facet. with a name) to the path in a row.
/// Where no content is mapped, it is recognised by usual names.
/// </param>
/// <param name="BadRows">What to do with a file that has bad rows.</param>
/// <param name="Format">How its rows are written.</param>
/// <param name="Update">What to do with rows whose external id the project has already. <c>update</c> goes with <c>keep</c> alone.</param>
/// <param name="Facets">From facet, which the lab must have allowed, to the path in a row; as <c>facet.</c> in <paramref name="Map"/>.</param>
public sealed record ImportRequest(
    string FileName, IReadOnlyDictionary<string, string>? Map = null, BadRows BadRows = BadRows.Keep, ImportFormat Format = ImportFormat.Auto,
    CsvOptions? Csv = null, ConllOptions? Conll = null, KnownRows Update = KnownRows.Refuse, IReadOnlyDictionary<string, string>? Facets = null);

/// <param name="Updated">Items of earlier imports that got a new version.</param>
/// <param name="Skipped">Rows passed over because their external ids were known.</param>
/// <param name="Bad">Bad rows in all.</param>
/// <param name="BadRows">The first 1,000 of them; empty in lists. All are at <c>…/bad-rows</c>.</param>
public sealed record ImportView(
    Guid Id, ImportState State, string? FileName, long Rows, long Imported, long Updated, long Skipped, long Bad, long Bytes,
    DateTimeOffset CreatedAt, DateTimeOffset? EndedAt, IReadOnlyList<BadRow> BadRows);

internal static class ImportEndpoints
{
    public static void MapImportEndpoints(this RouteGroupBuilder lab)
    {
        var imports = lab.InProject("/imports").ForTokens(TokenScope.Import);
        imports.MapGet("", List).RequireAuthorization(Policies.Staff);
        imports.MapPost("", Create).RequireAuthorization(Policies.Staff).RequireNotSuspended();
        imports.MapGet("/{import:guid}", Get).RequireAuthorization(Policies.Staff);
        imports.MapGet("/{import:guid}/bad-rows", GetBadRows).RequireAuthorization(Policies.Staff);
        imports.MapPost("/preview", ImportPreview.Post).RequireAuthorization(Policies.Staff);
        imports.MapDelete("/{import:guid}", ImportUndo.Delete).RequireAuthorization(Policies.Staff).RequireNotSuspended();
        imports.MapPost("/{import:guid}/done", ImportContent.PostDone).RequireAuthorization(Policies.Staff).RequireNotSuspended();
        // Any length: it is read as it comes.
        imports.MapPut("/{import:guid}/content", ImportContent.Put).RequireAuthorization(Policies.Staff).RequireNotSuspended()
            .WithMetadata(new DisableRequestSizeLimitAttribute())
            .Accepts<string>("application/x-ndjson", "application/jsonl", "application/json", "text/csv", "text/plain", "application/octet-stream");
    }

    /// <summary>The answer to a second content.</summary>
    public static ProblemHttpResult Used() => Problems.Of(StatusCodes.Status409Conflict, "import-used", "This import has had its content. Begin another one.");

    private static async Task<Results<Created<ImportView>, ProblemHttpResult>> Create(
        ImportRequest request, InProject at, Actor actor, IVault vault, AppDb db, TimeProvider time, CancellationToken cancellation)
    {
        if (request.FileName is not { Length: >= 1 and <= 500 })
            return Problems.Invalid("A file name has 1 to 500 characters.", "fileName");
        if (!Enum.IsDefined(request.BadRows))
            return Problems.Invalid("Bad rows are kept out or the file is refused: keep or refuse.", "badRows");
        if (!Enum.IsDefined(request.Update))
            return Problems.Invalid("A row whose id is known is refused, updates its item, or is skipped.", "update");
        if (request is { Update: KnownRows.Update, BadRows: BadRows.Refuse })
            return Problems.Invalid("Items are updated row by row, so that a file that updates cannot be refused as a whole. Keep its good rows.", "badRows");
        if (Reading.Of(request.FileName, request.Format, request.Csv, request.Conll).Fault is { } unread)
            return Problems.Invalid(unread);
        var paths = new Dictionary<string, string>(request.Map ?? new Dictionary<string, string>());
        foreach (var (facet, path) in request.Facets ?? new Dictionary<string, string>())
            paths["facet." + facet] = path;
        var (map, fault) = ImportMap.Create(paths);
        if (map is null)
            return Problems.Invalid(fault!);
        var allowed = await db.Facets.Where(f => f.Project == at.Id).Select(f => f.Name).ToListAsync(cancellation);
        if (map.Facets.FirstOrDefault(mapped => !allowed.Contains(mapped.Facet)).Facet is { } unknown)
            return Problems.Invalid("A facet is kept in clear, so that the lab's owner must allow it first.", unknown);

        var id = RecordId.New();
        var plaintext = JsonSerializer.SerializeToUtf8Bytes(new SealedImport(1, request.FileName, paths, request.Format, request.Csv, request.Conll), SealedJson.Shapes.SealedImport);
        (await vault.SealAsync(actor, at.Facts.Id, RecordKind.Import, id, plaintext, expected: 0)).Expect();
        var import = new Import
        {
            Id = id.Value,
            Project = at.Id,
            State = ImportState.Waiting,
            BadRows = request.BadRows,
            Updates = request.Update,
            CreatedAt = time.GetUtcNow(),
            CreatedBy = actor.Pseudonym,
        };
        db.Imports.Add(import);
        await db.SaveChangesAsync(CancellationToken.None);
        return TypedResults.Created($"/api/labs/{actor.LabSlug}/projects/{at.Id}/imports/{id}", View(import, request.FileName, []));
    }

    private static async Task<Ok<List<ImportView>>> List(InProject at, Actor actor, IVault vault, AppDb db, CancellationToken cancellation)
    {
        var imports = await db.Imports.AsNoTracking().Where(i => i.Project == at.Id).OrderByDescending(i => i.Id).Take(IVault.MaxRecordsPerAct).ToListAsync(cancellation);
        if (imports.Count == 0)
            return TypedResults.Ok(new List<ImportView>());
        var outcome = await vault.OpenAsync(actor, at.Facts.Id, Purpose.Manage, [.. imports.Select(Ref)], cancellation);
        var names = outcome is OpenOutcome.Opened opened ? opened.Records.Select(record => Parse(record).FileName).ToList() : null;
        return TypedResults.Ok(imports.Select((import, i) => View(import, names?[i], [])).ToList());
    }

    private static async Task<Results<Ok<ImportView>, ProblemHttpResult>> Get(
        Guid import, InProject at, Actor actor, IVault vault, AppDb db, CancellationToken cancellation)
    {
        var found = await db.Imports.AsNoTracking().SingleOrDefaultAsync(i => i.Id == import && i.Project == at.Id, cancellation);
        if (found is null)
            return Problems.NotFound();
        var (announced, refused) = await OpenAsync(found, at, actor, vault, cancellation);
        return announced is null ? refused! : await ViewAsync(import, announced.FileName, actor, at, vault, db, cancellation);
    }

    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> GetBadRows(
        Guid import, InProject at, Actor actor, IVault vault, AppDb db, CancellationToken cancellation)
    {
        if (!await db.Imports.AnyAsync(i => i.Id == import && i.Project == at.Id, cancellation))
            return Problems.NotFound();
        var records = await db.ImportReports.Where(r => r.Import == import).OrderBy(r => r.Ordinal).Select(r => r.Record).ToListAsync(cancellation);
        return TypedResults.Stream(
            async body =>
            {
                foreach (var record in records)
                {
                    if (await BadRowsAsync(record, at, actor, vault, cancellation) is not { } rows)
                        return;
                    foreach (var row in rows)
                    {
                        await JsonSerializer.SerializeAsync(body, row, SealedJson.Shapes.BadRow, cancellation);
                        await body.WriteAsync("\n"u8.ToArray(), cancellation);
                    }
                }
            },
            "application/x-ndjson");
    }

    public static async Task<Results<Ok<ImportView>, ProblemHttpResult>> ViewAsync(
        Guid import, string fileName, Actor actor, InProject at, IVault vault, AppDb db, CancellationToken cancellation)
    {
        var state = await db.Imports.AsNoTracking().SingleAsync(i => i.Id == import, cancellation);
        var report = await db.ImportReports.AsNoTracking().SingleOrDefaultAsync(r => r.Import == import && r.Ordinal == 0, cancellation);
        var rows = report is null ? [] : await BadRowsAsync(report.Record, at, actor, vault, cancellation);
        return TypedResults.Ok(View(state, fileName, rows ?? []));
    }

    private static async Task<IReadOnlyList<BadRow>?> BadRowsAsync(Guid record, InProject at, Actor actor, IVault vault, CancellationToken cancellation)
    {
        var outcome = await vault.OpenAsync(actor, at.Facts.Id, Purpose.Manage, [new(RecordKind.Import, new RecordId(record))], cancellation);
        return outcome is OpenOutcome.Opened opened
            ? JsonSerializer.Deserialize(opened.Records[0].Plaintext.Span, SealedJson.Shapes.SealedBadRows)!.Rows
            : null;
    }

    public static async Task<(SealedImport?, ProblemHttpResult?)> OpenAsync(Import import, InProject at, Actor actor, IVault vault, CancellationToken cancellation)
    {
        var outcome = await vault.OpenAsync(actor, at.Facts.Id, Purpose.Manage, [Ref(import)], cancellation);
        return outcome is OpenOutcome.Opened opened ? (Parse(opened.Records[0]), null) : (null, Problems.Refused((OpenOutcome.Refused)outcome));
    }

    private static RecordRef Ref(Import import) => new(RecordKind.Import, new RecordId(import.Id));

    private static SealedImport Parse(OpenedRecord record) => JsonSerializer.Deserialize(record.Plaintext.Span, SealedJson.Shapes.SealedImport)!;

    private static ImportView View(Import import, string? fileName, IReadOnlyList<BadRow> badRows) => new(
        import.Id, import.State, fileName, import.Rows, import.Imported, import.Updated, import.Skipped, import.Bad, import.Bytes, import.CreatedAt, import.EndedAt, badRows);
}
