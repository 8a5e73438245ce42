using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Labs;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Server.Doctor;

/// <summary>How one thing stands that a node needs for confidential work.</summary>
/// <param name="Name">Which: <c>vault-process</c>, <c>custodian</c>, <c>recovery-key</c>, <c>witness</c>, <c>log</c>, <c>two-owners</c>, <c>https</c>, <c>memory</c>.</param>
/// <param name="Fit">Nothing is left to do.</param>
/// <param name="Sentence">How it stands, and what to do where it is not fit.</param>
public sealed record Finding(string Name, bool Fit, string Sentence);

/// <param name="Evaluation">The node runs in evaluation mode: not for confidential work.</param>
/// <param name="Fit">Every finding is.</param>
public sealed record DoctorView(bool Evaluation, bool Fit, IReadOnlyList<Finding> Findings);

/// <summary>What stands between this node and production.</summary>
internal static class DoctorEndpoints
{
    public static void MapDoctor(this RouteGroupBuilder lab) =>
        lab.MapGet("/doctor", Examine).RequireAuthorization(Policies.Observer).WithTags("Node").WithSummary("What stands between this node and production");

    private static async Task<Ok<DoctorView>> Examine(Actor actor, IVault vault, AppDb db, NodeOptions options, CancellationToken cancellation)
    {
        var keys = await vault.KeysAsync(actor.Lab, cancellation);
        var log = await vault.LogAsync(actor.Lab, cancellation);
        var owners = await db.Members.CountAsync(member => member.Lab == actor.Lab.Value && member.LeftAt == null && member.Role == Role.Owner, cancellation);
        Finding[] findings =
        [
            VaultProcess(vault.Identity), Custodian(keys), RecoveryKey(keys), Witness(log), Log(log), TwoOwners(owners), Https(options), MemoryFinding.Of("/proc"),
        ];
        return TypedResults.Ok(new DoctorView(vault.Identity.EvaluationMode, findings.All(finding => finding.Fit), findings));
    }

    private static Finding VaultProcess(VaultIdentity identity) => identity.OwnProcess
        ? new("vault-process", true, "The vault is a process of its own.")
        : new("vault-process", false, "The vault runs inside the server, which then holds its keys. Start it under a user of its own with 'cofferdam vault', and the server with '--vault SOCKET'.");

    private static Finding Custodian(KeyState keys) => keys switch
    {
        { Reachable: false } => new("custodian", false, $"The custodian '{keys.Custodian}' cannot be reached or refuses its key: nothing opens until it is back."),
        { Evaluation: true } => new("custodian", false, "The root key lies in a file, for all that is known on the disk of the data. Hand it to a custodian off that disk: 'cofferdam key custodian NAME'."),
        _ => new("custodian", true, $"The root key is in the custody of '{keys.Custodian}'."),
    };

    private static Finding RecoveryKey(KeyState keys) => keys.Recovery is { } made
        ? new("recovery-key", true, $"A recovery key is split among {made.Shares} people; {made.Threshold} of them can replace a lost custodian.")
        : new("recovery-key", false, "There is no recovery key: with its custodian everything of this lab would be lost. Make one: 'cofferdam key recovery --shares 5 --threshold 3'.");

    private static Finding Witness(LogState log) => log switch
    {
        { Witnesses.Count: 0 } => new("witness", false, "No witness outside knows this log: an operator could rewrite it unseen. Have another party run 'cofferdam witness', and name it in a policy file."),
        { Quorum: false } => new("witness", false, "Fewer witnesses have signed the newest checkpoint than the policy asks for."),
        _ => new("witness", true, $"{log.Witnesses.Count(witness => witness.Size > 0)} of {log.Witnesses.Count} witnesses sign this log; the policy is satisfied."),
    };

    private static Finding Log(LogState log) => log.Standing is LogStanding.Sound
        ? new("log", true, "The ledger grows from what its checkpoint and witnesses know.")
        : new("log", false, log.Standing switch
        {
            LogStanding.Behind => "The store is older than what a witness or the published log knows. Take the missing leaves: 'cofferdam ledger recover'.",
            LogStanding.Forked => "A witness or the published log knows another ledger than this store. Nothing is opened; find out which is the true one.",
            _ => "No witness of the policy has been heard since the start. Nothing is opened until one has.",
        });

    private static Finding TwoOwners(int owners) => owners >= 2
        ? new("two-owners", true, $"{owners} owners: what takes two people can be done.")
        : new("two-owners", false, "There is one owner: shredding and raising budgets take two people. Invite a second.");

    private static Finding Https(NodeOptions options) => options.PublicUrl?.Scheme == Uri.UriSchemeHttps || options.Urls.All(url => url.StartsWith("https:", StringComparison.Ordinal))
        ? new("https", true, "Browsers reach this node over HTTPS.")
        : new("https", false, "Browsers reach this node without HTTPS, on this machine alone. Give '--certificate', or '--public-url https://…' behind a proxy.");
}
