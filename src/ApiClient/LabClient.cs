using System.Runtime.CompilerServices;

namespace Cofferdam.ApiClient;

/// <summary>A lab's own affairs: people, projects, ledger, suspensions.</summary>
public sealed class LabClient
{
    private readonly Transport transport;
    private readonly string root;

    internal LabClient(Transport transport, string slug)
    {
        this.transport = transport;
        root = $"api/labs/{Uri.EscapeDataString(slug)}";
    }

    public LabKeysClient Keys => new(transport, root);

    public LabVendorsClient Vendors => new(transport, root);

    public ProjectClient Project(Guid project) => new(transport, $"{root}/projects/{project}");

    public WorkClient Work(Guid project) => new(transport, $"{root}/projects/{project}");

    /// <param name="role"><c>annotator</c>, <c>reviewer</c>, <c>projectManager</c> or <c>auditor</c>.</param>
    public Task<Reply<Invitation>> InviteAsync(string role, CancellationToken cancellation = default) =>
        transport.SendAsync(HttpMethod.Post, $"{root}/invitations", new InvitationBody(role), ApiJson.Default.InvitationBody, ApiJson.Default.Invitation, cancellation);

    public Task<Reply<TokenMade>> MakeTokenAsync(TokenBody token, CancellationToken cancellation = default) =>
        transport.SendAsync(HttpMethod.Post, $"{root}/tokens", token, ApiJson.Default.TokenBody, ApiJson.Default.TokenMade, cancellation);

    public Task<Reply<Nothing>> RevokeTokenAsync(Guid token, CancellationToken cancellation = default) =>
        transport.DeleteAsync($"{root}/tokens/{token}", cancellation);

    /// <summary>What this person was told, newest first.</summary>
    public Task<Reply<NoticePage>> NoticesAsync(bool unread = false, CancellationToken cancellation = default) =>
        transport.GetAsync($"{root}/notices?unread={(unread ? "true" : "false")}", ApiJson.Default.NoticePage, cancellation);

    public Task<Reply<IReadOnlyList<Project>>> ProjectsAsync(CancellationToken cancellation = default) =>
        transport.GetAsync($"{root}/projects", ApiJson.Default.IReadOnlyListProject, cancellation);

    public Task<Reply<Project>> CreateProjectAsync(string name, string description, CancellationToken cancellation = default) =>
        transport.SendAsync(HttpMethod.Post, $"{root}/projects", new ProjectBody(name, description), ApiJson.Default.ProjectBody, ApiJson.Default.Project, cancellation);

    public Task<Reply<LedgerHead>> LedgerAsync(CancellationToken cancellation = default) =>
        transport.GetAsync($"{root}/ledger", ApiJson.Default.LedgerHead, cancellation);

    /// <summary>Every receipt in order, as it arrives.</summary>
    /// <exception cref="ProblemException">The node does not show its ledger to this person.</exception>
    public async IAsyncEnumerable<LedgerReceipt> ReceiptsAsync(long from = 0, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using var response = (await transport.StreamAsync($"{root}/ledger/receipts?from={from}", cancellation)).OrThrow();
        await using var lines = await response.Content.ReadAsStreamAsync(cancellation);
        await foreach (var receipt in LedgerLines.ReadAsync(lines, cancellation))
            yield return receipt;
    }

    /// <summary>Writes the ledger to a file as it is sent: one JSON object per line.</summary>
    public async Task<Reply<Nothing>> SaveReceiptsAsync(Stream to, CancellationToken cancellation = default)
    {
        var reply = await transport.StreamAsync($"{root}/ledger/receipts?from=0", cancellation);
        if (!reply.Done)
            return new Reply<Nothing>(null, reply.Problem);
        using var response = reply.Value!;
        await response.Content.CopyToAsync(to, cancellation);
        return new Reply<Nothing>(Nothing.Value);
    }

    /// <summary>Disclosures of all projects, and of the lab's own affairs.</summary>
    public Task<Reply<DisclosurePage>> DisclosuresAsync(DisclosureQuery query, CancellationToken cancellation = default) =>
        transport.GetAsync($"{root}/disclosures{query.ToQuery()}", ApiJson.Default.DisclosurePage, cancellation);

    public Task<Reply<Suspension>> SuspendAsync(SuspensionBody suspension, CancellationToken cancellation = default) =>
        transport.SendAsync(HttpMethod.Post, $"{root}/suspensions", suspension, ApiJson.Default.SuspensionBody, ApiJson.Default.Suspension, cancellation);

    /// <summary>Lifts a suspension.</summary>
    /// <returns>Without a value where it is lifted; with one where a second person has to lift it too.</returns>
    public Task<Reply<Resumption>> ResumeAsync(Guid suspension, CancellationToken cancellation = default) =>
        transport.SendAsync(new HttpRequestMessage(HttpMethod.Delete, $"{root}/suspensions/{suspension}"), ApiJson.Default.Resumption, cancellation);

    public Task<Reply<DeliveryKey>> DeliveryKeyAsync(CancellationToken cancellation = default) =>
        transport.GetAsync($"{root}/delivery-key", ApiJson.Default.DeliveryKey, cancellation);
}
