namespace Cofferdam.Witness;

/// <summary>What the command line asks for.</summary>
internal abstract record CommandLine
{
    private const string Usage = """
        cofferdam-witness serve --name NAME [options]
        cofferdam-witness key --name NAME [--keys DIR] [--data DIR]

          serve                   answer the logs
          key                     print the key that others check cosignatures with; the first time, make it

          --name NAME             name in cosignatures, without white space and plus
          --log VKEY              key of a log to watch; may be given several times
          --logs FILE             file of such keys, one a line
          --keys DIR              key file                             (.cofferdam-witness/keys)
          --data DIR              what it remembers                    (.cofferdam-witness/data)
          --urls URL[,URL]        where to listen                      (http://127.0.0.1:5180)
          --certificate FILE      PEM, for https addresses
          --certificate-key FILE  PEM
        """;

    private CommandLine() { }

    public sealed record Serve(WitnessOptions Options) : CommandLine;
    public sealed record Key(WitnessOptions Options) : CommandLine;
    public sealed record Help(string Text) : CommandLine;
    public sealed record Wrong(string Message) : CommandLine;

    public static CommandLine Parse(ReadOnlySpan<string> args)
    {
        if (args is [] or ["--help" or "-h" or "help", ..] or ["serve" or "key", "--help" or "-h", ..])
            return new Help(Usage);
        if (args[0] is not ("serve" or "key"))
            return new Wrong($"unknown verb '{args[0]}'; hint: 'cofferdam-witness serve' starts a witness");

        var options = new WitnessOptions();
        for (var i = 1; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length)
                return new Wrong($"'{args[i]}' needs a value; hint: 'cofferdam-witness --help' lists the options");
            if (With(options, args[i], args[i + 1]) is not { } with)
                return new Wrong($"unknown option '{args[i]}'; hint: 'cofferdam-witness --help' lists them");
            options = with;
        }

        return args[0] == "key" ? new Key(options) : new Serve(options);
    }

    private static WitnessOptions? With(WitnessOptions options, string name, string value) => name switch
    {
        "--name" => options with { Name = value },
        "--log" => options with { Logs = [.. options.Logs, value] },
        "--logs" => options with { LogsFile = value },
        "--keys" => options with { KeyFolder = value },
        "--data" => options with { DataFolder = value },
        "--urls" => options with { Urls = value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) },
        "--certificate" => options with { Certificate = value },
        "--certificate-key" => options with { CertificateKey = value },
        _ => null,
    };
}
