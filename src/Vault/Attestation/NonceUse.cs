using Cofferdam.Vault.Keys;

namespace Cofferdam.Vault.Attestation;

/// <summary>The nonces that one batch uses; gone with the batch where that fails.</summary>
internal sealed class NonceUse(UsedNonces used, DateTimeOffset now)
{
    private readonly List<(LabKeys Lab, byte[] Nonce)> asked = [];
    private readonly HashSet<(long Lab, UInt128 Nonce)> mine = [];
    private readonly HashSet<(long Lab, UInt128 Nonce)> fresh = [];

    /// <summary>Asks for a nonce to be used.</summary>
    /// <returns>False where another command of the batch came first.</returns>
    public bool Ask(LabKeys lab, byte[] nonce)
    {
        if (!mine.Add((lab.Number, UsedNonces.NameOf(nonce))))
            return false;
        asked.Add((lab, nonce));
        return true;
    }

    /// <summary>Uses all that were asked for, at one go.</summary>
    public void Use()
    {
        if (asked.Count == 0)
            return;
        fresh.UnionWith(used.Use(asked, now));
        asked.Clear();
    }

    /// <summary>True where this batch is the first that used it.</summary>
    public bool IsFresh(LabKeys lab, byte[] nonce) => fresh.Contains((lab.Number, UsedNonces.NameOf(nonce)));

    /// <summary>The batch is durable.</summary>
    public void Commit()
    {
        if (fresh.Count > 0)
            used.Commit(fresh, now);
    }
}
