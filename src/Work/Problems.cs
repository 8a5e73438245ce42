using Cofferdam.Vault.Contract;
using Cofferdam.Work.Budgets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cofferdam.Work;

/// <summary>Errors as RFC 9457 problem details: a stable <c>code</c>, a sentence to act on, and the field at fault where there is one.</summary>
public static class Problems
{
    public static ProblemHttpResult Of(int status, string code, string sentence, string? field = null) =>
        TypedResults.Problem(sentence, statusCode: status, extensions: field is null
            ? [new("code", code)]
            : [new("code", code), new("field", field)]);

    /// <summary>Says the same of what does not exist and of what belongs to another lab or project.</summary>
    public static ProblemHttpResult NotFound() =>
        Of(StatusCodes.Status404NotFound, "not-found", "There is nothing here by this name.");

    public static ProblemHttpResult Invalid(string sentence, string? field = null) =>
        Of(StatusCodes.Status400BadRequest, "invalid", sentence, field);

    internal static ProblemHttpResult Invalid(Fault fault) => Invalid(fault.Sentence, fault.Field);

    public static ProblemHttpResult Suspended(ReasonClass reason, string kept = "Nothing that was saved is lost.") =>
        TypedResults.Problem($"Work here is stopped for now. {kept}", statusCode: StatusCodes.Status423Locked,
            extensions: [new("code", "suspended"), new("reason", Names.Of(reason))]);

    /// <summary>What the vault refused, as the caller sees it.</summary>
    public static ProblemHttpResult Refused(OpenOutcome.Refused refused)
    {
        ArgumentNullException.ThrowIfNull(refused);
        return refused.Reason switch
        {
            RefusalReason.Suspended => Suspended(refused.Suspension?.Reason ?? ReasonClass.Other),
            RefusalReason.FirstReadsSpent => SpentSentence.Problem(refused),
            RefusalReason.RereadsSpent => Of(StatusCodes.Status429TooManyRequests, "rereads-spent",
                "You are opening the same things again too fast. Wait a minute."),
            RefusalReason.NotAsSealed => Of(StatusCodes.Status500InternalServerError, "not-as-sealed",
                "What is stored is not what was sealed, so it was not opened. Tell lab staff at once."),
            _ => NotFound(),
        };
    }
}
