using Cofferdam.Server.Hardening;
using Cofferdam.Server.SignIn;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;

namespace Cofferdam.Server.Access;

/// <summary>
/// A signed-in person who is told "no" or "nothing here" under a lab's routes leaves a receipt, which is durable before
/// the answer goes out.
/// </summary>
/// <remarks>
/// A refusal at a lab that does not exist is recorded at the node's own. Who is not signed in is not recorded: there
/// is nobody to name, and anybody could fill the ledger. For the same reason an account that was refused too often is
/// turned away before it can ask: that discloses nothing, and says nothing of what it would have been told.
/// </remarks>
internal static class RefusalReceipts
{
    public static void UseRefusalReceipts(this IApplicationBuilder app) => app.Use(static (context, next) =>
        context.GetRouteValue("lab") is not null && SessionAuthentication.Of(context) is { } signedIn
            ? AnswerAsync(context, next, signedIn.Account)
            : next(context));

    private static async Task AnswerAsync(HttpContext context, RequestDelegate next, Guid account)
    {
        var budget = context.RequestServices.GetRequiredService<RefusalBudget>();
        if (!budget.TryTake(account))
        {
            context.Response.Headers.RetryAfter = "1";
            await StatusProblems.Of(StatusCodes.Status429TooManyRequests).ExecuteAsync(context);
            return;
        }

        context.Response.OnStarting(static state => RecordAsync((HttpContext)state), context);
        // A request that broke, or whose sender hung up, may have been refused: its place is not given back.
        await next(context);
        if (!IsRefusal(context.Response.StatusCode))
            budget.GiveBack(account);
    }

    /// <summary>Whether the answer left a receipt, here or at the vault, which also refuses what is not as sealed (500).</summary>
    private static bool IsRefusal(int status) => status is StatusCodes.Status403Forbidden or StatusCodes.Status404NotFound
        or StatusCodes.Status423Locked or StatusCodes.Status429TooManyRequests or StatusCodes.Status500InternalServerError;

    private static async Task RecordAsync(HttpContext context)
    {
        if (context.Response.StatusCode is not (StatusCodes.Status403Forbidden or StatusCodes.Status404NotFound))
            return;
        var signedIn = SessionAuthentication.Of(context)!;
        var services = context.RequestServices;
        var (lab, principal) = context.Features.Get<Actor>() is { } actor
            ? (actor.Lab, actor.Principal)
            : await StrangerAsync(context, signedIn, services);
        var reason = context.Response.StatusCode == StatusCodes.Status403Forbidden ? RefusalReason.NotAllowed : RefusalReason.NotFound;
        // Not cancelled with the request: to hang up is no way round the receipt.
        await services.GetRequiredService<IVault>().RecordRefusalAsync(
            new RefusalNote(lab, principal, reason, [.. Asked(context)], signedIn.Session), CancellationToken.None);
    }

    private static async Task<(LabId Lab, Principal Principal)> StrangerAsync(HttpContext context, SignedIn signedIn, IServiceProvider services)
    {
        var slug = (string)context.GetRouteValue("lab")!;
        var lab = await services.GetRequiredService<Memberships>().LabAsync(slug, services.GetRequiredService<AppDb>(), CancellationToken.None) ?? LabId.Node;
        return (lab, Memberships.Stranger(lab, signedIn.Account));
    }

    private static IEnumerable<Guid> Asked(HttpContext context)
    {
        foreach (var (_, value) in context.Request.RouteValues)
            if (value is Guid id || Guid.TryParse(value as string, out id))
                yield return id;
    }
}
