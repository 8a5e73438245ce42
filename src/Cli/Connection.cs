using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using Cofferdam.ApiClient;

namespace Cofferdam.Cli;

/// <summary>The options that name a node, a lab and who asks.</summary>
internal static class Connection
{
    public static Option<Uri> Url { get; } = new("--url")
    {
        Description = "Address of the lab node.",
        DefaultValueFactory = _ => new Uri(Environment.GetEnvironmentVariable("COFFERDAM_URL") is { Length: > 0 } url ? url : "http://lab.localhost:5080"),
        CustomParser = static result => ParseUrl(result, "--url", "http://lab.localhost:5080"),
    };

    public static Option<string> Lab { get; } = new("--lab") { Description = "The lab's name in addresses.", DefaultValueFactory = _ => "lab" };

    public static Option<string?> SignIn { get; } = new("--sign-in")
    {
        Description = "Name to sign in with; password and TOTP secret come from COFFERDAM_PASSWORD and COFFERDAM_TOTP_SECRET.",
        HelpName = "NAME",
    };

    public static Option<FileInfo?> Credentials { get; } = new("--credentials")
    {
        Description = "File with name, password and totpSecret as JSON; readable by its owner alone.",
        HelpName = "FILE",
    };

    // A file, because other people of the machine can read what a program was started with.
    public static Option<FileInfo?> Token { get; } = new("--token")
    {
        Description = "File with an API token, readable by its owner alone; otherwise COFFERDAM_TOKEN. Instead of signing in.",
        HelpName = "FILE",
    };

    public static Option<string> Project { get; } = new("--project") { Description = "Id or code of the project.", Required = true };

    public static IEnumerable<Symbol> Options => [Url, Lab, SignIn, Credentials, Token];

    /// <summary>Reads the address that an option names.</summary>
    /// <param name="example">Said where it is none.</param>
    public static Uri? ParseUrl(ArgumentResult result, string option, string example)
    {
        if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https"))
            return address;
        result.AddError($"{option} takes an address such as {example}");
        return null;
    }

    /// <summary>Signs in, or takes a token; a session ends with <see cref="SignedIn"/>.</summary>
    /// <exception cref="CliException">No or unsafe credentials.</exception>
    /// <exception cref="ProblemException">The node does not accept them.</exception>
    public static async Task<SignedIn> OpenAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var slug = parsed.GetValue(Lab)!;
        if (await ReadTokenAsync(parsed, cancellation) is { } token)
        {
            var program = new NodeClient(parsed.GetValue(Url)!, token);
            return new SignedIn(program, program.Lab(slug), Session: false);
        }

