using System.Text.Json;
using Cofferdam.Server;
using Cofferdam.Server.Hardening;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Microsoft.Extensions.DependencyInjection;

namespace Cofferdam.Bench;

/// <summary>The real node, with the baseline's route beside its own. Its parent speaks to it over standard input and output.</summary>
internal static class Host
{
    public const string KeepInClear = "keep in clear";
    public const string AnswerAll = "answer all of ";
    public const string Done = "done";

    /// <summary>Checked and counted as always, but too high to be met: 64 people do the work of thousands.</summary>
    public static Policy Unbounded { get; } = Policy.Default with
    {
        PersonPerHour = Policy.MostLimit,
        ProcessPerHour = Policy.MostLimit,
        HostPerHour = Policy.MostLimit,
        RereadsPerMinute = int.MaxValue,
    };

    /// <summary>As many requests as come: all are of one address.</summary>
    public static RateLimitSettings Unlimited { get; } = new() { SignIn = Most, Account = Most, Address = Most };

    private static RateLimit Most => new(int.MaxValue / 2, int.MaxValue / 2);

    public const string ReceiptsOnly = "receipts-only";

    /// <param name="args">Folder, store, and where the vault is a process of its own its socket.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var options = new NodeOptions
        {
            DataFolder = Path.Combine(args[0], "data"),
            KeyFolder = Path.Combine(args[0], "keys"),
            Store = args[1],
            VaultSocket = args.ElementAtOrDefault(2) is { } socket and not ReceiptsOnly ? socket : null,
            PublishLogs = args.ElementAtOrDefault(2) is not ReceiptsOnly,
            Urls = ["http://127.0.0.1:0"],
            Policy = Unbounded,
            RateLimits = Unlimited,
        };
        await using var app = await LabNode.BuildAsync(options, routes: BaselineRoute.Map);
        await app.StartAsync();
        var origin = NodeHost.OriginOf(app);
        var links = await LabNode.OwnerLinksAsync(app);
        await Console.Out.WriteLineAsync(JsonSerializer.Serialize(new Node.Ready(origin, links.Values.Single().Split('#')[1])));

        while (await Console.In.ReadLineAsync() is { } command)
        {
            if (command.StartsWith(AnswerAll, StringComparison.Ordinal))
                await Answering.RunAsync(app.Services, Guid.Parse(command[AnswerAll.Length..]));
            else if (command == KeepInClear)
                await BaselineRoute.KeepInClearAsync(app.Services.GetRequiredService<Store>());
            else if (await Guests.AnswerAsync(app.Services, command) is { } answer)
            {
                await Console.Out.WriteLineAsync(answer);
                continue;
            }
            else
                throw new InvalidOperationException($"no such command: {command}");
            await Console.Out.WriteLineAsync(Done);
        }

        await app.StopAsync();
        return 0;
    }
}
