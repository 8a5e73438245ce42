using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Forms;
using Cofferdam.Work.Images;
using Cofferdam.Work.Notices;
using Cofferdam.Work.Projects;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.Imports;

/// <summary>Takes the content of an announced import: once, as it comes.</summary>
internal static class ImportContent
{
    /// <param name="again">The project may have had this very file before.</param>
    public static async Task<Results<Ok<ImportView>, ProblemHttpResult>> Put(
        Guid import, InProject at, Actor actor, IVault vault, AppDb db, Store store, FormCatalog forms, NoticeBoard notices, TimeProvider time, HttpRequest request,
        CancellationToken cancellation, bool again = false)
    {
        var (found, announced, problem) = await ClaimAsync(import, at, actor, vault, db, time, cancellation);
        if (found is null)
            return problem!;
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        var reading = Reading.Of(announced!.FileName, announced.Format, announced.Csv, announced.Conll).Reading!;
        using var run = new ImportRun(vault, store, time, at.Facts.Lab, at.Facts.Id, actor.Principal, found);
        var parser = new RowParser(ImportMap.Create(announced.Map).Map!, await QuestionsAsync(at, db, forms, cancellation));
        var (state, sentence) = await run.RunAsync(request.Body, input => RowSource.Of(reading, input, ImportRun.LongestRow), parser, again, cancellation);
        return await AnswerAsync(found, state, sentence, announced.FileName, at, actor, vault, notices, db, cancellation);
    }

    /// <summary>Makes each image that was sent an item, where there is no file of rows.</summary>
    public static async Task<Results<Ok<ImportView>, ProblemHttpResult>> PostDone(
        Guid import, InProject at, Actor actor, IVault vault, AppDb db, Store store, NoticeBoard notices, TimeProvider time, CancellationToken cancellation)
    {
        var (found, announced, problem) = await ClaimAsync(import, at, actor, vault, db, time, cancellation);
        if (found is null)
            return problem!;
        using var run = new ImportRun(vault, store, time, at.Facts.Lab, at.Facts.Id, actor.Principal, found);
        var images = new ImageRows(vault, store, at.Facts.Lab, at.Facts.Id, import);
        var (state, sentence) = await run.RunAsync(Stream.Null, _ => images, new RowParser(ImportMap.Create(null).Map!), again: true, cancellation);
        return await AnswerAsync(found, state, sentence, announced!.FileName, at, actor, vault, notices, db, cancellation);
    }

    /// <summary>How a value in a row answers each question of the project's latest form.</summary>
    private static async Task<Dictionary<string, MappedAnswer>> QuestionsAsync(InProject at, AppDb db, FormCatalog forms, CancellationToken cancellation)
    {
        var version = await db.FormVersions.Where(form => form.Project == at.Id).MaxAsync(form => (int?)form.Number, cancellation);
        if (version is null || (await forms.FindAsync(at.Facts, version.Value, cancellation)).Form is not { } form)
            return [];
        return form.Questions.ToDictionary(question => question.Key, question => new MappedAnswer(question.Type), StringComparer.Ordinal);
    }

    private static async Task<(Import?, SealedImport?, ProblemHttpResult?)> ClaimAsync(
        Guid import, InProject at, Actor actor, IVault vault, AppDb db, TimeProvider time, CancellationToken cancellation)
    {
        var found = await db.Imports.AsNoTracking().SingleOrDefaultAsync(i => i.Id == import && i.Project == at.Id, cancellation);
        if (found is null)
            return (null, null, Problems.NotFound());
        var (announced, refused) = await ImportEndpoints.OpenAsync(found, at, actor, vault, cancellation);
        if (announced is null)
            return (null, null, refused);
        found.StartedAt = time.GetUtcNow();
        var claimed = await db.Imports.Where(i => i.Id == import && i.State == ImportState.Waiting)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.State, ImportState.Receiving).SetProperty(i => i.StartedAt, found.StartedAt), cancellation);
        return claimed == 0 ? (null, null, ImportEndpoints.Used()) : (found, announced, null);
    }

    private static async Task<Results<Ok<ImportView>, ProblemHttpResult>> AnswerAsync(
        Import import, ImportState state, string? sentence, string fileName, InProject at, Actor actor, IVault vault, NoticeBoard notices, AppDb db, CancellationToken cancellation)
    {
        if (state is ImportState.Done)
            await notices.TellAsync(new NewNotice(actor.Lab, NoticeKind.ImportDone, at.Id, import.Id), [import.CreatedBy]);
        if (sentence is not null)
            return Problems.Of(StatusCodes.Status422UnprocessableEntity, "import-failed", sentence);
        return state is ImportState.Known
            ? Problems.Of(StatusCodes.Status409Conflict, "file-known", "This project has had this very file, so nothing of it was kept. Send it to a new import with again=true to have it a second time.")
            : await ImportEndpoints.ViewAsync(import.Id, fileName, actor, at, vault, db, cancellation);
    }
}
