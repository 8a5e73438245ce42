namespace Cofferdam.Witness;

/// <summary>What a witness is started with.</summary>
public sealed record WitnessOptions
{
    /// <summary>Its name in cosignatures, for example <c>witness.example.org/1</c>.</summary>
    public string Name { get; init; } = "";

    /// <summary>Folder of the key file. Default <c>.cofferdam-witness/keys</c>.</summary>
    public string KeyFolder { get; init; } = Path.Combine(".cofferdam-witness", "keys");

    /// <summary>Folder of what it remembers. Default <c>.cofferdam-witness/data</c>.</summary>
    public string DataFolder { get; init; } = Path.Combine(".cofferdam-witness", "data");

    /// <summary>Addresses to listen on; plain http on loopback only. Port 0 takes a free one.</summary>
    public IReadOnlyList<string> Urls { get; init; } = ["http://127.0.0.1:5180"];

    /// <summary>PEM files of certificate chain and key, for https addresses.</summary>
    public string? Certificate { get; init; }

    public string? CertificateKey { get; init; }

    /// <summary>Keys of the logs that it watches, as vkeys; the name of a key is the log's origin.</summary>
    public IReadOnlyList<string> Logs { get; init; } = [];

    /// <summary>File with more of them, one a line; lines that start with # are comments. Null: none.</summary>
    public string? LogsFile { get; init; }

    /// <summary>Requests of one address in a second, 1 to 10,000. A log asks once a second at most.</summary>
    public int RequestsPerSecond { get; init; } = 20;

    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>The witness cannot start; the message says what to change.</summary>
public sealed class StartupException(string message, Exception? inner = null) : Exception(message, inner);
