using System.Runtime.Versioning;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Wire;
using Cofferdam.VaultHost;
using Xunit;

namespace Cofferdam.Vault.Tests;

/// <summary>A vault behind its socket, and a server's end of it: the same as two processes, but for the process.</summary>
internal sealed class ServedVault(VaultNode node, VaultListener listener, VaultClient client) : IAsyncDisposable
{
    public IVault Client => client;

    [SupportedOSPlatform("linux")]
    public static async Task<ServedVault> OpenAsync(VaultOptions options, CallerProcess caller)
    {
        var node = await VaultNode.OpenAsync(options);
        var socket = Path.Combine(Directory.CreateTempSubdirectory("cofferdam-socket-").FullName, "vault.sock");
        var listener = VaultListener.Start(node, new ListenerOptions { Socket = socket }, TestContext.Current.TestOutputHelper is { } output ? output.WriteLine : _ => { });
        return new ServedVault(node, listener, await VaultClient.ConnectAsync(socket, caller));
    }

    public async ValueTask DisposeAsync()
    {
        await client.DisposeAsync();
        await listener.DisposeAsync();
        await node.DisposeAsync();
    }
}
