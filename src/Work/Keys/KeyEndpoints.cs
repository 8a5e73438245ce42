using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Cofferdam.Work.Keys;

/// <param name="Receipt">Sequence number of the receipt.</param>
public sealed record KeyActView(long Receipt);

/// <param name="Custodian">Name of one that the vault was started with.</param>
public sealed record CustodianChange(string Custodian);

/// <param name="Shares">How many people hold a part: 2 to 16.</param>
/// <param name="Threshold">How many of them it takes: 2 to <paramref name="Shares"/>.</param>
public sealed record RecoveryRequest(int Shares, int Threshold);

/// <summary>Routes of a lab's keys. Key material never passes here; the shares of a recovery key do, once.</summary>
internal static class KeyEndpoints
{
    public static void MapKeyEndpoints(this RouteGroupBuilder lab)
    {
        lab.MapGet("/keys", Get).RequireAuthorization(Policies.Observer);
        var keys = lab.MapGroup("/keys").RequireAuthorization(Policies.Owner).RequireNotSuspended();
        keys.MapPost("/rotate", Rotate);
        keys.MapPost("/custodian", Change);
        keys.MapPost("/recovery", Recovery);
        lab.MapPost("/projects/{project:guid}/reseal", Reseal).RequireAuthorization(Policies.Owner).RequireNotSuspended();
    }

    private static async Task<Ok<KeyState>> Get(Actor actor, IVault vault, CancellationToken cancellation) =>
        TypedResults.Ok(await vault.KeysAsync(actor.Lab, cancellation));

    private static async Task<Ok<KeyActView>> Rotate(Actor actor, IVault vault) =>
        TypedResults.Ok(new KeyActView(await vault.RotateAsync(actor.Lab, actor.Principal, CancellationToken.None)));

    private static async Task<Results<Ok<KeyActView>, ProblemHttpResult>> Change(CustodianChange change, Actor actor, IVault vault) =>
        await vault.ChangeCustodianAsync(actor.Lab, change.Custodian, actor.Principal, CancellationToken.None) switch
        {
            KeyOutcome.Done done => TypedResults.Ok(new KeyActView(done.Receipt)),
            KeyOutcome.Unavailable unavailable => Problems.Of(StatusCodes.Status409Conflict, "custodian-unavailable", unavailable.Sentence),
            _ => Problems.Invalid("The vault was not started with a custodian of that name.", "custodian"),
        };

    private static async Task<Results<Ok<RecoveryShareSet>, ProblemHttpResult>> Recovery(RecoveryRequest request, HttpResponse response, Actor actor, IVault vault)
    {
        if (request.Shares is < 2 or > 16)
            return Problems.Invalid("A recovery key has 2 to 16 shares.", "shares");
        if (request.Threshold < 2 || request.Threshold > request.Shares)
            return Problems.Invalid("It takes at least 2 shares, and no more than there are.", "threshold");
        response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(await vault.MakeRecoveryKeyAsync(actor.Lab, request.Shares, request.Threshold, actor.Principal, CancellationToken.None));
    }

    /// <summary>One step; the caller repeats it until nothing is left.</summary>
    private static async Task<Results<Ok<ResealStep>, ProblemHttpResult>> Reseal(Guid project, Actor actor, Projects.ProjectCatalog catalog, IVault vault, CancellationToken cancellation) =>
        await catalog.FindAsync(actor.Lab, project, cancellation) is null
            ? Problems.NotFound()
            : TypedResults.Ok(await vault.ResealAsync(actor.Lab, new ProjectId(project), actor.Principal, CancellationToken.None));
}
