namespace Cofferdam.ApiClient;

/// <summary>A lab's dealings with vendors: pairing, terms, briefs.</summary>
public sealed class LabVendorsClient
{
    private readonly Transport transport;
    private readonly string root;

    internal LabVendorsClient(Transport transport, string root) => (this.transport, this.root) = (transport, root);

    /// <summary>Nodes that asked to be paired, or are.</summary>
    public Task<Reply<IReadOnlyList<Peer>>> PeersAsync(CancellationToken cancellation = default) =>
        transport.GetAsync($"{root}/peers", ApiJson.Default.IReadOnlyListPeer, cancellation);

    /// <param name="fingerprint">As the people of the other side read it out.</param>
    public Task<Reply<Peer>> ConfirmAsync(Guid pairing, string fingerprint, CancellationToken cancellation = default) =>
        transport.SendAsync(HttpMethod.Post, $"{root}/peers/{pairing}/confirm", new FingerprintBody(fingerprint), ApiJson.Default.FingerprintBody, ApiJson.Default.Peer, cancellation);

    public Task<Reply<Engagement>> EngageAsync(string name, CancellationToken cancellation = default) =>
        transport.SendAsync(HttpMethod.Post, $"{root}/engagements", new EngagementBody(name), ApiJson.Default.EngagementBody, ApiJson.Default.Engagement, cancellation);

    /// <summary>Sets the first terms of an engagement; the vendor is told at once.</summary>
    public async Task<Reply<Nothing>> ProposeAsync(Guid engagement, TermsBody terms, CancellationToken cancellation = default)
    {
        var set = await transport.SendAsync(
            HttpMethod.Put, $"{root}/vendors/{engagement}/terms", terms, ApiJson.Default.TermsBody, ApiJson.Default.JsonElement, cancellation, ifMatch: "\"0\"");
        return new Reply<Nothing>(set.Done ? Nothing.Value : null, set.Problem);
    }

    /// <summary>Writes a brief and publishes it.</summary>
    /// <returns>Its id, which is the same at the vendor.</returns>
    public async Task<Reply<Guid>> PublishAsync(Guid engagement, BriefBody brief, CancellationToken cancellation = default)
    {
        var briefs = $"{root}/vendors/{engagement}/briefs";
        var made = await transport.SendAsync(HttpMethod.Post, briefs, brief, ApiJson.Default.BriefBody, ApiJson.Default.BriefMade, cancellation);
        if (!made.Done)
            return new Reply<Guid>(default, made.Problem);
        var id = made.Value!.Brief.Id;
        var published = await transport.PostAsync($"{briefs}/{id}/publish", ApiJson.Default.JsonElement, cancellation, ifMatch: "\"1\"");
        return new Reply<Guid>(id, published.Problem);
    }
}
