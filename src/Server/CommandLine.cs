using Cofferdam.Sealing;
using Cofferdam.Server.SignIn.Oidc;
using Cofferdam.Storage;
using Cofferdam.Vault;

namespace Cofferdam.Server;

/// <summary>What the command line asks for.</summary>
internal abstract record CommandLine
{
    private const string Usage = """
        cofferdam-server serve [options]
        cofferdam-server copy-out | put-back --data DIR   the server's part of a backup, by pipe: use cofferdam backup and restore

          --data DIR              databases and blobs                  (.cofferdam/data)
          --keys DIR              key files, outside the data folder   (.cofferdam/keys)
          --store STORE           sqlite or postgres://user:password@host:port/database
          --vault SOCKET          use the vault that listens there; --keys is not read then
          --accept-versions once  take records as they are found, for this start: after an upgrade, or where rows are lost
          --custodian CHOICE      who keeps root keys; may be given several times, the first takes new labs (file)
          --node-name NAME        what the names of the labs' logs begin with (host of the public URL)
          --ledger-folder DIR     the labs' logs, as files             (ledger, in the data folder)
          --witness-policy FILE   witnesses to ask, and how many must sign (C2SP tlog-policy)
          --urls URL[,URL]        where to listen                      (http://127.0.0.1:5170)
          --certificate FILE      PEM, for https addresses
          --certificate-key FILE  PEM
          --public-url URL        where browsers find the node, where a proxy on this machine ends TLS
          --role ROLE             lab or vendor: whose node it is      (lab)
          --lab SLUG[,SLUG]       labs to hold                         (lab)
          --vendor SLUG           on a vendor node, the vendor's name  (vendor)
          --oidc LAB=FILE         identity provider of a lab's own people, as JSON; may be given for several labs
          --pair beyond-this-machine  in evaluation mode too, pair with nodes on other machines
          --smtp URL              mail server for notices, smtp://user:password@host:port?from=address
          --links-file FILE       write owners' enrolment links here, as JSON
        """;

    private CommandLine() { }

    public sealed record Serve(NodeOptions Options) : CommandLine;

    /// <summary>The server's part of a backup to standard output.</summary>
    public sealed record CopyOut(NodeOptions Options) : CommandLine;

    /// <summary>The server's part of a backup from standard input.</summary>
    public sealed record PutBack(NodeOptions Options) : CommandLine;

    public sealed record Help(string Text) : CommandLine;
    public sealed record Wrong(string Message) : CommandLine;

    public static CommandLine Parse(ReadOnlySpan<string> args)
    {
        if (args is [] or ["--help" or "-h" or "help", ..] or [_, "--help" or "-h", ..])
            return new Help(Usage);
        if (args[0] is not ("serve" or "copy-out" or "put-back"))
            return new Wrong($"unknown verb '{args[0]}'; hint: 'cofferdam-server serve' starts a node");

        var options = new NodeOptions();
        for (var i = 1; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length)
                return new Wrong($"'{args[i]}' needs a value; hint: 'cofferdam-server --help' lists the options");
            // The value is not said again: a mail server's holds a password.
            if (With(options, args[i], args[i + 1]) is not { } with)
                return new Wrong($"unknown option or value of '{args[i]}'; hint: 'cofferdam-server --help' lists them");
            options = with;
        }

        return args[0] switch
        {
            "copy-out" => new CopyOut(options),
            "put-back" => new PutBack(options),
            _ => new Serve(options),
        };
    }

    private static NodeOptions? With(NodeOptions options, string name, string value) => name switch
    {
        "--data" => options with { DataFolder = value },
        "--keys" => options with { KeyFolder = value },
        "--store" => options with { Store = value },
        "--vault" => options with { VaultSocket = value },
        "--custodian" when Choice(value) is { } choice => options with { Custodians = [.. options.Custodians, choice] },
        "--node-name" when VaultOptions.IsNodeName(value) => options with { NodeName = value },
        "--ledger-folder" => options with { LedgerFolder = value },
        "--witness-policy" => options with { WitnessPolicy = value },
        "--accept-versions" when value == "once" => options with { AcceptVersions = true },
        "--urls" => options with { Urls = List(value) },
        "--certificate" => options with { Certificate = value },
        "--certificate-key" => options with { CertificateKey = value },
        "--public-url" when Uri.TryCreate(value, UriKind.Absolute, out var url) => options with { PublicUrl = url },
        "--role" when value is "lab" or "vendor" => options with { Role = value == "lab" ? StoreRole.Lab : StoreRole.Vendor },
        "--vendor" => options with { Vendor = value },
        "--lab" => options with { Labs = List(value) },
        "--smtp" when Uri.TryCreate(value, UriKind.Absolute, out var smtp) => options with { Smtp = smtp },
        "--oidc" when OidcFile.Parse(value) is { } oidc => options with { Oidc = [.. options.Oidc, oidc] },
        "--pair" when value == "beyond-this-machine" => options with { PairBeyondThisMachine = true },
        "--links-file" => options with { LinksFile = value },
        _ => null,
    };

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

    private static string[] List(string value) => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
