using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Wire;

/// <content>Suspensions.</content>
public sealed partial class VaultClient
{
    public Task<SuspendOutcome> SuspendAsync(SuspendRequest request, CancellationToken cancellation = default) =>
        AskAsync<SuspendRequest, SuspendOutcome>(urgent, Verb.Suspend, request, cancellation);

    public Task<ResumeOutcome> ResumeAsync(LabId lab, Guid suspension, Principal by, Proof? proof = null, CancellationToken cancellation = default) =>
        AskAsync<ResumeCall, ResumeOutcome>(urgent, Verb.Resume, new ResumeCall(lab, suspension, by, proof), cancellation);

    public async ValueTask<IReadOnlyList<Suspension>> SuspensionsAsync(LabId lab, CancellationToken cancellation = default) =>
        await AskAsync<LabCall, IReadOnlyList<Suspension>>(urgent, Verb.Suspensions, new LabCall(lab), cancellation);

    public Task<SuspensionProof?> SuspensionProofAsync(LabId lab, Guid suspension, CancellationToken cancellation = default) =>
        AskAsync<SuspensionCall, SuspensionProof?>(bulk, Verb.SuspensionProof, new SuspensionCall(lab, suspension), cancellation);
}
