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
        return await ServeAsync(serve.Options);
    default:
        return 2;
}

static async Task<int> ServeAsync(WitnessOptions options)
{
    try
    {
        await using var app = await WitnessApp.BuildAsync(options);
        await app.StartAsync();
        foreach (var address in WitnessApp.AddressesOf(app))
            await Console.Out.WriteLineAsync($"Cofferdam witness at {address}");
        await Console.Out.WriteLineAsync(WitnessApp.KeyOf(app));
        await app.WaitForShutdownAsync();
        return 0;
    }
    catch (Exception e) when (e is StartupException or PlatformNotSupportedException or IOException or UnauthorizedAccessException)
    {
        await Console.Error.WriteLineAsync($"cofferdam-witness: {e.Message}");
        return 1;
    }
}
