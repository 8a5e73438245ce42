using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Cofferdam.ApiClient;

/// <summary>Signs what a node wants signed, and asks again with the proofs.</summary>
internal sealed class SigningHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <summary>A request may open more the further it gets, and each time all that was opened so far is signed anew.</summary>
    private const int MostRounds = 4;

    /// <summary>Null: whoever asks signs nothing.</summary>
    public BrowserKey? Key { get; set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        for (var round = 0; round < MostRounds && Key is { } key && CanBeSentAgain(request); round++)
        {
            if (await ChallengeAsync(response, cancellationToken) is not { } challenge || key.Answer(challenge) is not var (header, value))
                return response;
            request.Headers.Remove(Challenge.ProofsHeader);
            request.Headers.Remove(Challenge.KeyHeader);
            request.Headers.Add(header, value);
            response.Dispose();
            response = await base.SendAsync(request, cancellationToken);
        }

        return response;
    }

    private static bool CanBeSentAgain(HttpRequestMessage request) => request.Content is null or JsonContent or ByteArrayContent;

    private static async Task<Challenge?> ChallengeAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.StatusCode is not HttpStatusCode.PreconditionRequired)
            return null;
        // Read once more by whoever asked, where it is no challenge.
        await response.Content.LoadIntoBufferAsync(cancellation);
        try
        {
            return await response.Content.ReadFromJsonAsync(ApiJson.Default.Challenge, cancellation) is { Code: "sign" } challenge ? challenge : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
