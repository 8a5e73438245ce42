using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault;

/// <content>Signatures of people under what is opened in their name.</content>
public sealed partial class VaultDoor
{
    public ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> NoncesAsync(LabId lab, Guid key, int count, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public Task<TermsOutcome> SetTermsAsync(LabId lab, EngagementTerms terms, Principal by, Proof? proof = null, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public Task<VouchOutcome> VouchAsync(
        LabId lab, string statement, Principal by, ReadOnlyMemory<byte> browserKey = default, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public Task<VouchOutcome> WithdrawPersonAsync(
        LabId lab, Guid engagement, Guid pseudonym, string? withdrawal, Principal by, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public Task<long?> RevokeKeyAsync(LabId lab, Guid key, Principal by, CancellationToken cancellation = default) => throw new NotSupportedException();

    public Task<IReadOnlyList<EnrolledKey>> EnrolledKeysAsync(LabId lab, Guid? pseudonym = null, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public Task<StaffKeyOutcome> EnrolStaffKeyAsync(
        LabId lab, Guid pseudonym, ReadOnlyMemory<byte> browserKey, Principal by, Proof? proof = null, CancellationToken cancellation = default) =>
        throw new NotSupportedException();
}
