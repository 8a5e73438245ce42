using System.Buffers;
using Cofferdam.Package;

namespace Cofferdam.Delivery.Preference;

/// <summary>The files of a preference delivery, filled row by row.</summary>
/// <remarks>
/// A file of rows has one form, so that readers find one schema: where a project holds both plain texts and
/// conversations, <c>train.jsonl</c> has the form of its first row and the other form goes into a file of its own.
/// </remarks>
internal sealed class PreferenceFiles(PackageWriter package) : IAsyncDisposable
{
    private readonly ArrayBufferWriter<byte> line = new();
    private readonly RowFile ties = package.AddRows("data/preference/ties.jsonl");
    private readonly RowFile unfit = package.AddRows("data/preference/unfit.jsonl");
    private RowFile? texts;
    private RowFile? conversations;

    public PreferenceQuality Quality { get; } = new();

    public long Rows { get; private set; }

    public long Ties { get; private set; }

    public long Unfit { get; private set; }

    public async Task AddAsync(OpenedItem item, CancellationToken cancellation)
    {
        line.ResetWrittenCount();
        if (item.Unfit is { } reason)
        {
            PreferenceRow.Write(line, item, reason);
            await unfit.WriteRowAsync(line.WrittenMemory, cancellation);
            Unfit++;
            return;
        }

        Quality.Add(item.Votes);
        switch (Verdict.Of(item.Votes))
        {
            case Verdict.Decided decided:
                PreferenceRow.Write(line, item.Pair!, item.Votes, decided);
                await TrainingFile(item.Pair!).WriteRowAsync(line.WrittenMemory, cancellation);
                Rows++;
                break;
            case Verdict.Undecided undecided:
                PreferenceRow.Write(line, item.Pair!, item.Votes, undecided);
                await ties.WriteRowAsync(line.WrittenMemory, cancellation);
                Ties++;
                break;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // A delivery always has its training file, if an empty one.
        if (texts is null && conversations is null)
            texts = package.AddRows("data/preference/train.jsonl");
        foreach (var file in (RowFile?[])[ties, unfit, texts, conversations])
            if (file is not null)
                await file.DisposeAsync();
    }

    private RowFile TrainingFile(PairItem item) => item.IsConversation
        ? conversations ??= package.AddRows(texts is null ? "data/preference/train.jsonl" : "data/preference/train-conversations.jsonl")
        : texts ??= package.AddRows(conversations is null ? "data/preference/train.jsonl" : "data/preference/train-texts.jsonl");
}
