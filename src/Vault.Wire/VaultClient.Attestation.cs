using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Wire;

/// <content>Signatures of people under what is opened in their name.</content>
public sealed partial class VaultClient
{
    public async ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> NoncesAsync(LabId lab, Guid key, int count, CancellationToken cancellation = default) =>
        (await AskAsync(quick, Verb.Nonces, new NoncesCall(lab, key, count), [], cancellation)).Attachments;

    public Task<TermsOutcome> SetTermsAsync(LabId lab, EngagementTerms terms, Principal by, Proof? proof = null, CancellationToken cancellation = default) =>
        AskAsync<TermsCall, TermsOutcome>(bulk, Verb.SetTerms, new TermsCall(lab, terms, by, proof), cancellation);

    public Task<VouchOutcome> VouchAsync(
        LabId lab, string statement, Principal by, ReadOnlyMemory<byte> browserKey = default, CancellationToken cancellation = default) =>
        AskAsync<VouchCall, VouchOutcome>(bulk, Verb.Vouch, new VouchCall(lab, statement, by, browserKey), cancellation);

    public Task<VouchOutcome> WithdrawPersonAsync(
        LabId lab, Guid engagement, Guid pseudonym, string? withdrawal, Principal by, CancellationToken cancellation = default) =>
        AskAsync<WithdrawPersonCall, VouchOutcome>(urgent, Verb.WithdrawPerson, new WithdrawPersonCall(lab, engagement, pseudonym, withdrawal, by), cancellation);

    public Task<long?> RevokeKeyAsync(LabId lab, Guid key, Principal by, CancellationToken cancellation = default) =>
        AskAsync<RevokeKeyCall, long?>(urgent, Verb.RevokeKey, new RevokeKeyCall(lab, key, by), cancellation);

    public Task<IReadOnlyList<EnrolledKey>> EnrolledKeysAsync(LabId lab, Guid? pseudonym = null, CancellationToken cancellation = default) =>
        AskAsync<EnrolledKeysCall, IReadOnlyList<EnrolledKey>>(bulk, Verb.EnrolledKeys, new EnrolledKeysCall(lab, pseudonym), cancellation);

    public Task<StaffKeyOutcome> EnrolStaffKeyAsync(
        LabId lab, Guid pseudonym, ReadOnlyMemory<byte> browserKey, Principal by, Proof? proof = null, CancellationToken cancellation = default) =>
        AskAsync<StaffKeyCall, StaffKeyOutcome>(bulk, Verb.EnrolStaffKey, new StaffKeyCall(lab, pseudonym, browserKey, by, proof), cancellation);
}
