namespace Cofferdam.Vault.Contract;

/// <summary>A lab's keys, as people see them; never key material.</summary>
/// <param name="Custodian">Who keeps the root key: <c>file</c>, <c>file+passphrase</c>, <c>pkcs11</c>, <c>transit</c>, <c>aws-kms</c>.</param>
/// <param name="Evaluation">The root key lies in a file, for all that is known on the disk of the data.</param>
/// <param name="Reachable">The custodian can use the key now.</param>
/// <param name="Custodians">Names of the custodians that this vault was started with.</param>
/// <param name="RotatedAt">When root and lab key were made.</param>
/// <param name="Projects">Projects that have a key.</param>
/// <param name="Recovery">The recovery key; null where none was made.</param>
public sealed record KeyState(
    string Custodian, bool Evaluation, bool Reachable, IReadOnlyList<string> Custodians, DateTimeOffset RotatedAt, int Projects, RecoveryState? Recovery);

public sealed record RecoveryState(int Shares, int Threshold, DateTimeOffset MadeAt);

/// <param name="Shares">Text for each holder, shown this once and kept nowhere.</param>
/// <param name="Receipt">Sequence number of its receipt.</param>
public sealed record RecoveryShareSet(IReadOnlyList<string> Shares, int Threshold, long Receipt);

/// <param name="Resealed">Records re-encrypted by this step.</param>
/// <param name="Left">Records still under the old key.</param>
/// <param name="Receipt">Receipt of the step; null where there was nothing to do.</param>
public sealed record ResealStep(int Resealed, long Left, long? Receipt);

public abstract record KeyOutcome
{
    private KeyOutcome() { }

    /// <param name="Receipt">Sequence number.</param>
    public sealed record Done(long Receipt) : KeyOutcome;

    /// <summary>The vault was not started with a custodian of that name.</summary>
    public sealed record UnknownCustodian : KeyOutcome;

    /// <summary>The custodian cannot take the key now.</summary>
    /// <param name="Sentence">What is wrong and what a person can do about it.</param>
    public sealed record Unavailable(string Sentence) : KeyOutcome;
}
