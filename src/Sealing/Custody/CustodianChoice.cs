using System.Globalization;
using Cofferdam.Sealing.Remote;

namespace Cofferdam.Sealing;

/// <summary>Which custodian holds a lab's root key, in one line: a kind, and options as <c>name=value;name=value</c>.</summary>
/// <remarks>
/// <c>file</c> · <c>file:passphrase-file=PATH</c> or <c>passphrase-env=NAME</c> ·
/// <c>pkcs11:library=PATH;token=LABEL;pin-file=PATH</c> ·
/// <c>transit:url=https://…;token-file=PATH</c>, and <c>mount</c>, <c>namespace</c>, <c>ca-file</c> ·
/// <c>aws-kms:region=NAME</c>, and <c>credentials-file</c>, <c>profile</c>, <c>endpoint</c>, <c>waiting-days</c>.
/// The line names files and holds no secret.
/// </remarks>
public sealed class CustodianChoice
{
    private readonly Func<string, TimeProvider, IKeyCustodian> create;

    private CustodianChoice(string kind, Func<string, TimeProvider, IKeyCustodian> create)
    {
        Kind = kind;
        this.create = create;
    }

    /// <summary>What stands before the colon.</summary>
    public string Kind { get; }

    /// <summary>Reads the line. Touches neither files nor the network.</summary>
    /// <exception cref="FormatException">It says nothing that is known; what is missing or wrong.</exception>
    public static CustodianChoice Parse(string line)
    {
        var kind = line.Split(':', 2)[0].Trim();
        var options = new Options(kind, line.Contains(':', StringComparison.Ordinal) ? line.Split(':', 2)[1] : "");
        var choice = new CustodianChoice(kind, kind switch
        {
            "file" => KeyFile(options),
            "pkcs11" => Pkcs11(options),
            "transit" => Transit(options),
            "aws-kms" => AwsKms(options),
            _ => throw new FormatException($"There is no custodian \"{kind}\". Say file, pkcs11, transit or aws-kms."),
        });
        options.RequireAllTaken();
        return choice;
    }

    /// <summary>Makes the custodian. The caller disposes it.</summary>
    /// <param name="keyFolder">Of key files; other custodians make no use of it.</param>
    /// <exception cref="KeyCustodyException">A file that the choice names cannot be read.</exception>
    public IKeyCustodian Create(string keyFolder, TimeProvider? time = null) => create(keyFolder, time ?? TimeProvider.System);

    private static Func<string, TimeProvider, IKeyCustodian> KeyFile(Options options)
    {
        var (file, variable) = (options.Take("passphrase-file"), options.Take("passphrase-env"));
        if (file is not null && variable is not null)
            throw new FormatException("The custodian \"file\" takes passphrase-file or passphrase-env, not both.");
        return (folder, time) => new KeyFileCustodian(
            folder, file is not null ? Passphrase.FromFile(file) : variable is not null ? Passphrase.FromEnvironment(variable) : null, time);
    }

    private static Func<string, TimeProvider, IKeyCustodian> Pkcs11(Options options)
    {
        var (library, token, pinFile) = (options.Need("library"), options.Need("token"), options.Need("pin-file"));
        return (_, time) => new Pkcs11Custodian(library, token, pinFile, time);
    }

    private static Func<string, TimeProvider, IKeyCustodian> Transit(Options options)
    {
        var where = new TransitOptions(
            CustodianHttp.Address(options.Need("url")), options.Need("token-file"), options.Take("mount") ?? "transit", options.Take("namespace"), options.Take("ca-file"));
        return (_, time) => new TransitCustodian(where, time: time);
    }

    private static Func<string, TimeProvider, IKeyCustodian> AwsKms(Options options)
    {
        var (region, days) = (options.Need("region"), 30);
        if (region.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter != '-'))
            throw new FormatException($"\"{region}\" is no region of AWS, such as eu-central-1.");
        if (options.Take("waiting-days") is { } text && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out days) || days is < 7 or > 30))
            throw new FormatException("waiting-days of the custodian \"aws-kms\" is a number from 7 to 30.");
        var where = new AwsKmsOptions(
            region, options.Take("credentials-file"), options.Take("profile") ?? "default", options.Take("endpoint") is { } endpoint ? CustodianHttp.Address(endpoint) : null, days);
        return (_, time) => new AwsKmsCustodian(where, time: time);
    }

    // Options are taken out one by one; what is left over at the end is a name that nobody knows.
    private sealed class Options
    {
        private readonly string kind;
        private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

        public Options(string kind, string text)
        {
            this.kind = kind;
            foreach (var option in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                if (option.Split('=', 2) is not [var name, { Length: > 0 } value])
                    throw new FormatException($"\"{option}\" of the custodian \"{kind}\" is not name=value.");
                if (!values.TryAdd(name, value))
                    throw new FormatException($"The custodian \"{kind}\" has {name} twice.");
            }
        }

        public string? Take(string name) => values.Remove(name, out var value) ? value : null;

        public string Need(string name) => Take(name) ?? throw new FormatException($"The custodian \"{kind}\" needs {name}: {kind}:{name}=…");

        public void RequireAllTaken()
        {
            if (values.Count > 0)
                throw new FormatException($"The custodian \"{kind}\" knows no {values.Keys.First()}.");
        }
    }
}
