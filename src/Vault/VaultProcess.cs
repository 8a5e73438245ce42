using Cofferdam.Ledger;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Keys;

namespace Cofferdam.Vault;

/// <summary>This vault process, as every receipt names it.</summary>
/// <param name="Id">New at every start.</param>
/// <param name="Evaluation">The key file lies on the same disk as the data.</param>
internal sealed record VaultProcess(Guid Id, string Build, string? WebBundle, bool Evaluation)
{
    /// <summary>The facts that all receipts of this process share.</summary>
    public ReceiptFacts Facts(LabKeys lab, ProjectId project, Principal principal) => new()
    {
        Lab = lab.Id.Value,
        Project = project.Value,
        Process = Id,
        Build = Build,
        WebBundle = WebBundle,
        Evaluation = Evaluation,
        Epoch = 0,
        PrincipalKind = ReceiptText.Name(principal.Kind),
        Pseudonym = principal.Pseudonym,
    };
}
