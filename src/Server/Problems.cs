using Microsoft.AspNetCore.Http.HttpResults;

namespace Cofferdam.Server;

/// <summary>Problem details (RFC 9457) as this API gives them: a stable <c>code</c> and a sentence to act on.</summary>
internal static class Problems
{
    public static ProblemHttpResult Of(int status, string code, string detail, params ReadOnlySpan<KeyValuePair<string, object?>> more)
    {
        var extensions = new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = code };
        foreach (var (name, value) in more)
            extensions[name] = value;
        return TypedResults.Problem(detail, statusCode: status, extensions: extensions);
    }

    /// <summary>What is said where a status came without a word of its own.</summary>
    public static ProblemHttpResult Of(int status) => status switch
    {
        StatusCodes.Status400BadRequest => Of(status, "bad-request", "The request could not be read: check its JSON, its fields and their types."),
        StatusCodes.Status401Unauthorized => Of(status, "signed-out", "Sign in to go on."),
        StatusCodes.Status403Forbidden => Of(status, "not-allowed", "Your role at this lab does not allow this. Ask lab staff."),
        StatusCodes.Status404NotFound => Of(status, "not-found", "There is nothing here, or nothing that you may see."),
        StatusCodes.Status405MethodNotAllowed => Of(status, "method-not-allowed", "This address does not take this method."),
        StatusCodes.Status413PayloadTooLarge => Of(status, "too-large", "The request is larger than this address takes."),
        StatusCodes.Status415UnsupportedMediaType => Of(status, "media-type", "Send this request as application/json."),
        StatusCodes.Status429TooManyRequests => Of(status, "too-many-requests", "Too many requests. Wait as long as Retry-After says."),
        StatusCodes.Status500InternalServerError => Of(status, "internal", "Something broke on the server; what was acknowledged before is safe. Try again, and tell the lab's staff if it stays."),
        StatusCodes.Status503ServiceUnavailable => Of(status, "unavailable", "The node cannot do this now. Try again shortly."),
        _ => Of(status, $"http-{status}", "The request was not carried out."),
    };
}
