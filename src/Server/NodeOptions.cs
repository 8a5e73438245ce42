using Cofferdam.Sealing;
using Cofferdam.Server.Hardening;
using Cofferdam.Server.SignIn;
using Cofferdam.Server.SignIn.Oidc;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Server;

/// <summary>What a node is started with.</summary>
public sealed record NodeOptions
{
    /// <summary>Whether it is a lab's node or a vendor's.</summary>
    public StoreRole Role { get; init; }

    /// <summary>Folder of the databases and blobs. Default <c>.cofferdam/data</c>.</summary>
    public string DataFolder { get; init; } = Path.Combine(".cofferdam", "data");

    /// <summary>Folder of the key files; must not lie inside <see cref="DataFolder"/>. Default <c>.cofferdam/keys</c>.</summary>
    public string KeyFolder { get; init; } = Path.Combine(".cofferdam", "keys");

    /// <summary><c>sqlite</c>, or <c>postgres://user:password@host:port/database</c>.</summary>
    public string Store { get; init; } = "sqlite";

    /// <summary>
    /// Socket of a vault that is a process of its own (<c>cofferdam-vault</c>). Then this process opens no vault store and
    /// reads no key: <see cref="KeyFolder"/> and <see cref="Policy"/>, <see cref="LedgerFolder"/> and <see cref="WitnessPolicy"/> are the vault's business. Null: the vault is in this process.
    /// </summary>
    public string? VaultSocket { get; init; }

    /// <summary>Who may keep root keys; the first keeps those of new labs. Default: key files.</summary>
    public IReadOnlyList<CustodianChoice> Custodians { get; init; } = [];

    /// <summary>Takes the versions that records are found at as theirs, for this start.</summary>
    public bool AcceptVersions { get; init; }

    /// <summary>
    /// This node's name in the world: what the names of its labs' logs begin with, for good. Null: the host of
    /// <see cref="PublicUrl"/>, or <c>cofferdam.localhost</c>.
    /// </summary>
    public string? NodeName { get; init; }

    /// <summary>Folder of the labs' logs; null: <c>ledger</c> in <see cref="DataFolder"/>.</summary>
    public string? LedgerFolder { get; init; }

    /// <summary>File with the witnesses that the node asks and how many must sign (C2SP tlog-policy); null: none.</summary>
    public string? WitnessPolicy { get; init; }

    /// <summary>Addresses to listen on; plain http on loopback only. Port 0 takes a free one.</summary>
    public IReadOnlyList<string> Urls { get; init; } = ["http://127.0.0.1:5170"];

    /// <summary>PEM files of certificate chain and key, for https addresses.</summary>
    public string? Certificate { get; init; }

    public string? CertificateKey { get; init; }

    /// <summary>
    /// Where browsers find this node, such as <c>https://lab.example.org</c>; its name binds the passkeys. Null:
    /// <see cref="LocalName"/> at the first of <see cref="Urls"/>. With https here and http there, a proxy on this machine
    /// ends TLS, and its <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed.
    /// </summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>Labs to create where they do not exist, each <c>[a-z0-9-]{1,40}</c>.</summary>
    public IReadOnlyList<string> Labs { get; init; } = ["lab"];

    /// <summary>On a vendor node, the vendor's name in addresses and in those of its log: <c>[a-z0-9-]{1,40}</c>.</summary>
    public string Vendor { get; init; } = "vendor";

    /// <summary>A name of this machine (RFC 6761 §6.3): passkeys need one, and cookies are kept apart from other programs' on it.</summary>
    public string LocalName => Role is StoreRole.Lab ? "lab.localhost" : "vendor.localhost";

    /// <summary>Pairs with nodes on other machines although this one is in evaluation mode.</summary>
    public bool PairBeyondThisMachine { get; init; }

    /// <summary>File to write the owners' enrolment links to, as JSON, readable by its owner alone.</summary>
    public string? LinksFile { get; init; }

    /// <summary>
    /// The mail server that takes notices: <c>smtp://user:password@host:port?from=address</c>, port 587 where none is
    /// given. Beyond this machine it must offer STARTTLS. Null: no mail.
    /// </summary>
    public Uri? Smtp { get; init; }

    /// <summary>What bounds readers of labs that have set no policy of their own.</summary>
    public Policy Policy { get; init; } = Policy.Default;

    /// <summary>False: as the option of the vault of the same name, for measurements.</summary>
    internal bool PublishLogs { get; init; } = true;

    /// <summary>Labs whose own people may sign in through an identity provider.</summary>
    public IReadOnlyList<OidcFile> Oidc { get; init; } = [];

    public SignInOptions SignIn { get; init; } = new();

    public RateLimitSettings RateLimits { get; init; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
