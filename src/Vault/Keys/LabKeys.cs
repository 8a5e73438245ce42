using System.Diagnostics.CodeAnalysis;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Keys;

/// <summary>A lab key in memory, and where the root key lies that it is wrapped under.</summary>
internal sealed record LabKey(Guid Id, byte[] Key, string Custodian, string Root, bool Evaluation);

/// <summary>A lab's keys in memory. One object per lab, which everything holds on to: a rotation changes what is in it.</summary>
/// <remarks>
/// Keys that are dropped are not overwritten: another thread may be sealing with them, and would seal with nothing.
/// </remarks>
internal sealed class LabKeys(long number, LabId id)
{
    private volatile LabKey? current;
    private volatile LabKey? last;
    private volatile VaultUnavailableException? trouble;

    public long Number { get; } = number;

    public LabId Id { get; } = id;

    /// <summary>The root key lies in a file, as far as was last known.</summary>
    public bool Evaluation { get; private set; }

    /// <summary>Where the root key was when the lab key was last unwrapped. Without the key itself.</summary>
    public LabKey? Last => last;

    /// <summary>Why the lab's custodian cannot be used; null while it can.</summary>
    public VaultUnavailableException? Trouble => trouble;

    /// <summary>The lab key.</summary>
    /// <exception cref="VaultUnavailableException">The custodian was lost and the key dropped.</exception>
    public byte[] Key => Current.Key;

    public LabKey Current => current
        ?? throw (trouble ?? new VaultUnavailableException(VaultTrouble.Custodian, "The lab's key was dropped a moment ago. Try again."));

    public bool TryGet([NotNullWhen(true)] out LabKey? key)
    {
        key = current;
        return key is not null && trouble is null;
    }

    public void Set(LabKey key)
    {
        Evaluation = key.Evaluation;
        last = key with { Key = [] };
        current = key;
    }

    /// <summary>The custodian cannot be used: the key goes, and nothing of the lab is opened or sealed.</summary>
    /// <param name="at">Where the root key is now, if it has moved.</param>
    public void Lose(VaultUnavailableException why, LabKey? at = null)
    {
        last = at ?? last;
        trouble = why;
        current = null;
    }

    /// <summary>The custodian is back: the key is unwrapped again when it is next needed.</summary>
    public void Regain() => trouble = null;
}
