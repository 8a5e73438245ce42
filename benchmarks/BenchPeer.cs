using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cofferdam.ApiClient;
using Cofferdam.Federation;
using Cofferdam.Federation.Events;
using Cofferdam.Federation.Keys;
using Cofferdam.Federation.Peers;
using Cofferdam.Federation.Statements;
using Cofferdam.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Cofferdam.Bench;

/// <summary>
/// The node at the other end of a pairing, as far as a benchmark needs one: keys, signed requests, statements. Nobody answers
/// at its address: what a node tells it of itself waits.
/// </summary>
internal sealed class BenchPeer
{
    private readonly SigningKey federation = SigningKey.Generate(KeyAlgorithm.EdDsa);
    private readonly SigningKey statements = SigningKey.Generate(KeyAlgorithm.Es256);

    public Guid Node { get; } = Guid.NewGuid();

    /// <summary>Of the pairing, once there is one.</summary>
    public Guid Pairing { get; private set; }

    /// <summary>Peer id of the measured node.</summary>
    public Guid Measured { get; private set; }

    /// <summary>Pairs with a node, as the two sides leave it when people have compared the fingerprint.</summary>
    public async Task PairAsync(Node node)
    {
        var keys = new KeySet(1, [new PublishedKey(federation.Public.ToJwk())], [new PublishedKey(statements.Public.ToJwk())]);
        var answer = (await node.AskAsync($"{PairCommand}{Node} {JsonSerializer.Serialize(keys, FederationJson.Default.KeySet)}")).Split(' ');
        (Pairing, Measured) = (Guid.Parse(answer[0]), Guid.Parse(answer[1]));
    }

    public const string PairCommand = "pair with ";

    /// <summary>The measured node's side of <see cref="PairAsync"/>.</summary>
    public static async Task<string> PairedAsync(IServiceProvider services, Guid owner, string command)
    {
        var words = command[PairCommand.Length..].Split(' ', 2);
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        var identity = await services.GetRequiredService<NodeIdentities>().GetAsync();
        var now = DateTimeOffset.UtcNow;
        var peer = new Federation.Peers.Peer
        {
            Id = Guid.CreateVersion7(),
            Owner = owner,
            Node = Guid.Parse(words[0]),
            Lab = "lab",
            Name = "Benchmark",
            Address = "http://127.0.0.1:9",
            Keys = JsonSerializer.Deserialize(words[1], FederationJson.Default.KeySet)!,
            Told = identity.Version,
            Fingerprint = "00000 00000 00000 00000 00000 00000",
            CreatedAt = now,
            ConfirmedAt = now,
            TheyConfirmedAt = now,
        };
        db.Peers.Add(peer);
        await db.SaveChangesAsync();
        return $"{peer.Id} {identity.Node}";
    }

    /// <summary>A statement that enrols a browser key.</summary>
    public string Vouch(Guid engagement, string subject, BrowserKey key)
    {
        var now = DateTimeOffset.UtcNow;
        return new EngagementStatement
        {
            Issuer = Node,
            Audience = Measured,
            Lab = "lab",
            Subject = subject,
            Engagement = engagement,
            Role = StatementRole.Expert,
            IssuedAt = now,
            ExpiresAt = now.AddHours(12),
            Id = Guid.NewGuid(),
            Confirmation = new Confirmation(Thumbprint(key.PublicKey)),
        }.Issue(statements);
    }

    public string Withdraw(Guid engagement, string subject) => new Withdrawal
    {
        Issuer = Node,
        Audience = Measured,
        Engagement = engagement,
        Subject = subject,
        IssuedAt = DateTimeOffset.UtcNow,
        Id = Guid.NewGuid(),
        Reason = WithdrawalReason.Ended,
    }.Issue(statements);

    public static string NewSubject() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));

    /// <summary>A request that this node has signed.</summary>
    public HttpRequestMessage Signed(string target, byte[] body, string type = "application/json")
    {
        var signature = RequestSignature.Sign(federation, Pairing, Node, Measured, DateTimeOffset.UtcNow, "POST", target, body);
        var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(type) } } };
        request.Headers.TryAddWithoutValidation(RequestSignature.Header, signature.ToString());
        return request;
    }

    /// <summary>Work events as a lab hands them in: signed as a request, and as a webhook.</summary>
    public HttpRequestMessage Webhook(byte[] batch)
    {
        var (id, now) = (Guid.NewGuid().ToString(), DateTimeOffset.UtcNow);
        var request = Signed("/federation/events", batch, WorkEventBatch.ContentType);
        request.Headers.TryAddWithoutValidation(WebhookSignature.IdHeader, id);
        request.Headers.TryAddWithoutValidation(WebhookSignature.TimestampHeader, now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation(WebhookSignature.SignatureHeader, WebhookSignature.Sign([federation], id, now, batch));
        return request;
    }

    /// <summary>RFC 7638.</summary>
    private static string Thumbprint(byte[] point)
    {
        var (x, y) = (Base64Url.EncodeToString(point.AsSpan(1, 32)), Base64Url.EncodeToString(point.AsSpan(33, 32)));
        return Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}""")));
    }
}
