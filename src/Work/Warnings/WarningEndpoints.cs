using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Projects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.Warnings;

/// <param name="Accept">False: no tasks of batches with a warning, please.</param>
public sealed record WarningChoiceRequest(bool Accept);

/// <param name="Accepted">What the caller chose; null where they have not.</param>
public sealed record WarningsView(IReadOnlyList<ContentWarning> Warnings, bool? Accepted);

internal static class WarningEndpoints
{
    public static void MapWarningEndpoints(this RouteGroupBuilder lab)
    {
        var project = lab.InProject();
        project.MapGet("/warnings", Get).RequireAuthorization(Policies.Member);
        project.MapPut("/warning-choice", Choose).RequireAuthorization(Policies.Member);
    }

    /// <summary>The record of a project's warnings; null where it has none.</summary>
    public static async Task<RecordRef?> WarningsOfAsync(this AppDb db, Guid project, CancellationToken cancellation) =>
        await db.Projects.Where(p => p.Id == project).Select(p => p.Warnings).SingleAsync(cancellation) is { } record
            ? new RecordRef(RecordKind.Project, new RecordId(record))
            : null;

    private static async Task<Results<Ok<WarningsView>, ProblemHttpResult>> Get(
        InProject at, Actor actor, IVault vault, AppDb db, CancellationToken cancellation)
    {
        var accepted = await db.WarningChoices.Where(choice => choice.Project == at.Id && choice.Person == actor.Pseudonym)
            .Select(choice => (bool?)choice.Accepted).SingleOrDefaultAsync(cancellation);
        if (await db.WarningsOfAsync(at.Id, cancellation) is not { } record)
            return TypedResults.Ok(new WarningsView([], accepted));
        var outcome = await vault.OpenAsync(actor, at.Facts.Id, Purpose.Task, [record], cancellation);
        return outcome is OpenOutcome.Opened opened
            ? TypedResults.Ok(new WarningsView(ContentWarning.Read(opened.Records[0]), accepted))
            : Problems.Refused((OpenOutcome.Refused)outcome);
    }

    private static async Task<NoContent> Choose(
        WarningChoiceRequest body, InProject at, Actor actor, Store store, TimeProvider time)
    {
        await using var connection = await store.OpenAsync(CancellationToken.None);
        await using var command = connection.Command(
            """
            INSERT INTO warning_choice (project, person, accepted, at) VALUES (@project, @person, @accepted, @at)
            ON CONFLICT (project, person) DO UPDATE SET accepted = excluded.accepted, at = excluded.at
            """,
            ("@project", at.Id), ("@person", actor.Pseudonym), ("@accepted", body.Accept), ("@at", time.GetUtcNow()));
        await command.ExecuteNonQueryAsync(CancellationToken.None);
        return TypedResults.NoContent();
    }
}
