using Cofferdam.Sealing;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault;

/// <summary>Where a vault keeps its store and keys, and what bounds its readers.</summary>
public sealed record VaultOptions
{
    /// <summary>Name of a node that the world knows by none.</summary>
    public const string LocalName = "cofferdam.localhost";

    /// <summary><c>sqlite</c>, or <c>postgres://user:password@host:port/database</c>.</summary>
    public required string Store { get; init; }

    /// <summary>Folder of <c>vault.db</c> where the store is SQLite.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Folder of the key files; must not lie inside <see cref="DataFolder"/>.</summary>
    public required string KeyFolder { get; init; }

    /// <summary>What holds for labs that have set no policy of their own.</summary>
    public Policy Policy { get; init; } = Policy.Default;

    /// <summary>This node's name in the world: what the names of its labs' logs begin with. Default <see cref="LocalName"/>.</summary>
    public string NodeName { get; init; } = LocalName;

    /// <summary>
    /// Folder of the labs' logs; null: <c>ledger</c> in <see cref="DataFolder"/>. Vault processes that share a store share it too.
    /// </summary>
    public string? LogFolder { get; init; }

    /// <summary>File with the witnesses that the node asks and how many must sign (C2SP tlog-policy); null: none.</summary>
    public string? WitnessPolicy { get; init; }

    /// <summary>
    /// False: receipts are kept and sequenced, and no checkpoint is signed over what comes after the start. For measuring what
    /// publishing costs; nobody can check a log that is not published.
    /// </summary>
    public bool PublishLogs { get; init; } = true;

    /// <summary>For tests: what stands in for the network between the vault and its witnesses.</summary>
    internal HttpMessageHandler? WitnessHttp { get; init; }

    /// <summary>Who may keep root keys; the first keeps those of new labs. Key files can be read always. Default: key files.</summary>
    public IReadOnlyList<CustodianChoice> Custodians { get; init; } = [];

    /// <summary>
    /// Takes the versions that records are found at as theirs, once, where they are disputed: after an upgrade from a store
    /// that kept none, or where the right rows are lost. The receipt of the start says so.
    /// </summary>
    public bool AcceptVersions { get; init; }

    /// <summary>
    /// Revokes all keys of labs' staff, once: where the last was lost, so that nobody can sign what takes a signature. Each lab's
    /// next key is enrolled on the server's word again. Receipts say so.
    /// </summary>
    public bool ForgetStaffKeys { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>True where it can begin a name in signed notes, which white space and plus signs end.</summary>
    public static bool IsNodeName(string name) => name.Length is > 0 and <= 200 && name.All(letter => letter is > ' ' and <= '~' and not '+');
}
