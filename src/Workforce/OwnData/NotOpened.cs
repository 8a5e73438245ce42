using Cofferdam.Vault.Contract;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cofferdam.Workforce.OwnData;

internal static class RecordProblems
{
    extension(Problems)
    {
        /// <summary>What the vault refused, as whoever asked sees it.</summary>
        public static ProblemHttpResult NotOpened(OpenOutcome.Refused refused) => refused.Reason switch
        {
            RefusalReason.Suspended => Problems.Of(StatusCodes.Status423Locked, "suspended", "Nothing is opened here for now. Nothing that was saved is lost."),
            RefusalReason.FirstReadsSpent or RefusalReason.RereadsSpent => Problems.Of(StatusCodes.Status429TooManyRequests, "reads-spent",
                "You have opened as much as one person may for now. Wait, or ask an owner of the vendor."),
            RefusalReason.NotAsSealed => Problems.Of(StatusCodes.Status500InternalServerError, "not-as-sealed",
                "What is stored is not what was sealed, so it was not opened. Tell an owner of the vendor at once."),
            RefusalReason.NotAttested => Problems.Of(StatusCodes.Status403Forbidden, "not-signed", "This takes your own signature, made with a key that is enrolled here in your name."),
            _ => Problems.NotFound(),
        };
    }
}
