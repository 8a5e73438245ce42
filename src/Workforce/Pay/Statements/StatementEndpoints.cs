using Cofferdam.Storage;
using Cofferdam.Workforce.Access;
using Cofferdam.Workforce.Pay.Entries;
using Cofferdam.Workforce.Pay.Objections;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Cofferdam.Workforce.Pay.Statements;

/// <summary>Statements at the desk.</summary>
internal static class StatementEndpoints
{
    private const int Chunk = 256;

    public static void MapStatementEndpoints(this RouteGroupBuilder pay)
    {
        pay.MapPost("/statements", Make).RequireAuthorization(VendorPolicies.Payroll).WithSummary("Make statements up to a day");
        pay.MapGet("/statements", (StatementReading reading, CancellationToken cancellation, Guid? expert = null, Guid? before = null, int limit = 100) =>
            reading.ListAsync(expert, before, limit, cancellation)).RequireAuthorization(VendorPolicies.Desk).WithSummary("Statements, newest first");
        pay.MapGet("/statements/{statement:guid}", (Guid statement, StatementReading reading, CancellationToken cancellation, long after = 0) =>
            reading.OpenAsync(statement, expert: null, after, cancellation)).RequireAuthorization(VendorPolicies.Desk).WithSummary("A statement with its lines");
        pay.MapGet("/statements/{statement:guid}/csv", (Guid statement, StatementReading reading, CancellationToken cancellation) =>
            reading.CsvAsync(statement, expert: null, cancellation)).RequireAuthorization(VendorPolicies.Desk).WithSummary("A statement as CSV");
    }

    private static async Task<Ok<StatementsMade>> Make(
        StatementsRequest request, VendorActor actor, StatementMaking making, Withholdings withholdings, PayMarks marks, AppDb db, CancellationToken cancellation)
    {
        // What nobody has decided on in time is paid with these.
        await withholdings.ReleaseOverdueAsync(cancellation);
        var (made, waiting) = (0, 0);
        if (request.Expert is { } one)
        {
            made = (await making.MakeAsync(one, request.Until, actor.Person, cancellation)).Count;
        }
        else
        {
            // Each expert's are a transaction of their own: a run that breaks off is taken up where it ended.
            for (var after = Guid.Empty; await making.DueAsync(request.Until, after, Chunk, cancellation) is { Count: > 0 } due; after = due[^1])
            {
                foreach (var expert in due)
                {
                    var count = (await making.MakeAsync(expert, request.Until, actor.Person, cancellation)).Count;
                    made += count;
                    waiting += count == 0 ? 1 : 0;
                }
            }
        }

        await marks.MarkAsync(cancellation);
        return TypedResults.Ok(new StatementsMade(made, waiting));
    }
}
