using System.Globalization;
using Cofferdam.Vault.Contract;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cofferdam.Work.Budgets;

/// <summary>What somebody is told whose open was more than a budget has left: whose it is, and when it frees.</summary>
internal static class SpentSentence
{
    public static ProblemHttpResult Problem(OpenOutcome.Refused refused)
    {
        var who = refused.Budget switch
        {
            BudgetKind.Engagement => "The people of your engagement have together been shown as much as they may",
            BudgetKind.Process or BudgetKind.Host => "This server has handed out as much as it may",
            _ => "You have been shown as much as one person may",
        };
        var when = refused.FreeAt is { } free
            ? string.Create(CultureInfo.InvariantCulture, $" in one hour. Go on at {free:HH:mm} UTC, or ask lab staff to raise the limit, which takes two of them.")
            : ". This does not free of itself: ask lab staff to raise the limit, which takes two of them.";
        List<KeyValuePair<string, object?>> more = [new("code", "first-reads-spent")];
        if (refused.Budget is { } budget)
            more.Add(new("budget", Names.Of(budget)));
        if (refused.FreeAt is { } freeAt)
            more.Add(new("freeAt", freeAt));
        return TypedResults.Problem(who + when, statusCode: StatusCodes.Status429TooManyRequests, extensions: more);
    }
}
