namespace Cofferdam.Vault;

/// <summary>Where a vault keeps its store and keys, and what bounds its readers.</summary>
public sealed record VaultOptions
{
    /// <summary><c>sqlite</c>, or <c>postgres://user:password@host:port/database</c>.</summary>
    public required string Store { get; init; }

    /// <summary>Folder of <c>vault.db</c> where the store is SQLite.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Folder of the key files; must not lie inside <see cref="DataFolder"/>.</summary>
    public required string KeyFolder { get; init; }

    /// <summary>This node's name in the world: what the names of its labs' logs begin with. Default <c>cofferdam.localhost</c>.</summary>
    public string NodeName { get; init; } = "cofferdam.localhost";

    /// <summary>
    /// Folder of the labs' logs; null: <c>ledger</c> in <see cref="DataFolder"/>. Vault processes that share a store share it too.
    /// </summary>
    public string? LogFolder { get; init; }

    /// <summary>File with the witnesses that the node asks and how many must sign (C2SP tlog-policy); null: none.</summary>
    public string? WitnessPolicy { get; init; }

    /// <summary>For tests: what stands in for the network between the vault and its witnesses.</summary>
    internal HttpMessageHandler? WitnessHttp { get; init; }

    public VaultLimits Limits { get; init; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>What one person may read at a lab; services and exports are not bounded here.</summary>
public sealed record VaultLimits
{
    /// <value>Records read for the first time, per person and clock hour. Default 3,000.</value>
    public int FirstReadsPerHour { get; init; } = 3_000;

    /// <value>Records read again, per person and clock minute. Default 6,000: each task reads its guideline sections again.</value>
    public int RereadsPerMinute { get; init; } = 6_000;
}
