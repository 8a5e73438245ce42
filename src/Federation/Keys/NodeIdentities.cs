using System.Security.Cryptography;
using System.Text.Json;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Federation.Keys;

/// <summary>This node's identity: one sealed record of the node's own in the vault, made on first use.</summary>
public sealed class NodeIdentities(IVault vault, TimeProvider time) : IDisposable
{
    // Another server process of this node may have made new keys; the ones before overlap with them for longer than this.
    private static readonly TimeSpan Reread = TimeSpan.FromHours(1);

    private static readonly ProjectId Project = new(new Guid("0192f0c0-0000-7000-8000-706565727300"));
    private static readonly RecordId Record = new(new Guid("0192f0c0-0000-7000-8000-6964656e7469"));

    private readonly SemaphoreSlim one = new(1, 1);
    private volatile Held? held;

    /// <summary>The identity, opened from the vault at most once an hour.</summary>
    public async ValueTask<NodeIdentity> GetAsync(CancellationToken cancellation = default) =>
        held is { } known && time.GetUtcNow() < known.RereadAt ? known.Identity : (await ReadAsync(cancellation)).Identity;

    /// <summary>Puts new keys in the place of old ones.</summary>
    /// <param name="change">Makes the next identity of the present one; called again where another process was first.</param>
    public async Task<NodeIdentity> ChangeAsync(Func<NodeIdentity, NodeIdentity> change, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        await one.WaitAsync(cancellation);
        try
        {
            while (true)
            {
                var (identity, version) = await OpenAsync(cancellation) ?? throw new InvalidOperationException("The node has no identity yet to change.");
                var next = change(identity);
                // Once begun it is finished: what was sealed must be what this process goes by.
                if (await SealAsync(next, version))
                    return Hold(next).Identity;
            }
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    private async Task<Held> ReadAsync(CancellationToken cancellation)
    {
        await one.WaitAsync(cancellation);
        try
        {
            if (held is { } read && time.GetUtcNow() < read.RereadAt)
                return read;
            await vault.CreateLabAsync(LabId.Node, "node", cancellation);
            await vault.CreateProjectAsync(LabId.Node, Project, cancellation);
            while (true)
            {
                if (await OpenAsync(cancellation) is { } opened)
                    return Hold(opened.Identity);
                await SealAsync(NodeIdentity.Create(), version: 0);
            }
        }
        finally
        {
            one.Release();
        }
    }

    private Held Hold(NodeIdentity identity) => held = new Held(identity, time.GetUtcNow() + Reread);

    private async Task<(NodeIdentity Identity, long Version)?> OpenAsync(CancellationToken cancellation)
    {
        var outcome = await vault.OpenAsync(
            new OpenRequest(LabId.Node, Project, Principal.Service, Act.Open, Purpose.Federation, [new RecordRef(RecordKind.Secret, Record)]), cancellation);
        return outcome switch
        {
            OpenOutcome.Opened opened => (SealedIdentity.Parse(opened.Records[0].Plaintext.Span), opened.Records[0].Version),
            OpenOutcome.Refused { Reason: RefusalReason.NotFound } => null,
            OpenOutcome.Refused refused => throw new InvalidOperationException($"The vault did not open the node's identity: {refused.Reason}."),
            _ => throw new InvalidOperationException("The vault's answer is of no known kind."),
        };
    }

    /// <returns>False where another process was first.</returns>
    private async Task<bool> SealAsync(NodeIdentity identity, long version)
    {
        var plaintext = SealedIdentity.Of(identity).ToPlaintext();
        var outcome = await vault.SealAsync(
            new SealRequest(LabId.Node, Project, Principal.Service, [new SealItem(RecordKind.Secret, Record, plaintext, version)]), CancellationToken.None);
        CryptographicOperations.ZeroMemory(plaintext);
        return outcome switch
        {
            SealOutcome.Sealed => true,
            SealOutcome.Conflict => false,
            _ => throw new InvalidOperationException($"The vault did not seal the node's identity: {outcome.GetType().Name}."),
        };
    }

    private sealed record Held(NodeIdentity Identity, DateTimeOffset RereadAt);
}

/// <summary>What the record of an identity holds.</summary>
internal sealed record SealedIdentity(int V, Guid Node, long Version, IReadOnlyList<SealedIdentity.SealedKey> Federation, IReadOnlyList<SealedIdentity.SealedKey> Statement)
{
    public static SealedIdentity Of(NodeIdentity identity) => new(1, identity.Node, identity.Version, [.. identity.Federation.Select(Seal)], [.. identity.Statement.Select(Seal)]);

    public static NodeIdentity Parse(ReadOnlySpan<byte> plaintext)
    {
        var read = JsonSerializer.Deserialize(plaintext, FederationJson.Default.SealedIdentity)!;
        return new NodeIdentity(read.Node, read.Version, [.. read.Federation.Select(Unseal)], [.. read.Statement.Select(Unseal)]);
    }

    public byte[] ToPlaintext() => JsonSerializer.SerializeToUtf8Bytes(this, FederationJson.Default.SealedIdentity);

    private static SealedKey Seal(NodeKey key) => new(key.Key.Algorithm, key.Key.Secret.ToArray(), key.Since, key.Until);

    private static NodeKey Unseal(SealedKey key) => new(SigningKey.FromSecret(key.Algorithm, key.Secret), key.Since, key.Until);

    /// <param name="Secret">32 bytes, base64.</param>
    internal sealed record SealedKey(KeyAlgorithm Algorithm, byte[] Secret, long Since, DateTimeOffset? Until = null);
}
