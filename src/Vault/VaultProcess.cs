using System.Security.Cryptography;
using System.Text;
using Cofferdam.Ledger;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Keys;

namespace Cofferdam.Vault;

/// <summary>The server process that asks, as every receipt names it.</summary>
/// <param name="Id">New at every start.</param>
/// <param name="Vault">Of the vault process that answers; the same where both are one.</param>
internal sealed record VaultProcess(Guid Id, Guid Vault, CallerProcess Caller)
{
    /// <summary>The machine it runs on, as budgets know it.</summary>
    public Guid Host { get; } = HostOf(Caller.Host);

    /// <returns>The first 16 bytes of SHA-256 of a host's name.</returns>
    public static Guid HostOf(string name) => new(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16), bigEndian: true);

    /// <summary>The facts that all receipts of this process share.</summary>
    public ReceiptFacts Facts(LabKeys lab, ProjectId project, Principal principal) => new()
    {
        Lab = lab.Id.Value,
        Project = project.Value,
        Process = Id,
        Vault = Vault == Id ? null : Vault,
        Build = Caller.Build,
        WebBundle = Caller.WebBundle,
        Evaluation = lab.Evaluation,
        Epoch = 0,
        PrincipalKind = ReceiptText.Name(principal.Kind),
        Pseudonym = principal.Pseudonym,
        Engagement = principal.Engagement,
    };
}
