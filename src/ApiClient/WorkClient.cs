namespace Cofferdam.ApiClient;

/// <summary>A project as annotators and reviewers work on it.</summary>
public sealed class WorkClient
{
    private readonly Transport transport;
    private readonly string root;

    internal WorkClient(Transport transport, string root)
    {
        this.transport = transport;
        this.root = root;
    }

    /// <summary>Takes the next task; null where there is none for this person.</summary>
    public Task<Reply<AnnotationTask>> NextAsync(CancellationToken cancellation = default) =>
        transport.PostAsync($"{root}/tasks/next", ApiJson.Default.AnnotationTask, cancellation);

    /// <summary>
    /// As <see cref="NextAsync(CancellationToken)"/>, in one request also for who signs: what the task before said of the
    /// next one is signed beforehand.
    /// </summary>
    public async Task<Reply<AnnotationTask>> NextAsync(AnnotationTask before, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(before);
        if (before.Next is not { } next || transport.Key is not { } key || key.Id != next.Key)
            return await NextAsync(cancellation);
        var opened = await transport.PostSignedAsync($"{root}/tasks/{next.Slot}/open", key.Prove(next.Lab, next.Open), ApiJson.Default.AnnotationTask, cancellation);
        // It was held for a while only.
        return opened.Problem is { Status: 404 or 409 } ? await NextAsync(cancellation) : opened;
    }

    /// <summary>Slots that this person holds, and returned ones that wait for a better answer.</summary>
    public Task<Reply<IReadOnlyList<HeldSlot>>> HeldAsync(CancellationToken cancellation = default) =>
        transport.GetAsync($"{root}/tasks", ApiJson.Default.IReadOnlyListHeldSlot, cancellation);

    public Task<Reply<AnnotationTask>> OpenAsync(Guid slot, CancellationToken cancellation = default) =>
        transport.PostAsync($"{root}/tasks/{slot}/open", ApiJson.Default.AnnotationTask, cancellation);

    public Task<Reply<Form>> FormAsync(int version, CancellationToken cancellation = default) =>
        transport.GetAsync($"{root}/forms/{version}", ApiJson.Default.Form, cancellation);

    public Task<Reply<Lease>> RenewAsync(Guid slot, CancellationToken cancellation = default) =>
        transport.SendAsync(new HttpRequestMessage(HttpMethod.Put, $"{root}/tasks/{slot}/lease"), ApiJson.Default.Lease, cancellation);

    /// <param name="version">The draft's version that this one follows; 0 for the first.</param>
    public Task<Reply<DraftVersion>> DraftAsync(
        Guid slot, IReadOnlyDictionary<string, QuestionAnswer> answers, long version, CancellationToken cancellation = default) =>
        transport.SendAsync(HttpMethod.Put, $"{root}/tasks/{slot}/draft", new DraftBody(answers),
            ApiJson.Default.DraftBody, ApiJson.Default.DraftVersion, cancellation, $"\"{version}\"");

    public Task<Reply<SlotState>> SubmitAsync(Guid slot, SubmitBody answer, CancellationToken cancellation = default) =>
        transport.SendAsync(HttpMethod.Post, $"{root}/tasks/{slot}/submit", answer, ApiJson.Default.SubmitBody, ApiJson.Default.SlotState, cancellation);

    public Task<Reply<Nothing>> SkipAsync(Guid slot, string? reason = null, CancellationToken cancellation = default) =>
        transport.SendAsync(HttpMethod.Post, $"{root}/tasks/{slot}/skip", new ReasonBody(reason), ApiJson.Default.ReasonBody, cancellation);

    public Task<Reply<Nothing>> ReleaseAsync(Guid slot, CancellationToken cancellation = default) =>
        transport.PostAsync($"{root}/tasks/{slot}/release", cancellation);

    /// <summary>Tells the lab that something is wrong with an item.</summary>
    public Task<Reply<Nothing>> ReportAsync(Guid slot, string text, CancellationToken cancellation = default) =>
        transport.SendAsync(HttpMethod.Post, $"{root}/tasks/{slot}/report", new ReportBody(text), ApiJson.Default.ReportBody, cancellation);

    /// <summary>Takes the next answer to review; null where there is none for this person.</summary>
    public Task<Reply<ReviewTask>> NextReviewAsync(CancellationToken cancellation = default) =>
        transport.PostAsync($"{root}/reviews/next", ApiJson.Default.ReviewTask, cancellation);

    public Task<Reply<SlotState>> ReviewAsync(Guid slot, ReviewBody decision, CancellationToken cancellation = default) =>
        transport.SendAsync(HttpMethod.Post, $"{root}/reviews/{slot}", decision, ApiJson.Default.ReviewBody, ApiJson.Default.SlotState, cancellation);

    /// <summary>Opens what a version of the guidelines says to those who answer, and what it changed.</summary>
    public Task<Reply<System.Text.Json.JsonElement>> ReadGuidelinesAsync(int version, CancellationToken cancellation = default) =>
        transport.PostAsync($"{root}/guidelines/{version}/read", ApiJson.Default.JsonElement, cancellation);

    public Task<Reply<Nothing>> AcknowledgeGuidelinesAsync(int version, CancellationToken cancellation = default) =>
        transport.SendAsync(new HttpRequestMessage(HttpMethod.Put, $"{root}/guidelines/{version}/acknowledgement"), cancellation);
}
