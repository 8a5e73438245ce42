using Cofferdam.Sealing;
using Cofferdam.Server;
using Cofferdam.Server.Backups;
using Cofferdam.Server.Hardening;
using Cofferdam.Storage;
using Cofferdam.Vault;
using Cofferdam.Vault.Contract;

switch (CommandLine.Parse(args))
{
    case CommandLine.Help help:
        await Console.Out.WriteLineAsync(help.Text);
        return 0;
    case CommandLine.Wrong wrong:
        await Console.Error.WriteLineAsync($"cofferdam-server: {wrong.Message}");
        return 2;
    case CommandLine.Serve serve:
        return await TryAsync(() => ServeAsync(serve.Options));
    case CommandLine.CopyOut copy:
        return await TryAsync(() => CopyOutAsync(copy.Options));
    case CommandLine.PutBack put:
        return await TryAsync(() => PutBackAsync(put.Options));
    default:
        return 2;
}

static async Task<int> ServeAsync(NodeOptions options)
{
    await using var app = await NodeHost.BuildAsync(options);
    await app.StartAsync();
    var origin = NodeHost.OriginOf(app);
    var links = options.Role is StoreRole.Lab
        ? await LabNode.OwnerLinksAsync(app, app.Lifetime.ApplicationStopping)
        : await VendorNode.OwnerLinksAsync(app, app.Lifetime.ApplicationStopping);
    if (options.LinksFile is { } file)
        await FirstRun.WriteLinksAsync(file, origin, links, app.Lifetime.ApplicationStopping);

    await Console.Out.WriteLineAsync($"Cofferdam {(options.Role is StoreRole.Lab ? "lab" : "vendor")} node at {origin}");
    if (app.Services.GetRequiredService<IVault>().Identity.EvaluationMode)
        await Console.Out.WriteLineAsync("Evaluation mode: the keys lie in a file on this machine. Not for confidential work.");
    foreach (var (lab, link) in links)
        await Console.Out.WriteLineAsync($"Owner of {lab}, enrol once within {options.SignIn.InvitationLifetime.TotalHours:0} hours: {link}");
    await app.WaitForShutdownAsync();
    return 0;
}

static async Task<int> CopyOutAsync(NodeOptions options)
{
    await using var output = Console.OpenStandardOutput();
    await ServerCopy.WriteAsync(options, output);
    return 0;
}

static async Task<int> PutBackAsync(NodeOptions options)
{
    await using var input = Console.OpenStandardInput();
    return await ServerCopy.ReadAsync(options, input, () => Console.Out.WriteLine("ready")) ? 0 : 1;
}

static async Task<int> TryAsync(Func<Task<int>> run)
{
    try
    {
        return await run();
    }
    catch (OperationCanceledException)
    {
        // Stopped while it was starting.
        return 0;
    }
    catch (Exception e) when (e is StartupException or VaultUnavailableException or VaultInUseException or KeyCustodyException or MigrationException or FormatException or ArgumentException
        or IOException or UnauthorizedAccessException or PlatformNotSupportedException)
    {
        await Console.Error.WriteLineAsync($"cofferdam-server: {e.Message}");
        return 1;
    }
}
