using System.Text.Json;
using Cofferdam.Server;
using Cofferdam.Storage;
using Cofferdam.Workforce.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Cofferdam.Bench;

/// <summary>A vendor's node as <c>serve --role vendor</c> runs it, on SQLite. Its parent speaks to it over standard input and output.</summary>
internal static class VendorHost
{
    public const string Verb = "vendor-host";
    public const string Fill = "fill with ";
    public const string Count = "count";

    /// <param name="args">Folder and store.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        await using var app = await VendorNode.BuildAsync(new NodeOptions
        {
            Role = StoreRole.Vendor,
            DataFolder = Path.Combine(args[0], "data"),
            KeyFolder = Path.Combine(args[0], "keys"),
            Store = args[1],
            Urls = ["http://127.0.0.1:0"],
            Vendor = "vendor",
            Policy = Host.Unbounded,
            RateLimits = Host.Unlimited,
        });
        await app.StartAsync();
        var links = await VendorNode.OwnerLinksAsync(app);
        await Console.Out.WriteLineAsync(JsonSerializer.Serialize(new Node.Ready(NodeHost.OriginOf(app), links.Values.Single().Split('#')[1])));

        while (await Console.In.ReadLineAsync() is { } command)
        {
            await using var scope = app.Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<AppDb>();
            var vendor = await db.Vendors.Select(row => row.Id).SingleAsync();
            await Console.Out.WriteLineAsync(
                command.StartsWith(BenchPeer.PairCommand, StringComparison.Ordinal) ? await BenchPeer.PairedAsync(app.Services, vendor, command)
                : command.StartsWith(Fill, StringComparison.Ordinal) ? await VendorSeed.FillAsync(db, command[Fill.Length..])
                : command == Count ? await VendorSeed.CountAsync(db)
                : throw new InvalidOperationException($"no such command: {command}"));
        }

        await app.StopAsync();
        return 0;
    }
}
