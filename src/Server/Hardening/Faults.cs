using System.Data.Common;
using System.Text.Json;
using Cofferdam.Vault.Contract;
using Microsoft.AspNetCore.Http.HttpResults;

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
        catch (VaultUnavailableException e) when (!context.Response.HasStarted)
        {
            // Its message is written for people, and holds nothing confidential.
            Failed(log, context.GetEndpoint()?.DisplayName ?? "(no endpoint)", $"{e.Trouble}: {e.Message}");
            await VaultUnavailable(e).ExecuteAsync(context);
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

    /// <summary>503 <c>vault-unavailable</c>, with the <c>trouble</c> and a sentence for the page.</summary>
    private static ProblemHttpResult VaultUnavailable(VaultUnavailableException e) => TypedResults.Problem(
        $"Nothing can be opened or saved now, and nothing was shown. {e.Message}",
        statusCode: StatusCodes.Status503ServiceUnavailable,
        extensions: [new("code", "vault-unavailable"), new("trouble", JsonNamingPolicy.CamelCase.ConvertName(e.Trouble.ToString()))]);

    internal static string Describe(Exception e)
    {
        var message = e is IOException or DbException ? $" ({e.Message})" : "";
        var cause = e.InnerException is { } inner ? $"{Environment.NewLine} caused by {Describe(inner)}" : "";
        return $"{e.GetType().FullName}{message}{Environment.NewLine}{e.StackTrace}{cause}";
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Endpoint} failed: {What}")]
    private static partial void Failed(ILogger log, string endpoint, string what);
}
