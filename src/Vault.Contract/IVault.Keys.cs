namespace Cofferdam.Vault.Contract;

public partial interface IVault
{
    /// <summary>Who keeps the lab's root key, and what has been done to its keys.</summary>
    Task<KeyState> KeysAsync(LabId lab, CancellationToken cancellation = default);

    /// <summary>Makes new root and lab keys and rewraps everything under them; re-encrypts nothing.</summary>
    /// <returns>Sequence number of the receipt.</returns>
    Task<long> RotateAsync(LabId lab, Principal by, CancellationToken cancellation = default);

    /// <summary>Hands the lab's keys to another custodian of those that this vault was started with; re-encrypts nothing.</summary>
    /// <param name="custodian">Its name.</param>
    Task<KeyOutcome> ChangeCustodianAsync(LabId lab, string custodian, Principal by, CancellationToken cancellation = default);

    /// <summary>
    /// Re-encrypts the next records of a project under a new key, after the old one may have been stolen. The first call makes
    /// the new key; the one that finds nothing left destroys the old one.
    /// </summary>
    Task<ResealStep> ResealAsync(LabId lab, ProjectId project, Principal by, CancellationToken cancellation = default);

    /// <summary>Makes a recovery key for a lost custodian. What was made before is worth nothing any more.</summary>
    /// <param name="shares">How many people hold a part of it: 2 to 16.</param>
    /// <param name="threshold">How many of them it takes: 2 to <paramref name="shares"/>.</param>
    Task<RecoveryShareSet> MakeRecoveryKeyAsync(LabId lab, int shares, int threshold, Principal by, CancellationToken cancellation = default);
}
