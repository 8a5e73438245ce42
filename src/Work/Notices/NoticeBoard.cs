using System.Data.Common;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Microsoft.Extensions.Logging;

namespace Cofferdam.Work.Notices;

/// <summary>A notice that is yet to be addressed.</summary>
/// <param name="Project">Null where it is of no one project.</param>
/// <param name="Subject">What <see cref="NoticeKind"/> says it is about.</param>
public sealed record NewNotice(LabId Lab, NoticeKind Kind, Guid? Project = null, Guid? Subject = null);

/// <summary>Tells people what happened: on the page, and by e-mail where they want it.</summary>
/// <remarks>
/// Call it when what it tells of is done and durable. A notice is a courtesy: where it cannot be kept the log says so,
/// and what it tells of stands.
/// </remarks>
public sealed class NoticeBoard(Store store, TimeProvider time, ILogger<NoticeBoard> log)
{
    private const string Into = "INSERT INTO notice (id, lab, person, kind, project, subject, at) VALUES (@id, @lab, @person, @kind, @project, @subject, @at)";

    // Members are few, so each is looked up in the index of who holds what; slots are many.
    private const string AtProject = """
        SELECT pseudonym FROM member WHERE lab = @lab AND left_at IS NULL
        AND EXISTS (SELECT 1 FROM slot WHERE slot.project = @project AND slot.holder = member.pseudonym)
        """;

    private const string AtLab = "SELECT pseudonym FROM member WHERE lab = @lab AND left_at IS NULL";

    /// <summary>Tells people, by pseudonym.</summary>
    public Task TellAsync(NewNotice notice, IReadOnlyCollection<Guid> people)
    {
        ArgumentNullException.ThrowIfNull(notice);
        return KeepAsync(notice, _ => Task.FromResult(people));
    }

    /// <summary>Tells everybody who works, or has worked, in the notice's project; without a project, everybody at the lab.</summary>
    /// <param name="but">Who did it, and need not be told.</param>
    public Task TellAllAsync(NewNotice notice, Guid? but = null)
    {
        ArgumentNullException.ThrowIfNull(notice);
        return KeepAsync(notice, async connection => [.. (await WhoAsync(connection, notice)).Where(person => person != but)]);
    }

    private async Task KeepAsync(NewNotice notice, Func<DbConnection, Task<IReadOnlyCollection<Guid>>> who)
    {
        try
        {
            await using var connection = await store.OpenAsync();
            var people = await who(connection);
            if (people.Count == 0)
                return;
            var now = time.GetUtcNow();
            await using var transaction = await connection.BeginTransactionAsync();
            await using var insert = connection.Command(
                Into, ("@lab", notice.Lab.Value), ("@kind", (short)notice.Kind), ("@project", notice.Project), ("@subject", notice.Subject), ("@at", now));
            insert.Transaction = transaction;
            foreach (var person in people)
            {
                insert.Bind("@id", Guid.CreateVersion7(now));
                insert.Bind("@person", person);
                await insert.ExecuteNonQueryAsync();
            }

            await transaction.CommitAsync();
        }
        catch (DbException fault)
        {
            log.NotKept(notice.Kind, fault.GetType().Name);
        }
    }

    private static async Task<IReadOnlyCollection<Guid>> WhoAsync(DbConnection connection, NewNotice notice)
    {
        await using var command = connection.Command(notice.Project is null ? AtLab : AtProject, ("@lab", notice.Lab.Value));
        if (notice.Project is { } project)
            command.Bind("@project", project);
        await using var reader = await command.ExecuteReaderAsync();
        var people = new List<Guid>();
        while (await reader.ReadAsync())
            people.Add(reader.Id(0));
        return people;
    }
}

internal static partial class NoticeLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Notices of kind {Kind} could not be kept: {Fault}")]
    public static partial void NotKept(this ILogger log, NoticeKind kind, string fault);
}
