namespace Cofferdam.Vault.Contract;

public partial interface IVault
{
    /// <summary>Most nonces in one answer.</summary>
    const int MaxNonces = 256;

    /// <summary>Fresh nonces for one key to sign with: each good for 15 minutes, once. Kept nowhere until they are used.</summary>
    /// <param name="count">1 to <see cref="MaxNonces"/>.</param>
    /// <returns>32 bytes each. Of a key that there is not they are worth nothing.</returns>
    ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> NoncesAsync(LabId lab, Guid key, int count, CancellationToken cancellation = default);

    /// <summary>Sets what the statements of an engagement are judged by, anew or instead of what was.</summary>
    /// <param name="proof">Over <see cref="SignedBytes.TermsAct"/>; needed once the lab has an enrolled staff key.</param>
    Task<TermsOutcome> SetTermsAsync(LabId lab, EngagementTerms terms, Principal by, Proof? proof = null, CancellationToken cancellation = default);

    /// <summary>
    /// Takes a vendor's statement on a person, which the vault checks itself: key of the engagement, signature, times, order,
    /// headcount. With a browser key whose thumbprint the statement names it enrols that too.
    /// </summary>
    /// <param name="statement">Compact JWS (docs/formats/attestation.md), at most 8 KiB.</param>
    /// <param name="by">Who hands it in: the node's service, or a person who admits somebody by hand.</param>
    /// <param name="browserKey">65 bytes: 0x04 ‖ x ‖ y; empty: none is enrolled.</param>
    Task<VouchOutcome> VouchAsync(
        LabId lab, string statement, Principal by, ReadOnlyMemory<byte> browserKey = default, CancellationToken cancellation = default);

    /// <summary>From its receipt on the person opens nothing; a statement that is newer than this admits them again.</summary>
    /// <param name="withdrawal">The vendor's, a compact JWS, checked; null: the lab's own word.</param>
    Task<VouchOutcome> WithdrawPersonAsync(
        LabId lab, Guid engagement, Guid pseudonym, string? withdrawal, Principal by, CancellationToken cancellation = default);

    /// <summary>From its receipt on nothing opens with this key.</summary>
    /// <returns>Sequence number of the receipt; null where there is no such key, or it was revoked before.</returns>
    Task<long?> RevokeKeyAsync(LabId lab, Guid key, Principal by, CancellationToken cancellation = default);

    /// <summary>Keys that are or were enrolled, newest first.</summary>
    /// <param name="pseudonym">Of one person; null: of all.</param>
    Task<IReadOnlyList<EnrolledKey>> EnrolledKeysAsync(LabId lab, Guid? pseudonym = null, CancellationToken cancellation = default);

    /// <summary>Enrols a browser key of the lab's own staff. The first of a lab on the server's word, every further one signed.</summary>
    /// <param name="browserKey">65 bytes: 0x04 ‖ x ‖ y.</param>
    /// <param name="by">Who vouches for it: the signer.</param>
    /// <param name="proof">Over <see cref="SignedBytes.StaffKeyAct"/>, with a staff key of <paramref name="by"/>.</param>
    Task<StaffKeyOutcome> EnrolStaffKeyAsync(
        LabId lab, Guid pseudonym, ReadOnlyMemory<byte> browserKey, Principal by, Proof? proof = null, CancellationToken cancellation = default);
}
