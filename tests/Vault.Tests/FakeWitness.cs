using System.Net;
using System.Security.Cryptography;
using System.Text;
using Cofferdam.Ledger;

namespace Cofferdam.Vault.Tests;

/// <summary>A witness by the rules of C2SP tlog-witness, at the place of the network.</summary>
internal sealed class FakeWitness : HttpMessageHandler
{
    private readonly Lock gate = new();
    private readonly LogSigner signer = new("witness.example", Ed25519.GenerateKey());
    private readonly Dictionary<string, (Checkpoint Checkpoint, byte[] Note)> logs = new(StringComparer.Ordinal);

    public bool IsDown { get; set; }

    /// <summary>It cosigns and does not say what it remembers.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Answers with errors, by number of the request.</summary>
    public List<HttpStatusCode> Refusals { get; } = [];

    public string Policy => $"witness w {signer.Cosigner} https://witness.example/w\nquorum w\n";

    public VerifierKey Key => signer.Cosigner;

    /// <summary>The checkpoint that it signed last.</summary>
    public Checkpoint? Remembered(string origin)
    {
        lock (gate)
            return logs.TryGetValue(origin, out var log) ? log.Checkpoint : null;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (IsDown)
            throw new HttpRequestException("no route");
        var path = request.RequestUri!.AbsolutePath;
        if (request.Method == HttpMethod.Get)
            return Tell(path);
        path.ShouldBe("/w/add-checkpoint");
        var body = await request.Content!.ReadAsStringAsync(cancellationToken);
        var (status, answer) = Add(body);
        return new HttpResponseMessage(status) { Content = new StringContent(answer) };
    }

    private HttpResponseMessage Tell(string path)
    {
        lock (gate)
        {
            var found = logs.FirstOrDefault(log => path == $"/w/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(log.Key)))}/checkpoint");
            return found.Key is null || IsSilent
                ? new HttpResponseMessage(HttpStatusCode.NotFound)
                : new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(found.Value.Note) };
        }
    }

    private (HttpStatusCode Status, string Answer) Add(string body)
    {
        var split = body.IndexOf("\n\n", StringComparison.Ordinal);
        var head = body[..split].Split('\n');
        var old = long.Parse(head[0]["old ".Length..]);
        List<ReadOnlyMemory<byte>> proof = [.. head[1..].Select(line => new ReadOnlyMemory<byte>(Convert.FromBase64String(line)))];
        SignedNote.TryParse(Encoding.UTF8.GetBytes(body[(split + 2)..]), out var note).ShouldBeTrue();
        Checkpoint.TryParse(note!.Text, out var checkpoint).ShouldBeTrue();
        lock (gate)
        {
            if (Refusals is [var refusal, ..])
            {
                Refusals.RemoveAt(0);
                return (refusal, "");
            }

            var known = logs.TryGetValue(checkpoint!.Origin, out var log) ? log.Checkpoint : new Checkpoint(checkpoint.Origin, 0, MerkleTree.EmptyRoot);
            if (old > checkpoint.Size)
                return (HttpStatusCode.BadRequest, "");
            if (old != known.Size)
                return (HttpStatusCode.Conflict, $"{known.Size}\n");
            var consistent = old == 0 ? proof.Count == 0 : MerkleTree.VerifyConsistency(old, checkpoint.Size, known.Root.Span, checkpoint.Root.Span, proof);
            if (!consistent)
                return (HttpStatusCode.UnprocessableEntity, "");
            var cosignature = Cosignature.Sign(signer, note.Text, DateTimeOffset.UtcNow);
            logs[checkpoint.Origin] = (checkpoint, note.With(cosignature).ToBytes());
            return (HttpStatusCode.OK, cosignature.ToLine());
        }
    }
}
