using System.CommandLine;
using System.Security.Cryptography;
using Cofferdam.Package;

namespace Cofferdam.Cli;

/// <summary><c>verify</c>: checks a delivery package offline, with a key that came by another way.</summary>
internal static class VerifyCommand
{
    private static readonly Argument<FileSystemInfo> Target = new("PATH") { Description = "A package, or a folder that one was unpacked into." };

    private static readonly Option<string> Key = new("--key")
    {
        Description = "The lab's delivery key: base64, or a file that holds it.",
        Required = true,
        HelpName = "FILE|BASE64",
    };

    private static readonly Option<FileInfo?> RecipientKey = new("--recipient-key")
    {
        Description = "Your P-256 private key in PEM, for a package that is encrypted to you.",
        HelpName = "FILE",
    };

    private static readonly Option<DirectoryInfo?> Unpack = new("--unpack")
    {
        Description = "Unpack into this new folder, if everything is true.",
        HelpName = "FOLDER",
    };

    public static Command Create() => Verb.Create("verify", "Check a delivery package offline.", [Target, Key, RecipientKey, Unpack], RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var path = parsed.GetRequiredValue(Target).FullName;
        if (!Path.Exists(path))
            throw new CliException(ExitCode.WrongUse, "no-such-file", $"no such file or folder: {path}", "check the path");
        var key = await ReadKeyAsync(parsed.GetRequiredValue(Key), cancellation);
        using var recipient = parsed.GetValue(RecipientKey) is { } file ? await ReadRecipientAsync(file, cancellation) : null;
        PackageReport report;
        if (parsed.GetValue(Unpack) is { } folder)
        {
            if (Path.Exists(folder.FullName))
                throw new CliException(ExitCode.WrongUse, "exists", $"{folder} exists already", "name a folder that does not");
            report = await PackageVerifier.UnpackAsync(path, folder.FullName, key, recipient, cancellation);
        }
        else
        {
            report = await PackageVerifier.VerifyAsync(path, key, recipient, cancellation);
        }

        terminal.Result(PackageFinding.Of(report), CliJson.Default.PackageFinding, Words);
        return report.IsSound ? ExitCode.Done : ExitCode.NotTrue;
    }

    private static async Task<byte[]> ReadKeyAsync(string given, CancellationToken cancellation)
    {
        var text = File.Exists(given) ? await File.ReadAllTextAsync(given, cancellation) : given;
        var key = new byte[32];
        return Convert.TryFromBase64String(text.Trim(), key, out var length) && length == key.Length
            ? key
            : throw new CliException(ExitCode.WrongUse, "key", "the delivery key is not base64 of 32 bytes", "cofferdam deliver prints it; the lab's page Deliveries shows it");
    }

    private static async Task<ECDiffieHellman> ReadRecipientAsync(FileInfo file, CancellationToken cancellation)
    {
        if (!file.Exists)
            throw new CliException(ExitCode.WrongUse, "no-such-file", $"no such file: {file}", "check the path");
        var key = ECDiffieHellman.Create();
        try
        {
            key.ImportFromPem(await File.ReadAllTextAsync(file.FullName, cancellation));
            return key;
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new CliException(ExitCode.WrongUse, "recipient-key", "the recipient's key is not a private key in PEM", "it begins with -----BEGIN");
        }
    }

    private static string Words(PackageFinding finding)
    {
        var lines = finding.Checks.Select(check => $"  {(check.Passed ? "true " : "FALSE")}  {check.Check,-10} {check.Subject}{(check.Finding is { } wrong ? $": {wrong}" : "")}").ToList();
        lines.Insert(0, finding.Verified ? "verified: everything is true" : "not true");
        if (finding is { Verified: true, Delivery: { } delivery })
        {
            lines.Add($"  delivery {delivery.Id} of {delivery.Created:yyyy-MM-dd HH:mm:ss} UTC, shape {delivery.Shape}, made by build {delivery.Build}");
            if (delivery.Since is { } since)
                lines.Add($"  holds what has changed since delivery {since}");
            lines.Add($"  ledger {delivery.Ledger.Size:N0} receipts, root {delivery.Ledger.Root}");
            if (delivery.Evaluation)
                lines.Add("  evaluation mode: the node's root keys lay in files, for all that is known on the disk of its data");
        }

        return string.Join('\n', lines);
    }
}

/// <summary>What a check of a package found.</summary>
/// <param name="Verified">Every check was made and passed.</param>
/// <param name="Delivery">What the package says it is; to be believed only where verified.</param>
internal sealed record PackageFinding(
    bool Verified, IReadOnlyList<CheckFinding> Checks, DeliveryFacts? Delivery, string? Recipient, IReadOnlyList<PackageFile>? Files)
{
    public static PackageFinding Of(PackageReport report) => new(
        report.IsSound,
        [.. report.Checks.Select(check => new CheckFinding(Name(check.Kind), check.Subject, check.Passed, check.Finding))],
        report.Manifest?.Delivery, report.Manifest?.Recipient, report.Manifest?.Files);

    private static string Name(PackageCheckKind kind)
    {
        var name = kind.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}

internal sealed record CheckFinding(string Check, string Subject, bool Passed, string? Finding);
