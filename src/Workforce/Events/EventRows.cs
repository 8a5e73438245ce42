using System.Data.Common;
using System.Text;
using System.Text.Json;
using Cofferdam.Federation.Events;
using Cofferdam.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Cofferdam.Workforce.Events;

/// <summary>Work events as rows: read from what a lab sent, written many at a time.</summary>
internal static class EventRows
{
    private const int Columns = 13, RowsAtOnce = 100;

    /// <param name="experts">Whom the lab's pseudonyms stand for.</param>
    public static ReceivedEvent Of(WorkEvent told, Guid engagement, IReadOnlyDictionary<Guid, Guid> experts, DateTimeOffset now) => new()
    {
        Engagement = engagement,
        Sequence = told.Sequence,
        Id = told.Id,
        Type = TypeOf(told.Type),
        Kind = told.Data?.Kind,
        Expert = told.Subject is { } pseudonym && experts.TryGetValue(pseudonym, out var expert) ? expert : null,
        Project = told.Data?.Project,
        Assignment = told.Data?.Assignment,
        Seconds = told.Data?.Seconds,
        Reason = told.Data?.Reason,
        Totals = told.Data?.Totals is { } totals ? JsonSerializer.Serialize(totals, WorkforceText.Default.IReadOnlyListDayCount) : null,
        At = told.Time,
        ReceivedAt = now,
    };

    /// <summary>Inserts rows in the caller's transaction, a hundred in one statement: a thousand events a second leave no room for one each.</summary>
    public static async Task InsertAsync(AppDb db, IReadOnlyList<ReceivedEvent> rows, CancellationToken cancellation)
    {
        var connection = db.Database.GetDbConnection();
        foreach (var some in rows.Chunk(RowsAtOnce))
        {
            await using var command = connection.CreateCommand();
            command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
            var text = new StringBuilder(
                "INSERT INTO received_event (engagement, sequence, id, type, kind, expert, project, assignment, seconds, reason, totals, at, received_at) VALUES ");
            for (var i = 0; i < some.Length; i++)
            {
                text.Append(i == 0 ? "(" : ", (");
                for (var column = 0; column < Columns; column++)
                    text.Append(column == 0 ? "@p" : ", @p").Append((i * Columns) + column);
                text.Append(')');
                Bind(command, i * Columns, some[i]);
            }

            command.CommandText = text.ToString();
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }

    public static ReceivedType TypeOf(string type) => type switch
    {
        WorkEventTypes.AssignmentStarted => ReceivedType.Started,
        WorkEventTypes.AssignmentSubmitted => ReceivedType.Submitted,
        WorkEventTypes.AssignmentAccepted => ReceivedType.Accepted,
        WorkEventTypes.AssignmentReturned => ReceivedType.Returned,
        WorkEventTypes.AssignmentExpired => ReceivedType.Expired,
        WorkEventTypes.AssignmentSkipped => ReceivedType.Skipped,
        WorkEventTypes.ReadingDone => ReceivedType.Reading,
        WorkEventTypes.QuestionAsked => ReceivedType.Question,
        WorkEventTypes.EngagementSuspended => ReceivedType.EngagementSuspended,
        WorkEventTypes.EngagementResumed => ReceivedType.EngagementResumed,
        WorkEventTypes.EngagementEnded => ReceivedType.EngagementEnded,
        WorkEventTypes.ProjectPaused => ReceivedType.ProjectPaused,
        WorkEventTypes.ProjectResumed => ReceivedType.ProjectResumed,
        WorkEventTypes.ProjectEnded => ReceivedType.ProjectEnded,
        WorkEventTypes.DayTotal => ReceivedType.DayTotal,
        _ => ReceivedType.Other,
    };

    private static void Bind(DbCommand command, int from, ReceivedEvent row)
    {
        object?[] values =
        [
            row.Engagement, row.Sequence, row.Id, (short)row.Type, row.Kind is { } kind ? (short)kind : null, row.Expert, row.Project, row.Assignment, row.Seconds,
            row.Reason, row.Totals, row.At, row.ReceivedAt,
        ];
        for (var i = 0; i < values.Length; i++)
            command.Add($"@p{from + i}", values[i]);
    }
}
