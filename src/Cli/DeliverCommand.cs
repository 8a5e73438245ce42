using System.CommandLine;
using System.Security.Cryptography;
using Cofferdam.ApiClient;

namespace Cofferdam.Cli;

/// <summary><c>deliver</c>: has a package made, waits for it, and fetches it.</summary>
internal static class DeliverCommand
{
    private static readonly Option<string> Shape = new("--shape") { Description = "Shape of the training file, such as raw, trl-preference or conll; a wrong one is answered with all there are.", DefaultValueFactory = _ => "trl-preference" };

    private static readonly Option<string> Votes = new("--votes")
    {
        Description = "What several answers to one item become: one result (majority), or rows of their own (all).",
        HelpName = "majority|all",
        DefaultValueFactory = _ => "majority",
    };

    private static readonly Option<Guid?> Since = new("--since") { Description = "An earlier delivery: only what has changed since.", HelpName = "DELIVERY" };

    private static readonly Option<FileInfo?> Recipient = new("--recipient")
    {
        Description = "P-256 public key (PEM or base64) to encrypt the package to.",
        HelpName = "FILE",
    };

    private static readonly Option<FileInfo> Output = new("--output", "-o") { Description = "Where the package goes.", Required = true, HelpName = "FILE" };

    public static Command Create()
    {
        Votes.AcceptOnlyFromAmong("majority", "all");
        return Verb.Create("deliver", "Make a delivery and fetch it.", [Connection.Project, Shape, Votes, Since, Recipient, Output, .. Connection.Options], RunAsync);
    }

    /// <summary>Waits until the package is made.</summary>
    /// <exception cref="CliException">Making it failed.</exception>
    public static async Task<Delivery> MakeAsync(ProjectClient project, DeliveryBody body, Terminal terminal, CancellationToken cancellation)
    {
        var delivery = (await project.DeliverAsync(body, cancellation)).OrThrow();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        ProgressBar? progress = null;
        try
        {
            while (delivery.State == "making")
            {
                await timer.WaitForNextTickAsync(cancellation);
                delivery = (await project.DeliveryAsync(delivery.Id, cancellation)).OrThrow();
                if (delivery.Items > 0)
                    (progress ??= terminal.Progress("delivery", delivery.Items, "items")).Report(delivery.Taken);
            }
        }
        finally
        {
            progress?.Dispose();
        }

        return delivery.State == "done" ? delivery : throw Failed(delivery.Problem);
    }

    private static CliException Failed(string? problem) => problem switch
    {
        "suspended" => new CliException(ExitCode.NotTrue, problem, "the lab, the project or you are suspended", "cofferdam resume lifts a suspension; then deliver again"),
        "not-as-sealed" => new CliException(ExitCode.NotTrue, problem, "the project's name or form is not as it was sealed", "something has changed the vault's store: look at it before anything else"),
        "interrupted" => new CliException(ExitCode.NotTrue, problem, "the server went down each time that it made this delivery", "its log says why"),
        _ => new CliException(ExitCode.NotTrue, problem ?? "failed", "the delivery could not be made", "the server's log says why"),
    };

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var recipient = parsed.GetValue(Recipient) is { } file ? ReadRecipient(await File.ReadAllTextAsync(file.FullName, cancellation)) : null;
        var path = parsed.GetRequiredValue(Output).FullName;
        await using var signedIn = await Connection.OpenAsync(parsed, cancellation);
        var project = await Connection.ProjectAsync(signedIn, parsed, cancellation);
        var body = new DeliveryBody(parsed.GetValue(Shape)!, recipient, parsed.GetValue(Votes)!, parsed.GetValue(Since));
        var delivery = await MakeAsync(project, body, terminal, cancellation);
        using (var progress = terminal.Progress("received", delivery.Bytes, "bytes"))
            (await project.DownloadAsync(delivery.Id, path, progress, cancellation)).OrThrow();
        var key = (await signedIn.Lab.DeliveryKeyAsync(cancellation)).OrThrow().Key;
        terminal.Result(new Delivered(delivery, path, key), CliJson.Default.Delivered, done =>
            $"{done.Delivery.Rows:N0} rows, {done.Delivery.Ties:N0} ties, {done.Delivery.Unfit:N0} that cannot be expressed: {done.File}\n  verify with: cofferdam verify {done.File} --key {done.Key}");
        return ExitCode.Done;
    }

    /// <summary>Base64 of SubjectPublicKeyInfo, from PEM or from base64.</summary>
    private static string ReadRecipient(string text)
    {
        try
        {
            using var key = ECDiffieHellman.Create();
            if (text.Contains("-----BEGIN", StringComparison.Ordinal))
                key.ImportFromPem(text);
            else
                key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(text.Trim()), out _);
            if (key.KeySize == 256)
                return Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException or ArgumentException)
        {
            // Said below.
        }

        throw new CliException(ExitCode.WrongUse, "recipient", "the recipient's key is not a P-256 public key",
            "make one with: openssl ecparam -name prime256v1 -genkey -noout -out key.pem && openssl ec -in key.pem -pubout -out public.pem");
    }
}

/// <param name="Key">Public key that the package is signed with, base64. Compare it with one that you had before.</param>
internal sealed record Delivered(Delivery Delivery, string File, string Key);
