using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Cofferdam.Federation.Keys;
using Cofferdam.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Cofferdam.Federation.Peers;

/// <summary>Asks other nodes, in signed requests. What a node has not yet been told of this one's keys it is told first.</summary>
public sealed class PeerClient
{
    private const string KeysPath = "/federation/keys";

    private readonly PeerNetwork network;
    private readonly NodeIdentities identities;
    private readonly IServiceScopeFactory scopes;
    private readonly IEnumerable<IPeerObserver> observers;
    private readonly TimeProvider time;

    internal PeerClient(PeerNetwork network, NodeIdentities identities, IServiceScopeFactory scopes, IEnumerable<IPeerObserver> observers, TimeProvider time)
    {
        this.network = network;
        this.identities = identities;
        this.scopes = scopes;
        this.observers = observers;
        this.time = time;
    }

    /// <summary>Sends a request and waits for the answer, at most 30 s.</summary>
    /// <param name="target">Path and query, such as <c>/federation/events</c>.</param>
    /// <param name="body">At most <see cref="PeerRequests.MostBytes"/>.</param>
    /// <param name="headers">Further headers; they are not signed.</param>
    public async Task<PeerOutcome> SendAsync(
        Peer peer, HttpMethod method, string target, ReadOnlyMemory<byte> body = default, string contentType = "application/json",
        IReadOnlyList<(string Name, string Value)>? headers = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(peer);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(body.Length, PeerRequests.MostBytes, nameof(body));
        if (peer.State is PeerState.Ended)
            return new PeerOutcome.Ended();
        var identity = await identities.GetAsync(cancellation);
        if (peer.Told < identity.Version && await TellKeysAsync(peer.Id, identity, cancellation) is { } trouble)
            return trouble;
        var outcome = await SendAsync(peer, identity.Node, identity.FederationKey, method, target, body, contentType, headers, cancellation);
        if (outcome is PeerOutcome.Ended)
            await MarkEndedAsync(peer.Id, cancellation);
        return outcome;
    }

    /// <summary>Tells a peer of this node's keys where it does not know them yet.</summary>
    /// <returns>Null once it knows them.</returns>
    internal async Task<PeerOutcome?> TellKeysAsync(Guid pairing, NodeIdentity identity, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        if (await db.Peers.AsNoTracking().SingleOrDefaultAsync(row => row.Id == pairing, cancellation) is not { EndedAt: null } peer)
            return new PeerOutcome.Ended();
        if (peer.Told >= identity.Version)
            return null;
        if (identity.KeyKnownAt(peer.Told) is not { } known)
            return new PeerOutcome.Failed(PeerTrouble.KeysForgotten);

        var body = JsonSerializer.SerializeToUtf8Bytes(identity.PublicKeys(time.GetUtcNow()), FederationJson.Default.KeySet);
        // Of what it was told last it may have heard without this node having heard that it has; then it goes by the newest.
        PeerOutcome outcome = new PeerOutcome.Failed(PeerTrouble.Unreachable);
        foreach (var key in new[] { known, identity.FederationKey }.Distinct())
        {
            outcome = await SendAsync(peer, identity.Node, key, HttpMethod.Post, KeysPath, body, "application/json", headers: null, cancellation);
            if (outcome is not PeerOutcome.Answered { Code: PeerProblems.UnknownKeyCode or PeerProblems.NotNewestCode })
                break;
        }

        if (outcome is PeerOutcome.Ended)
            await MarkEndedAsync(pairing, cancellation);
        if (outcome is not PeerOutcome.Answered { IsSuccess: true })
            return outcome;
        await db.Peers.Where(row => row.Id == pairing && row.Told < identity.Version)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Told, identity.Version), CancellationToken.None);
        return null;
    }

    internal Task<PeerOutcome> SendAsync(
        Peer peer, Guid from, SigningKey key, HttpMethod method, string target, ReadOnlyMemory<byte> body, string contentType,
        IReadOnlyList<(string Name, string Value)>? headers, CancellationToken cancellation)
    {
        var uri = new Uri(new Uri(peer.Address), target);
        var signature = RequestSignature.Sign(key, peer.Id, from, peer.Node, time.GetUtcNow(), method.Method, uri.PathAndQuery, body.Span);
        return SendAsync(uri, signature, method, body, contentType, headers, cancellation);
    }

    internal async Task<PeerOutcome> SendAsync(
        Uri uri, RequestSignature signature, HttpMethod method, ReadOnlyMemory<byte> body, string contentType,
        IReadOnlyList<(string Name, string Value)>? headers, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, uri);
        if (!body.IsEmpty)
            request.Content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(contentType) } };
        request.Headers.TryAddWithoutValidation(RequestSignature.Header, signature.ToString());
        foreach (var (name, value) in headers ?? [])
            request.Headers.TryAddWithoutValidation(name, value);
        try
        {
            using var response = await network.Client.SendAsync(request, cancellation);
            var answer = await response.Content.ReadAsByteArrayAsync(cancellation);
            var code = response.IsSuccessStatusCode ? null : CodeOf(answer);
            return response.StatusCode is HttpStatusCode.Forbidden && code == PeerProblems.EndedCode
                ? new PeerOutcome.Ended()
                : new PeerOutcome.Answered(response.StatusCode, answer, code);
        }
        catch (HttpRequestException e)
        {
            return new PeerOutcome.Failed(e.InnerException is BeyondThisMachineException ? PeerTrouble.BeyondThisMachine : PeerTrouble.Unreachable);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new PeerOutcome.Failed(PeerTrouble.Unreachable);
        }
    }

    private async Task MarkEndedAsync(Guid pairing, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        var now = time.GetUtcNow();
        if (await db.Peers.Where(row => row.Id == pairing && row.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.EndedAt, now), CancellationToken.None) == 0)
            return;
        var ended = await db.Peers.AsNoTracking().SingleAsync(row => row.Id == pairing, CancellationToken.None);
        foreach (var observer in observers)
            await observer.EndedAsync(ended, cancellation);
    }

    private static string? CodeOf(byte[] problem)
    {
        try
        {
            using var read = JsonDocument.Parse(problem);
            return read.RootElement.ValueKind is JsonValueKind.Object && read.RootElement.TryGetProperty("code", out var code) && code.ValueKind is JsonValueKind.String
                ? code.GetString()
                : null;
        }
        catch (JsonException)
        {
            // Not a node of ours, or a proxy before it.
            return null;
        }
    }
}
