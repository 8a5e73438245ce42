using Cofferdam.Witness;

switch (CommandLine.Parse(args))
{
    case CommandLine.Help help:
        await Console.Out.WriteLineAsync(help.Text);
        return 0;
    case CommandLine.Wrong wrong:
        await Console.Error.WriteLineAsync($"cofferdam-witness: {wrong.Message}");
        return 2;
    case CommandLine.Serve serve:
        return await TryAsync(() => ServeAsync(serve.Options));
    case CommandLine.Key key:
        return await TryAsync(() => PrintKeyAsync(key.Options));
    default:
        return 2;
}

static async Task ServeAsync(WitnessOptions options)
{
    await using var app = await WitnessApp.BuildAsync(options);
    await app.StartAsync();
    foreach (var address in WitnessApp.AddressesOf(app))
        await Console.Out.WriteLineAsync($"Cofferdam witness at {address}");
    await Console.Out.WriteLineAsync(WitnessApp.KeyOf(app));
    await app.WaitForShutdownAsync();
}

// Logs want to know it before they can be watched.
static async Task PrintKeyAsync(WitnessOptions options)
{
    using var folders = await WitnessFolders.OpenAsync(options);
    await Console.Out.WriteLineAsync(folders.Key.Cosigner.ToString());
}

static async Task<int> TryAsync(Func<Task> run)
{
    try
    {
        await run();
        return 0;
    }
    catch (Exception e) when (e is StartupException or PlatformNotSupportedException or IOException or UnauthorizedAccessException)
    {
        await Console.Error.WriteLineAsync($"cofferdam-witness: {e.Message}");
        return 1;
    }
}
