using Microsoft.AspNetCore.Http.HttpResults;

namespace Cofferdam.Server;

/// <summary>What is said where a status came without a word of its own.</summary>
internal static class StatusProblems
{
    public static ProblemHttpResult Of(int status) => status switch
    {
        StatusCodes.Status400BadRequest => Problems.Of(status, "bad-request", "The request could not be read: check its JSON, its fields and their types."),
        StatusCodes.Status401Unauthorized => Problems.Of(status, "signed-out", "Sign in to go on."),
        StatusCodes.Status403Forbidden => Problems.Of(status, "not-allowed", "Your role at this lab does not allow this. Ask lab staff."),
        StatusCodes.Status404NotFound => Problems.Of(status, "not-found", "There is nothing here, or nothing that you may see."),
        StatusCodes.Status405MethodNotAllowed => Problems.Of(status, "method-not-allowed", "This address does not take this method."),
        StatusCodes.Status413PayloadTooLarge => Problems.Of(status, "too-large", "The request is larger than this address takes."),
        StatusCodes.Status415UnsupportedMediaType => Problems.Of(status, "media-type", "Send this request as application/json."),
        StatusCodes.Status429TooManyRequests => Problems.Of(status, "too-many-requests", "Too many requests. Wait as long as Retry-After says."),
        StatusCodes.Status500InternalServerError => Problems.Of(status, "internal", "Something broke on the server; what was acknowledged before is safe. Try again, and tell the lab's staff if it stays."),
        StatusCodes.Status503ServiceUnavailable => Problems.Of(status, "unavailable", "The node cannot do this now. Try again shortly."),
        _ => Problems.Of(status, $"http-{status}", "The request was not carried out."),
    };
}
