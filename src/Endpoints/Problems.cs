using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cofferdam.Endpoints;

/// <summary>Errors as RFC 9457 problem details: a stable <c>code</c>, a sentence to act on, and the field at fault where there is one.</summary>
public static class Problems
{
    public static ProblemHttpResult Of(int status, string code, string sentence, string? field = null) =>
        TypedResults.Problem(sentence, statusCode: status, extensions: field is null
            ? [new("code", code)]
            : [new("code", code), new("field", field)]);

    /// <summary>Says the same of what does not exist and of what belongs to somebody else.</summary>
    public static ProblemHttpResult NotFound() =>
        Of(StatusCodes.Status404NotFound, "not-found", "There is nothing here by this name.");

    public static ProblemHttpResult Invalid(string sentence, string? field = null) =>
        Of(StatusCodes.Status400BadRequest, "invalid", sentence, field);

    public static ProblemHttpResult Invalid(Fault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return Invalid(fault.Sentence, fault.Field);
    }
}
