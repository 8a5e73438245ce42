using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cofferdam.Endpoints;

/// <summary>Versions as entity tags (RFC 9110 §8.8.3): a number in quotes; 0 for what does not exist yet.</summary>
public static class ETags
{
    public static string Of(long version) => $"\"{version}\"";

    public static void Set(HttpResponse response, long version) => response.Headers.ETag = Of(version);

    /// <summary>Reads the version that <c>If-Match</c> names.</summary>
    /// <param name="problem">Set where the header is missing (428) or is no version (400).</param>
    public static bool TryRead(HttpRequest request, out long version, out ProblemHttpResult? problem)
    {
        version = 0;
        problem = null;
        var header = request.Headers.IfMatch;
        if (header.Count == 0)
        {
            problem = Problems.Of(StatusCodes.Status428PreconditionRequired, "if-match-missing",
                "Say which version you have changed, in the header If-Match.");
            return false;
        }

        var tag = header.ToString();
        if (header.Count == 1 && tag.Length > 2 && tag[0] == '"' && tag[^1] == '"'
            && long.TryParse(tag.AsSpan(1, tag.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out version))
            return true;
        problem = Problems.Invalid("If-Match must be one version in quotes, as the header ETag gave it.");
        return false;
    }

    public static ProblemHttpResult Changed() => Problems.Of(StatusCodes.Status412PreconditionFailed, "changed",
        "Somebody else has changed this meanwhile. Load it again, then make your change.");
}
