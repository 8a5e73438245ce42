using System.Collections.Concurrent;
using System.Text;
using Cofferdam.ApiClient;

namespace Cofferdam.Faults.Tests;

/// <summary>What an annotator was told, as the annotator remembers it: the log that the node is held to.</summary>
internal sealed class Annotator(NodeClient node, WorkClient work, Guid pseudonym)
{
    /// <summary>Submitted, and not yet told that it was taken.</summary>
    private (Guid Slot, SubmitBody Body)? underWay;

    public NodeClient Node { get; } = node;

    public Guid Pseudonym { get; } = pseudonym;

    /// <summary>Words of each answer that the node said it had.</summary>
    public ConcurrentDictionary<Guid, string> Acknowledged { get; } = [];

    /// <summary>Each receipt that came with a task, and the item it must name.</summary>
    public ConcurrentDictionary<long, Guid> Receipts { get; } = [];

    /// <summary>Answers that the node may have: told, or cut off on the way.</summary>
    public int Possible => Acknowledged.Count + (underWay is null ? 0 : 1);

    /// <summary>Works until told to stop, there is nothing left or the line breaks; begins with what a break cut off.</summary>
    /// <param name="acknowledged">Called after each acknowledgement; false: stop.</param>
    public async Task WorkAsync(Func<bool> acknowledged)
    {
        if (underWay is { } cutOff)
            await SubmitAsync(cutOff.Slot, cutOff.Body);
        (await work.AcknowledgeGuidelinesAsync(1)).OrThrow();
        while (acknowledged() && (await work.NextAsync()).OrThrow() is { } task)
        {
            Receipts[task.Receipt] = task.Item;
            var submission = Guid.NewGuid();
            var answers = new Dictionary<string, QuestionAnswer>(StringComparer.Ordinal)
            {
                ["preference"] = new(Choice: (submission.GetHashCode() & 1) == 0 ? 1 : -1),
                ["rationale"] = new(Text: $"because of {submission}"),
            };
            await SubmitAsync(task.Slot, new SubmitBody(submission, answers, Seconds: 1));
        }
    }

    private async Task SubmitAsync(Guid slot, SubmitBody body)
    {
        underWay = (slot, body);
        (await work.SubmitAsync(slot, body)).OrThrow();
        Acknowledged[slot] = body.Answers["rationale"].Text!;
        underWay = null;
    }
}

/// <summary>Files that were sent, and which of them the node said it had taken.</summary>
internal sealed class Importer(ProjectClient project)
{
    private int row;

    public ConcurrentDictionary<Guid, long> Acknowledged { get; } = [];

    /// <summary>Sends one file after the other until the line breaks.</summary>
    public async Task WorkAsync(Func<bool> acknowledged)
    {
        while (acknowledged())
        {
            var import = (await project.StartImportAsync(new ImportBody("more.jsonl", new Dictionary<string, string>(StringComparer.Ordinal), "keep"))).OrThrow();
            var rows = Rows(400);
            var done = (await project.SendImportAsync(import.Id, new MemoryStream(rows))).OrThrow();
            if (done.State != "done")
                throw new InvalidOperationException($"The import ended as {done.State}.");
            Acknowledged[import.Id] = done.Imported;
        }
    }

    public byte[] Rows(int count)
    {
        var text = new StringBuilder();
        for (var i = 0; i < count; i++)
            text.Append($$"""{"id":"row-{{++row}}","prompt":"What is {{row}} and one?","response_1":"{{row + 1}}","response_2":"I do not know."}""").Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}

/// <summary>Deliveries that were made, and which of them the node said were done.</summary>
internal sealed class Taker(ProjectClient project, string folder)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(10);

    /// <summary>The package of each delivery that was fetched whole.</summary>
    public ConcurrentDictionary<Guid, byte[]> Fetched { get; } = [];

    public async Task WorkAsync(Func<bool> acknowledged)
    {
        while (acknowledged())
        {
            var delivery = (await project.DeliverAsync(new DeliveryBody("trl-preference"))).OrThrow();
            while (delivery.State == "making")
            {
                await Task.Delay(BetweenLooks);
                delivery = (await project.DeliveryAsync(delivery.Id)).OrThrow();
            }

            if (delivery.State != "done")
                throw new InvalidOperationException($"The delivery ended as {delivery.State}: {delivery.Problem}.");
            Fetched[delivery.Id] = await FetchAsync(delivery.Id);
        }
    }

    public async Task<byte[]> FetchAsync(Guid delivery)
    {
        var path = Path.Combine(folder, $"{delivery}.tar");
        (await project.DownloadAsync(delivery, path)).OrThrow();
        return await File.ReadAllBytesAsync(path);
    }
}