        var credentials = await ReadAsync(parsed, cancellation);
        var node = new NodeClient(parsed.GetValue(Url)!);
        try
        {
            await SignInAsync(node, credentials, cancellation);
            return new SignedIn(node, node.Lab(slug), Session: true);
        }
        catch
        {
            node.Dispose();
            throw;
        }
    }

    /// <summary>Signs in; where the code was used a moment ago, waits for the next one.</summary>
    private static async Task SignInAsync(NodeClient node, Credentials credentials, CancellationToken cancellation)
    {
        var first = await node.SignInAsync(credentials, TimeProvider.System.GetUtcNow(), cancellation);
        if (first.Done)
            return;
        if (first.Problem.Status != 401)
            throw new ProblemException(first.Problem);

        // A node takes a code once. Two commands within half a minute have the same one.
        var now = TimeProvider.System.GetUtcNow();
        await Task.Delay(TimeSpan.FromSeconds(31 - (now.ToUnixTimeSeconds() % 30)), TimeProvider.System, cancellation);
        (await node.SignInAsync(credentials, TimeProvider.System.GetUtcNow(), cancellation)).OrThrow();
    }

    /// <returns>Null where somebody is to sign in.</returns>
    private static async Task<string?> ReadTokenAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (parsed.GetValue(Token) is { } file)
        {
            OwnFile.Check(file.FullName, "token");
            return (await File.ReadAllTextAsync(file.FullName, cancellation)).Trim();
        }

        var named = parsed.GetValue(Credentials) is not null || parsed.GetValue(SignIn) is not null;
        return !named && Environment.GetEnvironmentVariable("COFFERDAM_TOKEN") is { Length: > 0 } token ? token : null;
    }

    private static async Task<Credentials> ReadAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (parsed.GetValue(Credentials) is { } file)
            return await CredentialFile.ReadAsync(file.FullName, cancellation);

        var name = parsed.GetValue(SignIn) ?? Environment.GetEnvironmentVariable("COFFERDAM_NAME");
        var password = Environment.GetEnvironmentVariable("COFFERDAM_PASSWORD");
        var secret = Environment.GetEnvironmentVariable("COFFERDAM_TOTP_SECRET");
        return string.IsNullOrEmpty(name) || string.IsNullOrEmpty(password) || string.IsNullOrEmpty(secret)
            ? throw new CliException(ExitCode.WrongUse, "no-credentials", "nobody to sign in as",
                "give --token FILE, --credentials FILE, or --sign-in NAME with COFFERDAM_PASSWORD and COFFERDAM_TOTP_SECRET set")
            : new Credentials(name, password, secret);
    }

    /// <exception cref="CliException">There is no such project.</exception>
    public static async Task<ProjectClient> ProjectAsync(SignedIn signedIn, ParseResult parsed, CancellationToken cancellation) =>
        signedIn.Lab.Project(await ProjectIdAsync(signedIn, parsed, cancellation));

    /// <exception cref="CliException">There is no such project.</exception>
    public static Task<Guid> ProjectIdAsync(SignedIn signedIn, ParseResult parsed, CancellationToken cancellation) =>
        ProjectIdAsync(signedIn, parsed.GetValue(Project)!, cancellation);

    /// <param name="wanted">Id or code.</param>
    /// <exception cref="CliException">There is no such project.</exception>
    public static async Task<Guid> ProjectIdAsync(SignedIn signedIn, string wanted, CancellationToken cancellation)
    {
        if (Guid.TryParse(wanted, out var id))
            return id;
        var all = (await signedIn.Lab.ProjectsAsync(cancellation)).OrThrow();
        return all.FirstOrDefault(project => project.Code == wanted) is { } found
            ? found.Id
            : throw new CliException(ExitCode.NotTrue, "no-such-project", "the lab has no project of this id or code", "the project page shows both");
    }
}

/// <summary>A node with somebody signed in, until disposed.</summary>
/// <param name="Session">False where a token took the place of signing in: there is nothing to end.</param>
internal sealed record SignedIn(NodeClient Node, LabClient Lab, bool Session) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (Session)
                await Node.SignOutAsync();
        }
        catch (HttpRequestException)
        {
            // The node went away: nothing is left to end.
        }

        Node.Dispose();
    }
}

/// <summary>A file that nobody but its owner can read.</summary>
internal static class OwnFile
{
    private const UnixFileMode OthersMay =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <exception cref="CliException">Others can read it.</exception>
    public static void Check(string path, string what)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & OthersMay) != UnixFileMode.None)
            throw new CliException(ExitCode.WrongUse, $"{what}-open", $"the {what} file can be read by others", $"chmod 600 {path}");
    }
}

/// <summary>Credentials in a file that nobody but its owner can read.</summary>
internal static class CredentialFile
{
    public static async Task<Credentials> ReadAsync(string path, CancellationToken cancellation)
    {
        OwnFile.Check(path, "credentials");
        await using var stream = File.OpenRead(path);
        try
        {
            return await JsonSerializer.DeserializeAsync(stream, CliJson.Default.Credentials, cancellation) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new CliException(ExitCode.WrongUse, "credentials-format", "the credentials file is not as expected",
                """it holds {"name": …, "password": …, "totpSecret": …}""");
        }
    }

    /// <summary>Writes a new file with mode 0600.</summary>
    /// <exception cref="IOException">It is there already.</exception>
    public static async Task WriteAsync(string path, Credentials credentials, CancellationToken cancellation)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var stream = new FileStream(path, options);
        await JsonSerializer.SerializeAsync(stream, credentials, CliJson.Default.Credentials, cancellation);
    }
}
