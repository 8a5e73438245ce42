using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Cofferdam.Ledger;

namespace Cofferdam.Vault.Logs;

/// <summary>Asks one witness (C2SP tlog-witness).</summary>
/// <param name="address">Its prefix, as the policy gives it: what stands before <c>/add-checkpoint</c>.</param>
internal sealed class WitnessClient(HttpClient http, Uri address)
{
    /// <summary>How long a witness may take for an answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private const int MaxAnswer = 64 * 1024;

    private readonly string prefix = address.AbsoluteUri.TrimEnd('/');

    /// <summary>The newest checkpoint of a log that the witness has signed.</summary>
    public async Task<WitnessMemory> RememberedAsync(VerifierKey log, CancellationToken cancellation)
    {
        var origin = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(log.Name)));
        var answer = await SendAsync(new HttpRequestMessage(HttpMethod.Get, $"{prefix}/{origin}/checkpoint"), cancellation);
        return answer switch
        {
            (null, var why) => new WitnessMemory.Unheard(why),
            (HttpStatusCode.NotFound, _) => new WitnessMemory.Nothing(),
            (HttpStatusCode.OK, var note) when Checkpoint.Open(Encoding.UTF8.GetBytes(note), log) is CheckpointOpening.Opened opened => new WitnessMemory.Remembered(opened.Checkpoint),
            (HttpStatusCode.OK, _) => new WitnessMemory.Unheard("answers with a checkpoint that is not this log's"),
            var (status, _) => new WitnessMemory.Unheard(Words(status.Value)),
        };
    }

    /// <summary>Asks for a cosignature.</summary>
    /// <param name="oldSize">The size that it is thought to have signed last; 0 where none.</param>
    /// <param name="proof">From that size to the checkpoint's; empty from 0.</param>
    /// <param name="note">Signed by the log.</param>
    public async Task<WitnessAnswer> AddAsync(long oldSize, IReadOnlyList<ReadOnlyMemory<byte>> proof, SignedNote note, CancellationToken cancellation)
    {
        var body = new StringBuilder().Append(CultureInfo.InvariantCulture, $"old {oldSize}\n");
        foreach (var hash in proof)
            body.Append(Convert.ToBase64String(hash.Span)).Append('\n');
        body.Append('\n').Append(Encoding.UTF8.GetString(note.ToBytes()));
        var request = new HttpRequestMessage(HttpMethod.Post, $"{prefix}/add-checkpoint") { Content = new StringContent(body.ToString()) };
        return await SendAsync(request, cancellation) switch
        {
            (null, var why) => new WitnessAnswer.Refused(why),
            (HttpStatusCode.OK, var lines) => new WitnessAnswer.Signed(Signatures(lines)),
            (HttpStatusCode.Conflict, var size) when long.TryParse(size.TrimEnd('\n'), NumberStyles.None, CultureInfo.InvariantCulture, out var has) => new WitnessAnswer.Has(has),
            (HttpStatusCode.UnprocessableEntity, _) => new WitnessAnswer.NotConsistent(),
            var (status, _) => new WitnessAnswer.Refused(Words(status.Value)),
        };
    }

    private async Task<(HttpStatusCode? Status, string Body)> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        using (request)
        {
            try
            {
                using var answer = await http.SendAsync(request, cancellation);
                return (answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellation));
            }
            catch (HttpRequestException)
            {
                return (null, "cannot be reached");
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                return (null, $"did not answer within {Patience.TotalSeconds:0} seconds");
            }
        }
    }

    /// <summary>A client that waits as long as a witness may take, and reads no more than one says.</summary>
    public static HttpClient Http(HttpMessageHandler? handler) =>
        new(handler ?? new SocketsHttpHandler { AllowAutoRedirect = false }, disposeHandler: handler is null)
        {
            Timeout = Patience,
            MaxResponseContentBufferSize = MaxAnswer,
        };

    private static List<NoteSignature> Signatures(string lines)
    {
        List<NoteSignature> signatures = [];
        foreach (var line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (NoteSignature.TryParse(line, out var signature))
                signatures.Add(signature);
        }

        return signatures;
    }

    private static string Words(HttpStatusCode status) => status switch
    {
        HttpStatusCode.NotFound => "does not know this log: its keeper has to add the log's key",
        HttpStatusCode.Forbidden => "does not take this log's signature: its keeper has another key for it",
        HttpStatusCode.BadRequest => "does not understand the request",
        _ => string.Create(CultureInfo.InvariantCulture, $"answers with the error {(int)status}"),
    };
}

/// <summary>What a witness remembers of a log.</summary>
internal abstract record WitnessMemory
{
    private WitnessMemory() { }

    public sealed record Remembered(Checkpoint Checkpoint) : WitnessMemory;

    /// <summary>It answers, and has signed no checkpoint of this log.</summary>
    public sealed record Nothing : WitnessMemory;

    /// <summary>There is no answer, or none that says anything.</summary>
    public sealed record Unheard(string Why) : WitnessMemory;
}

/// <summary>What a witness says when it is asked for a cosignature.</summary>
internal abstract record WitnessAnswer
{
    private WitnessAnswer() { }

    /// <summary>Lines that are not checked yet.</summary>
    public sealed record Signed(IReadOnlyList<NoteSignature> Lines) : WitnessAnswer;

    /// <summary>It has signed another size last (409).</summary>
    public sealed record Has(long Size) : WitnessAnswer;

    /// <summary>What it signed last is not the beginning of this checkpoint (422).</summary>
    public sealed record NotConsistent : WitnessAnswer;

    public sealed record Refused(string Why) : WitnessAnswer;
}
