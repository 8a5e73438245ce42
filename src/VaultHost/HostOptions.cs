namespace Cofferdam.VaultHost;

/// <summary>What a vault of its own process is started with.</summary>
internal sealed record HostOptions
{
    public string? Socket { get; init; }

    public string DataFolder { get; init; } = Path.Combine(".cofferdam", "data");

    public string KeyFolder { get; init; } = Path.Combine(".cofferdam", "keys");

    public string Store { get; init; } = "sqlite";

    /// <summary>Names and numbers of users; empty: this process's own.</summary>
    public IReadOnlyList<string> AllowedUsers { get; init; } = [];
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
        new("--allow-user", "USER[,USER]", "users whose servers are let in, by name or number (this user)", (o, v) => o with { AllowedUsers = v.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) }),
    ];
}
