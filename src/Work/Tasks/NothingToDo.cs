using System.Data.Common;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Batches;
using Cofferdam.Work.Projects;
using Cofferdam.Work.Slots;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cofferdam.Work.Tasks;

/// <summary>Finds out why somebody is given no task although a batch has some that they have not done. Asked only where none was found.</summary>
internal sealed class NothingToDo(Store store, Offers offers, TimeProvider time)
{
    // What a person has done lies at the front of a batch: looked at from its end, and never all of a long one.
    private static readonly string HasWork = $"""
        SELECT 1 FROM (SELECT item FROM slot WHERE batch = @batch AND state = 0 AND gold = FALSE ORDER BY id DESC LIMIT 1000) s
        WHERE {SlotSql.IsNewTo("@person", "s.item")} LIMIT 1
        """;

    private static readonly string IsSpent = $"SELECT 1 FROM batch b WHERE b.id = @batch AND ({SlotSql.TakenOf("b")} + 1) * b.price > b.price_cap";

    private const string DoneToday = """
        SELECT (SELECT count(DISTINCT a.slot) FROM answer a JOIN slot t ON t.id = a.slot
            WHERE a.project = @project AND a.person = @person AND a.submitted_at >= @today AND a.corrects IS NULL AND t.batch = @batch)
          + (SELECT count(*) FROM slot h WHERE h.project = @project AND h.holder = @person AND h.state = 1 AND h.batch = @batch)
        """;

    /// <summary>What keeps somebody from a batch's work; what they can do the most about comes first.</summary>
    private enum Obstacle
    {
        WarningDeclined,
        DailyCap,
        Paused,
        PriceCap,
        NotQualified,
    }

    /// <returns>The problem to answer with; null where there is simply nothing left.</returns>
    public async Task<ProblemHttpResult?> WhyAsync(ProjectFacts project, Actor actor, CancellationToken cancellation)
    {
        (Obstacle Obstacle, Batch Batch)? first = null;
        await using var connection = await store.OpenAsync(cancellation);
        foreach (var batch in project.Batches.Values.Where(batch => batch.IsRunning || batch.State is BatchState.Paused))
        {
            if (await ObstacleAsync(connection, project, batch, actor, cancellation) is { } obstacle && (first is null || obstacle < first.Value.Obstacle)
                && await AnyAsync(connection, HasWork, batch, actor, cancellation))
                first = (obstacle, batch);
        }

        return first is { } found ? Problem(found.Obstacle, found.Batch.PauseReason) : null;
    }

    private async Task<Obstacle?> ObstacleAsync(DbConnection connection, ProjectFacts project, Batch batch, Actor actor, CancellationToken cancellation)
    {
        if (!await offers.IsQualifiedAsync(batch, actor, cancellation))
            return Obstacle.NotQualified;
        if (batch.Warning && await offers.DeclinesAsync(project.Id.Value, actor.Pseudonym, cancellation))
            return Obstacle.WarningDeclined;
        if (batch.State is BatchState.Paused)
            return Obstacle.Paused;
        if (batch is { Price: > 0, PriceCap: not null } && await AnyAsync(connection, IsSpent, batch, actor, cancellation))
            return Obstacle.PriceCap;
        return batch.DailyCap is { } cap && await DoneTodayAsync(connection, project, batch, actor, cancellation) >= cap ? Obstacle.DailyCap : null;
    }

    private static async Task<bool> AnyAsync(DbConnection connection, string sql, Batch batch, Actor actor, CancellationToken cancellation)
    {
        await using var command = connection.Command(sql, ("@batch", batch.Id), ("@person", actor.Pseudonym));
        return await command.ExecuteScalarAsync(cancellation) is not null;
    }

    private async Task<long> DoneTodayAsync(DbConnection connection, ProjectFacts project, Batch batch, Actor actor, CancellationToken cancellation)
    {
        var today = new DateTimeOffset(time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
        await using var command = connection.Command(
            DoneToday, ("@project", project.Id.Value), ("@person", actor.Pseudonym), ("@today", today), ("@batch", batch.Id));
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static ProblemHttpResult Problem(Obstacle obstacle, ReasonClass? pause) => obstacle switch
    {
        Obstacle.WarningDeclined => Of("warning-declined", "What is left comes with a content warning, and you chose not to work on such content. You can change your choice."),
        Obstacle.DailyCap => Of("daily-cap", "You have done as many of these tasks as one person may in a day. There are more after midnight UTC."),
        Obstacle.Paused when pause is { } reason => TypedResults.Problem(
            Paused, statusCode: StatusCodes.Status409Conflict, extensions: [new("code", "paused"), new("reason", Names.Of(reason))]),
        Obstacle.Paused => Of("paused", Paused),
        Obstacle.PriceCap => Of("price-cap", "What was set aside for this work is spent, so no more tasks are given out. Lab staff can set aside more."),
        _ => Of("not-qualified", "What is open needs a skill or a language that you are not listed with. Tell lab staff if you have it."),
    };

    private const string Paused = "The work is paused. What you have in hand stays yours, and nothing that was saved is lost.";

    private static ProblemHttpResult Of(string code, string sentence) => Problems.Of(StatusCodes.Status409Conflict, code, sentence);
}
