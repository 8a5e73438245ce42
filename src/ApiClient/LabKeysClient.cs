namespace Cofferdam.ApiClient;

/// <summary>A lab's keys, what takes two people, and how fit its node is.</summary>
public sealed class LabKeysClient
{
    private readonly Transport transport;
    private readonly string root;

    internal LabKeysClient(Transport transport, string root) => (this.transport, this.root) = (transport, root);

    public Task<Reply<Keys>> GetAsync(CancellationToken cancellation = default) => transport.GetAsync($"{root}/keys", ApiJson.Default.Keys, cancellation);

    public Task<Reply<KeyAct>> RotateAsync(CancellationToken cancellation = default) =>
        transport.PostAsync($"{root}/keys/rotate", ApiJson.Default.KeyAct, cancellation);

    public Task<Reply<KeyAct>> ChangeCustodianAsync(string custodian, CancellationToken cancellation = default) =>
        transport.SendAsync(HttpMethod.Post, $"{root}/keys/custodian", new CustodianBody(custodian), ApiJson.Default.CustodianBody, ApiJson.Default.KeyAct, cancellation);

    public Task<Reply<RecoveryShares>> MakeRecoveryKeyAsync(int shares, int threshold, CancellationToken cancellation = default) =>
        transport.SendAsync(HttpMethod.Post, $"{root}/keys/recovery", new RecoveryBody(shares, threshold), ApiJson.Default.RecoveryBody, ApiJson.Default.RecoveryShares, cancellation);

    /// <summary>One step; repeat until nothing is left.</summary>
    public Task<Reply<ResealStep>> ResealAsync(Guid project, CancellationToken cancellation = default) =>
        transport.PostAsync($"{root}/projects/{project}/reseal", ApiJson.Default.ResealStep, cancellation);

    public Task<Reply<IReadOnlyList<Proposal>>> ProposalsAsync(CancellationToken cancellation = default) =>
        transport.GetAsync($"{root}/proposals", ApiJson.Default.IReadOnlyListProposal, cancellation);

    public Task<Reply<Proposal>> ProposeAsync(ProposalBody proposal, CancellationToken cancellation = default) =>
        transport.SendAsync(HttpMethod.Post, $"{root}/proposals", proposal, ApiJson.Default.ProposalBody, ApiJson.Default.Proposal, cancellation);

    public Task<Reply<Proposal>> ApproveAsync(Guid proposal, CancellationToken cancellation = default) =>
        transport.PostAsync($"{root}/proposals/{proposal}/approve", ApiJson.Default.Proposal, cancellation);

    public Task<Reply<Proposal>> WithdrawAsync(Guid proposal, CancellationToken cancellation = default) =>
        transport.PostAsync($"{root}/proposals/{proposal}/withdraw", ApiJson.Default.Proposal, cancellation);

    public Task<Reply<Doctor>> DoctorAsync(CancellationToken cancellation = default) => transport.GetAsync($"{root}/doctor", ApiJson.Default.Doctor, cancellation);
}
