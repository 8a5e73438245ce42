using System.Net;
using System.Text;

namespace Cofferdam.Sealing.Tests;

/// <summary>Recorded exchanges: each request must be the next one, to the letter, and gets the recorded answer.</summary>
internal sealed class Exchanges : HttpMessageHandler
{
    private readonly Queue<(string Request, Func<string, (HttpStatusCode Status, string Body)> Answer)> expected = new();

    /// <summary>The requests that came, with what was asked of their headers.</summary>
    public List<HttpRequestMessage> Seen { get; } = [];

    /// <param name="request">Method, path and query.</param>
    /// <param name="body">As it must come: <c>…</c> stands for anything.</param>
    public Exchanges Then(string request, string body, HttpStatusCode status, string answer) =>
        Then(request, body, _ => (status, answer));

    public Exchanges Then(string request, string body, Func<string, (HttpStatusCode Status, string Body)> answer)
    {
        expected.Enqueue((request, Answer));
        return this;

        (HttpStatusCode Status, string Body) Answer(string sent)
        {
            var pieces = body.Split('…');
            sent.ShouldStartWith(pieces[0]);
            sent.ShouldEndWith(pieces[^1]);
            var at = 0;
            foreach (var piece in pieces)
            {
                at = sent.IndexOf(piece, at, StringComparison.Ordinal);
                at.ShouldBeGreaterThanOrEqualTo(0, $"{piece} in {sent}");
                at += piece.Length;
            }

            return answer(sent);
        }
    }

    public void ShouldBeDone() => expected.ShouldBeEmpty();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var sent = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Seen.Add(request);
        expected.TryDequeue(out var next).ShouldBeTrue($"{request.Method} {request.RequestUri} is one request too many");
        $"{request.Method} {request.RequestUri!.PathAndQuery}".ShouldBe(next.Request);
        var (status, body) = next.Answer(sent);
        return status == default
            ? throw new HttpRequestException(HttpRequestError.ConnectionError)
            : new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
    }
}
