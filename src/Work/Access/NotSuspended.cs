using Cofferdam.Vault.Contract;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Cofferdam.Work.Access;

/// <summary>
/// Keeps who is suspended from deciding: who has access, their own above all, and what others work on. The vault's
/// refusals do not reach so far, because nothing is opened. Drafts may still be saved: nobody loses what they typed.
/// </summary>
public static class NotSuspended
{
    /// <summary>Refuses somebody who is suspended as a person, or with the engagement they work under. Suspension of a project or the lab changes nothing: staff must be able to lift it.</summary>
    public static TBuilder RequireNotSuspended<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints.AddEndpointFilter(static async (context, next) =>
        {
            var vault = context.HttpContext.RequestServices.GetRequiredService<IVault>();
            var actor = context.HttpContext.Features.Get<Actor>()!;
            return await vault.IsSuspendedAsync(actor.Lab, actor.Pseudonym, context.HttpContext.RequestAborted, actor.Engagement)
                ? Problems.Of(StatusCodes.Status403Forbidden, "you-are-suspended", "Your access is suspended, and nothing was changed. Ask somebody else of the lab's staff.")
                : await next(context);
        });

    /// <summary>Whether a suspension in force names this person, or the engagement they work under.</summary>
    public static async ValueTask<bool> IsSuspendedAsync(this IVault vault, LabId lab, Guid pseudonym, CancellationToken cancellation, Guid? engagement = null)
    {
        ArgumentNullException.ThrowIfNull(vault);
        var suspensions = await vault.SuspensionsAsync(lab, cancellation);
        return suspensions.Any(suspension => !suspension.Drill
            && (suspension.Scope == new Scope(ScopeKind.Person, pseudonym) || (engagement is { } of && suspension.Scope == new Scope(ScopeKind.Engagement, of))));
    }
}
