using Cofferdam.Vault.Contract;

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

    /// <summary>What holds for labs that have set no policy of their own.</summary>
    public Policy Policy { get; init; } = Policy.Default;

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
