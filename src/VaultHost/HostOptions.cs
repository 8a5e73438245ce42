using Cofferdam.Sealing;
using Cofferdam.Vault;

namespace Cofferdam.VaultHost;

/// <summary>What the vault's program is started with.</summary>
internal sealed record HostOptions
{
    public string? Socket { get; init; }

    public string DataFolder { get; init; } = Path.Combine(".cofferdam", "data");

    public string KeyFolder { get; init; } = Path.Combine(".cofferdam", "keys");

    public string Store { get; init; } = "sqlite";

    /// <summary>Names and numbers of users; empty: this process's own.</summary>
    public IReadOnlyList<string> AllowedUsers { get; init; } = [];

    public string NodeName { get; init; } = VaultOptions.LocalName;

    /// <summary>Null: <c>ledger</c> in <see cref="DataFolder"/>.</summary>
    public string? LedgerFolder { get; init; }

    public string? WitnessPolicy { get; init; }

    /// <summary>The first takes new labs.</summary>
    public IReadOnlyList<CustodianChoice> Custodians { get; init; } = [];

    public bool AcceptVersions { get; init; }

    public bool ForgetStaffKeys { get; init; }

    /// <summary>The backup to write or to read.</summary>
    public string? File { get; init; }

    /// <summary>The server's part of a backup comes by standard input, or goes to standard output.</summary>
    public bool WithServer { get; init; }

    /// <summary>File with shares of a recovery key, one a line.</summary>
    public string? SharesFile { get; init; }

    /// <summary>Name of a lab in addresses.</summary>
    public string? Lab { get; init; }

    /// <summary>Folder or address of a published log.</summary>
    public string? Log { get; init; }

    /// <summary>Pseudonyms of those who begin a new log.</summary>
    public IReadOnlyList<Guid> People { get; init; } = [];

    public VaultOptions Vault => new()
    {
        Store = Store,
        DataFolder = DataFolder,
        KeyFolder = KeyFolder,
        NodeName = NodeName,
        LogFolder = LedgerFolder,
        WitnessPolicy = WitnessPolicy,
        Custodians = Custodians,
        AcceptVersions = AcceptVersions,
        ForgetStaffKeys = ForgetStaffKeys,
    };
}

/// <summary>One option of the command line.</summary>
/// <param name="Value">What its value is called in the help.</param>
/// <param name="Help">One line.</param>
/// <param name="With">The options with this one taken; null where the value is none.</param>
internal sealed record Option(string Name, string Value, string Help, Func<HostOptions, string, HostOptions?> With)
{
    /// <summary>Options of every verb.</summary>
    public static IReadOnlyList<Option> All { get; } =
    [
        new("--socket", "PATH", "Unix socket to listen on; its folder closed to others", (o, v) => o with { Socket = v }),
        new("--data", "DIR", "folder of vault.db, where the store is sqlite (.cofferdam/data)", (o, v) => o with { DataFolder = v }),
        new("--keys", "DIR", "key files, outside the data folder (.cofferdam/keys)", (o, v) => o with { KeyFolder = v }),
        new("--store", "STORE", "sqlite or postgres://user:password@host:port/database", (o, v) => o with { Store = v }),
        new("--custodian", "CHOICE", "who keeps root keys; may be given several times, the first takes new labs (file)", (o, v) => Choice(v) is { } choice ? o with { Custodians = [.. o.Custodians, choice] } : null),
        new("--node-name", "NAME", "what the names of the labs' logs begin with (cofferdam.localhost)", (o, v) => VaultOptions.IsNodeName(v) ? o with { NodeName = v } : null),
        new("--ledger-folder", "DIR", "the labs' logs, as files (ledger, in the data folder)", (o, v) => o with { LedgerFolder = v }),
        new("--witness-policy", "FILE", "witnesses to ask, and how many must sign (C2SP tlog-policy)", (o, v) => o with { WitnessPolicy = v }),
        new("--accept-versions", "once", "take records as they are found, for this start: after an upgrade, or where rows are lost", (o, v) => v == "once" ? o with { AcceptVersions = true } : null),
        new("--forget-staff-keys", "once", "revoke the browser keys of labs' staff, for this start: where the last was lost", (o, v) => v == "once" ? o with { ForgetStaffKeys = true } : null),
        new("--allow-user", "USER[,USER]", "users whose servers are let in, by name or number (this user)", (o, v) => o with { AllowedUsers = v.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) }),
        new("--file", "FILE", "backup, restore: the sealed file", (o, v) => o with { File = v }),
        new("--server-part", "pipe", "backup, restore: the server's part by standard input, or to standard output", (o, v) => v == "pipe" ? o with { WithServer = true } : null),
        new("--shares", "FILE", "restore, recover-key: shares of the recovery key, one a line", (o, v) => o with { SharesFile = v }),
        new("--lab", "SLUG", "recover-key, recover-log, new-log: which lab", (o, v) => o with { Lab = v }),
        new("--log", "LOG", "recover-log: folder or address of the published log", (o, v) => o with { Log = v }),
        new("--people", "ID,ID", "new-log: pseudonyms of the two people", (o, v) => Two(v) is { } two ? o with { People = two } : null),
    ];

    private static Guid[]? Two(string value) =>
        value.Split(',') is [var first, var second] && Guid.TryParse(first, out var by) && Guid.TryParse(second, out var other) ? [by, other] : null;

    private static CustodianChoice? Choice(string value)
    {
        try
        {
            return CustodianChoice.Parse(value);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
