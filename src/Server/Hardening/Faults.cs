using System.Data.Common;

namespace Cofferdam.Server.Hardening;

/// <summary>Turns what was thrown into a problem that says nothing of the inside, and logs where it happened.</summary>
/// <remarks>
/// Messages of exceptions can quote what a person sent (a number that did not parse, a key that was there twice), so
/// only their types and stacks are logged, and the messages of those that speak of disks, sockets and databases.
/// </remarks>
internal sealed partial class Faults(RequestDelegate next, ILogger<Faults> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is listening any more.
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            await StatusProblems.Of(e.StatusCode).ExecuteAsync(context);
        }
#pragma warning disable CA1031 // The last place where an exception can become an answer.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Failed(log, context.GetEndpoint()?.DisplayName ?? "(no endpoint)", Describe(e));
            if (context.Response.HasStarted)
                context.Abort();
            else
                await StatusProblems.Of(StatusCodes.Status500InternalServerError).ExecuteAsync(context);
        }
    }

    internal static string Describe(Exception e)
    {
        var message = e is IOException or DbException ? $" ({e.Message})" : "";
        var cause = e.InnerException is { } inner ? $"{Environment.NewLine} caused by {Describe(inner)}" : "";
        return $"{e.GetType().FullName}{message}{Environment.NewLine}{e.StackTrace}{cause}";
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Endpoint} failed: {What}")]
    private static partial void Failed(ILogger log, string endpoint, string what);
}
