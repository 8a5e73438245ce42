using System.Security.Cryptography;
using Cofferdam.Vault.Contract;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Cofferdam.Work.Access;

/// <summary>The handler answers for itself where a signature is wanting: it is asked too often for a filter.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AsksForProofsItselfAttribute : Attribute;

/// <summary>Turns what was refused for want of a signature into the question for it.</summary>
public static class AskingForProofs
{
    /// <summary>
    /// On all routes of a group. What only read is asked for again as a whole, also where the handler made do without a
    /// name; what may have changed something only where it was refused.
    /// </summary>
    public static RouteGroupBuilder AskForProofs(this RouteGroupBuilder lab) =>
        lab.AddEndpointFilterFactory(static (endpoint, next) => endpoint.MethodInfo.IsDefined(typeof(AsksForProofsItselfAttribute), inherit: false)
            ? next
            : async context =>
            {
                var result = await next(context);
                var http = context.HttpContext;
                if (http.Features.Get<Actor>() is not { Proofs: { } proofs } actor || !(IsRefused(result) || (proofs.IsLacking && HttpMethods.IsGet(http.Request.Method))))
                    return result;
                return await ProofsWanted.OfAsync(http.RequestServices.GetRequiredService<IVault>(), actor, proofs, http.RequestAborted);
            });

    /// <summary>The proof of an act that decides over access, where the request brought one; the vault says whether it takes one.</summary>
    /// <param name="name">One of <see cref="SignedBytes"/>.</param>
    public static Proof? ProofOf(this Actor actor, string name, ReadOnlySpan<byte> content)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.Proofs?.Take(new WantedAct(name, SHA256.HashData(content)));
    }

    /// <summary>For what goes out as a whole or not at all: whether the request lacks a proof for any of some opens, which it is then asked for.</summary>
    internal static async ValueTask<bool> WantsAsync(
        this Actor actor, Act act, ProjectId project, Purpose purpose, Guid? assignment, IReadOnlyList<RecordRef[]> runs, CancellationToken cancellation)
    {
        if (actor.Proofs is not { } proofs || !await proofs.MustSignAsync(actor, cancellation) || proofs.Has(runs.Count))
            return false;
        foreach (var run in runs)
            proofs.Take(new WantedOpen(project, act, purpose, assignment, run));
        return true;
    }

    private static bool IsRefused(object? result) => result switch
    {
        // The same status asks for If-Match.
        ProblemHttpResult { StatusCode: StatusCodes.Status428PreconditionRequired } problem => problem.ProblemDetails.Extensions["code"] is "sign",
        // One of several typed results.
        INestedHttpResult nested => IsRefused(nested.Result),
        _ => false,
    };
}
