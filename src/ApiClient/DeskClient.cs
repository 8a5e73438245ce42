namespace Cofferdam.ApiClient;

/// <summary>A vendor's desk: what its staff do.</summary>
public sealed class DeskClient
{
    private const string Root = "api/desk";

    private readonly Transport transport;

    internal DeskClient(Transport transport) => this.transport = transport;

    /// <summary>Asks a lab's node to pair.</summary>
    /// <param name="lab">The lab's slug there.</param>
    public Task<Reply<Peer>> PairAsync(Uri address, string lab, CancellationToken cancellation = default) =>
        transport.SendAsync(
            HttpMethod.Post, $"{Root}/peers", new PairingBody(address.GetLeftPart(UriPartial.Authority), lab), ApiJson.Default.PairingBody, ApiJson.Default.Peer, cancellation);

    /// <inheritdoc cref="LabVendorsClient.ConfirmAsync"/>
    public Task<Reply<Peer>> ConfirmAsync(Guid pairing, string fingerprint, CancellationToken cancellation = default) =>
        transport.SendAsync(HttpMethod.Post, $"{Root}/peers/{pairing}/confirm", new FingerprintBody(fingerprint), ApiJson.Default.FingerprintBody, ApiJson.Default.Peer, cancellation);

    public async Task<Reply<Nothing>> PublishAsync(string code, AgreementBody agreement, CancellationToken cancellation = default)
    {
        var published = await transport.SendAsync(
            HttpMethod.Put, $"{Root}/agreements/{Uri.EscapeDataString(code)}", agreement, ApiJson.Default.AgreementBody, ApiJson.Default.JsonElement, cancellation);
        return new Reply<Nothing>(published.Done ? Nothing.Value : null, published.Problem);
    }

    /// <summary>Accepts terms that a lab proposed; a problem of status 404 where they have not come yet.</summary>
    public Task<Reply<Nothing>> AcceptAsync(Guid engagement, long revision, CancellationToken cancellation = default) =>
        transport.SendAsync(HttpMethod.Post, $"{Root}/engagements/{engagement}/answer", new TermsAnswerBody(revision, Accepted: true), ApiJson.Default.TermsAnswerBody, cancellation);

    /// <summary>Opens places; a problem with the code <c>invalid</c> where the brief has not come yet.</summary>
    public async Task<Reply<Nothing>> NeedAsync(NeedBody need, CancellationToken cancellation = default)
    {
        var made = await transport.SendAsync(HttpMethod.Post, $"{Root}/needs", need, ApiJson.Default.NeedBody, ApiJson.Default.JsonElement, cancellation);
        return new Reply<Nothing>(made.Done ? Nothing.Value : null, made.Problem);
    }

    public async Task<Reply<Nothing>> ListAsync(ListingBody listing, CancellationToken cancellation = default)
    {
        var made = await transport.SendAsync(HttpMethod.Post, $"{Root}/listings", listing, ApiJson.Default.ListingBody, ApiJson.Default.JsonElement, cancellation);
        return new Reply<Nothing>(made.Done ? Nothing.Value : null, made.Problem);
    }

    /// <param name="role"><c>expert</c>, <c>manager</c> or <c>payroll</c>.</param>
    public Task<Reply<Invitation>> InviteAsync(string role, CancellationToken cancellation = default) =>
        transport.SendAsync(HttpMethod.Post, $"{Root}/invitations", new InvitationBody(role), ApiJson.Default.InvitationBody, ApiJson.Default.Invitation, cancellation);
}

internal sealed record TermsAnswerBody(long Revision, bool Accepted);
