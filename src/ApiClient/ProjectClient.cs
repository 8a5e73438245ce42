using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Serialization.Metadata;

namespace Cofferdam.ApiClient;

/// <summary>A project as lab staff look after it.</summary>
public sealed class ProjectClient
{
    private readonly Transport transport;
    private readonly string root;

    internal ProjectClient(Transport transport, string root)
    {
        this.transport = transport;
        this.root = root;
    }

    /// <summary>Reads what this client has no method for.</summary>
    /// <param name="path">Below the project, such as <c>figures</c>.</param>
    public Task<Reply<T>> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellation = default) =>
        transport.GetAsync($"{root}/{path}", type, cancellation);

    /// <summary>Does what this client has no method for.</summary>
    /// <param name="path">Below the project, such as <c>acceptances</c>.</param>
    /// <param name="etag">As last read, where the route asks for it.</param>
    public Task<Reply<T>> SendAsync<TBody, T>(
        HttpMethod method, string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<T> type, string? etag = null, CancellationToken cancellation = default) =>
        transport.SendAsync(method, $"{root}/{path}", body, bodyType, type, cancellation, etag);

    public Task<Reply<Guidelines>> DraftGuidelinesAsync(CancellationToken cancellation = default) =>
        transport.GetAsync($"{root}/guidelines/draft", ApiJson.Default.Guidelines, cancellation);

    public Task<Reply<Guidelines>> DraftGuidelinesAsync(IReadOnlyList<GuidelineSection> sections, string etag, CancellationToken cancellation = default) =>
        transport.SendAsync(HttpMethod.Put, $"{root}/guidelines/draft", new Guidelines(sections), ApiJson.Default.Guidelines, ApiJson.Default.Guidelines, cancellation, etag);

    public Task<Reply<PublishedVersion>> PublishGuidelinesAsync(string etag, CancellationToken cancellation = default) =>
        transport.PostAsync($"{root}/guidelines/versions", ApiJson.Default.PublishedVersion, cancellation, etag);

    public Task<Reply<Form>> FormAsync(CancellationToken cancellation = default) =>
        transport.GetAsync($"{root}/form", ApiJson.Default.Form, cancellation);

    public Task<Reply<Form>> ChangeFormAsync(IReadOnlyList<Question> questions, string etag, CancellationToken cancellation = default) =>
        transport.SendAsync(HttpMethod.Put, $"{root}/form", new FormBody(questions), ApiJson.Default.FormBody, ApiJson.Default.Form, cancellation, etag);

    public Task<Reply<Import>> StartImportAsync(ImportBody import, CancellationToken cancellation = default) =>
        transport.SendAsync(HttpMethod.Post, $"{root}/imports", import, ApiJson.Default.ImportBody, ApiJson.Default.Import, cancellation);

    /// <summary>Sends the rows as one raw stream.</summary>
    /// <param name="sent">Told the bytes sent so far.</param>
    public Task<Reply<Import>> SendImportAsync(Guid import, Stream rows, IProgress<long>? sent = null, CancellationToken cancellation = default)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, $"{root}/imports/{import}/content") { Content = new CountedContent(rows, sent) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        return transport.SendAsync(request, ApiJson.Default.Import, cancellation);
    }

    /// <summary>Sends one image of an import.</summary>
    public Task<Reply<System.Text.Json.JsonElement>> SendImageAsync(Guid import, string fileName, Stream image, CancellationToken cancellation = default)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"{root}/imports/{import}/images") { Content = new StreamContent(image) };
        // A file's name is confidential: addresses end up in logs.
        request.Headers.Add("X-File-Name", System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(fileName)));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return transport.SendAsync(request, ApiJson.Default.JsonElement, cancellation);
    }

    /// <summary>Ends an import of images: each becomes an item.</summary>
    public Task<Reply<Import>> EndImagesAsync(Guid import, CancellationToken cancellation = default) =>
        transport.PostAsync($"{root}/imports/{import}/done", ApiJson.Default.Import, cancellation);

    public Task<Reply<IReadOnlyList<Import>>> ImportsAsync(CancellationToken cancellation = default) =>
        transport.GetAsync($"{root}/imports", ApiJson.Default.IReadOnlyListImport, cancellation);

    public Task<Reply<ItemPage>> ItemsAsync(Guid? after = null, int limit = 100, CancellationToken cancellation = default) =>
        transport.GetAsync($"{root}/items?limit={limit}{(after is { } id ? $"&after={id}" : "")}", ApiJson.Default.ItemPage, cancellation);

    /// <summary>One item, opened.</summary>
    public Task<Reply<Item>> ItemAsync(Guid item, CancellationToken cancellation = default) =>
        transport.GetAsync($"{root}/items/{item}", ApiJson.Default.Item, cancellation);

    /// <summary>Gives an item a known answer: it becomes a test, and is never delivered.</summary>
    public Task<Reply<Nothing>> MarkGoldAsync(Guid item, GoldBody gold, CancellationToken cancellation = default) =>
        transport.SendAsync(HttpMethod.Post, $"{root}/items/{item}/gold", gold, ApiJson.Default.GoldBody, cancellation);

    /// <summary>Work that reviewers could not settle.</summary>
    public Task<Reply<IReadOnlyList<Escalation>>> EscalationsAsync(CancellationToken cancellation = default) =>
        transport.GetAsync($"{root}/escalations", ApiJson.Default.IReadOnlyListEscalation, cancellation);

    public Task<Reply<SlotState>> SettleAsync(Guid slot, ReviewBody decision, CancellationToken cancellation = default) =>
        transport.SendAsync(HttpMethod.Post, $"{root}/escalations/{slot}", decision, ApiJson.Default.ReviewBody, ApiJson.Default.SlotState, cancellation);

    /// <summary>Draws a sample of a batch's accepted answers, on which the batch is judged.</summary>
    public Task<Reply<Acceptance>> DrawSampleAsync(Guid batch, SampleSize size, CancellationToken cancellation = default) =>
        transport.SendAsync(HttpMethod.Post, $"{root}/batches/{batch}/acceptances", size, ApiJson.Default.SampleSize, ApiJson.Default.Acceptance, cancellation);

    /// <summary>The next answer of a sample; null where others have the rest in hand.</summary>
    public Task<Reply<Sample>> NextSampleAsync(Guid acceptance, CancellationToken cancellation = default) =>
        transport.PostAsync($"{root}/acceptances/{acceptance}/next", ApiJson.Default.Sample, cancellation);

    public Task<Reply<Nothing>> JudgeAsync(Guid acceptance, Guid slot, VerdictBody verdict, CancellationToken cancellation = default) =>
        transport.SendAsync(HttpMethod.Post, $"{root}/acceptances/{acceptance}/slots/{slot}", verdict, ApiJson.Default.VerdictBody, cancellation);

    public Task<Reply<Acceptance>> DecideAsync(Guid acceptance, AcceptanceBody decision, CancellationToken cancellation = default) =>
        transport.SendAsync(HttpMethod.Post, $"{root}/acceptances/{acceptance}/decision", decision, ApiJson.Default.AcceptanceBody, ApiJson.Default.Acceptance, cancellation);

    public Task<Reply<IReadOnlyList<Batch>>> BatchesAsync(CancellationToken cancellation = default) =>
        transport.GetAsync($"{root}/batches", ApiJson.Default.IReadOnlyListBatch, cancellation);

    /// <summary>Opens a batch with every item that is in none yet.</summary>
    public Task<Reply<Batch>> OpenBatchAsync(BatchBody batch, CancellationToken cancellation = default) =>
        transport.SendAsync(HttpMethod.Post, $"{root}/batches", batch, ApiJson.Default.BatchBody, ApiJson.Default.Batch, cancellation);

    public Task<Reply<Progress>> ProgressAsync(CancellationToken cancellation = default) =>
        transport.GetAsync($"{root}/progress", ApiJson.Default.Progress, cancellation);

    public Task<Reply<DisclosurePage>> DisclosuresAsync(DisclosureQuery query, CancellationToken cancellation = default) =>
        transport.GetAsync($"{root}/disclosures{query.ToQuery()}", ApiJson.Default.DisclosurePage, cancellation);

    public Task<Reply<IReadOnlyList<Delivery>>> DeliveriesAsync(CancellationToken cancellation = default) =>
        transport.GetAsync($"{root}/deliveries", ApiJson.Default.IReadOnlyListDelivery, cancellation);

    public Task<Reply<Delivery>> DeliverAsync(DeliveryBody delivery, CancellationToken cancellation = default) =>
        transport.SendAsync(HttpMethod.Post, $"{root}/deliveries", delivery, ApiJson.Default.DeliveryBody, ApiJson.Default.Delivery, cancellation);

    public Task<Reply<Delivery>> DeliveryAsync(Guid delivery, CancellationToken cancellation = default) =>
        transport.GetAsync($"{root}/deliveries/{delivery}", ApiJson.Default.Delivery, cancellation);

    /// <summary>Writes the package beside <paramref name="path"/> and moves it there when it is whole.</summary>
    /// <param name="received">Told the bytes received so far.</param>
    public async Task<Reply<Nothing>> DownloadAsync(Guid delivery, string path, IProgress<long>? received = null, CancellationToken cancellation = default)
    {
        var reply = await transport.StreamAsync($"{root}/deliveries/{delivery}/package", cancellation);
        if (!reply.Done)
            return new Reply<Nothing>(null, reply.Problem);

        using var response = reply.Value!;
        var part = path + ".part";
        await using (var to = new FileStream(part, FileMode.Create, FileAccess.Write))
        await using (var from = await response.Content.ReadAsStreamAsync(cancellation))
            await CountedContent.CopyAsync(from, to, received, cancellation);
        File.Move(part, path, overwrite: true);
        return new Reply<Nothing>(Nothing.Value);
    }
}
