using Cofferdam.Delivery.About;
using Cofferdam.Delivery.Reading;
using Cofferdam.Delivery.Shapes;
using Cofferdam.Package;

namespace Cofferdam.Delivery;

/// <summary>The files of a delivery, filled item by item.</summary>
/// <remarks>
/// A file of rows has one form, so that readers find one schema: where a project holds both plain texts and
/// conversations, the training file has the form of its first row and the other form goes into a file of its own.
/// </remarks>
internal sealed class DeliveryFiles(PackageWriter package, Shape shape, DeliveryVotes mode, bool builds) : IAsyncDisposable
{
    private readonly RowFile answers = package.AddRows(AnswerLine.File);
    private readonly RowFile ties = package.AddRows($"data/{shape.Folder}/ties.jsonl");
    private readonly RowFile unfit = package.AddRows($"data/{shape.Folder}/unfit.jsonl");
    private readonly RowFile? withdrawn = builds ? package.AddRows($"data/{shape.Folder}/withdrawn.jsonl") : null;
    private readonly RowFile? index = shape.NeedsIndex ? package.AddRows($"data/{shape.Folder}/rows.jsonl") : null;
    private readonly TrainingFiles training = new(package, shape);

    public Quality Quality { get; } = new();

    public long Items { get; private set; }

    public long Rows { get; private set; }

    public long Ties { get; private set; }

    public long Unfit { get; private set; }

    public long Withdrawn { get; private set; }

    public async Task AddAsync(ReadItem read, CancellationToken cancellation)
    {
        Items++;
        if (read.Item is not { } item || Lines(item) is not { } prepared)
        {
            Unfit++;
            await unfit.WriteRowAsync(ListLine.Of(read.Id, read.Unfit ?? Unreadable.Reason), cancellation);
            return;
        }

        foreach (var answer in prepared.Answers)
            await answers.WriteRowAsync(answer, cancellation);
        foreach (var (line, content) in prepared.Lines)
            await WriteAsync(item, line, content, cancellation);
    }

    public async Task AddWithdrawnAsync(Guid item, CancellationToken cancellation)
    {
        Withdrawn++;
        await withdrawn!.WriteRowAsync(ListLine.Of(item, "no answer to it is accepted any more"), cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await training.DisposeAsync();
        foreach (var file in (RowFile?[])[answers, ties, unfit, withdrawn, index])
        {
            if (file is not null)
                await file.DisposeAsync();
        }
    }

    /// <summary>Everything that an item comes to, made before any of it is written: one that cannot be read leaves nothing behind.</summary>
    /// <returns>Null where it cannot be read.</returns>
    private Prepared? Lines(DeliveredItem item)
    {
        try
        {
            var apart = mode == DeliveryVotes.All && !shape.KeepsAllAnswers;
            IEnumerable<DeliveredItem> units = apart ? item.Answers.Select(answer => item with { Answers = [answer] }) : [item];
            var lines = units.SelectMany(unit => shape.LinesOf(unit).Select(line => (line, ListLine.Of(unit, line, shape)))).ToList();
            var raw = item.Answers.Select(answer => AnswerLine.Of(item, answer)).ToList();
            Quality.Add(item);
            return new Prepared(lines, raw);
        }
        catch (Exception e) when (Unreadable.Is(e))
        {
            return null;
        }
    }

    private async Task WriteAsync(DeliveredItem item, Line line, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        switch (line)
        {
            case Line.Row row:
                Rows++;
                await training.WriteAsync(row, cancellation);
                if (index is not null)
                    await index.WriteRowAsync(ListLine.OfRow(item, row), cancellation);
                break;
            case Line.Tie:
                Ties++;
                await ties.WriteRowAsync(content, cancellation);
                break;
            case Line.Unfit:
                Unfit++;
                await unfit.WriteRowAsync(content, cancellation);
                break;
        }
    }

    private sealed record Prepared(List<(Line Line, ReadOnlyMemory<byte> Content)> Lines, List<ReadOnlyMemory<byte>> Answers);
}
