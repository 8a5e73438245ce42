using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Budgets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cofferdam.Work;

/// <summary>What the vault refused, as the caller sees it.</summary>
public static class VaultProblems
{
    extension(Problems)
    {
        public static ProblemHttpResult Suspended(ReasonClass reason, string kept = "Nothing that was saved is lost.") =>
            TypedResults.Problem($"Work here is stopped for now. {kept}", statusCode: StatusCodes.Status423Locked,
                extensions: [new("code", "suspended"), new("reason", Names.Of(reason))]);

        /// <summary>Something takes the person's own signature. What is to be signed, <see cref="AskingForProofs"/> adds.</summary>
        public static ProblemHttpResult NotSigned() => Problems.Of(StatusCodes.Status428PreconditionRequired, "sign",
            "This takes your own signature, made with a key that is enrolled at this lab in your name.");

        public static ProblemHttpResult Refused(OpenOutcome.Refused refused)
        {
            ArgumentNullException.ThrowIfNull(refused);
            return refused.Reason switch
            {
                RefusalReason.Suspended => Suspended(refused.Suspension?.Reason ?? ReasonClass.Other),
                RefusalReason.FirstReadsSpent => SpentSentence.Problem(refused),
                RefusalReason.RereadsSpent => Problems.Of(StatusCodes.Status429TooManyRequests, "rereads-spent",
                    "You are opening the same things again too fast. Wait a minute."),
                RefusalReason.NotAsSealed => Problems.Of(StatusCodes.Status500InternalServerError, "not-as-sealed",
                    "What is stored is not what was sealed, so it was not opened. Tell lab staff at once."),
                RefusalReason.NotAttested => Problems.NotSigned(),
                _ => Problems.NotFound(),
            };
        }
    }
}
