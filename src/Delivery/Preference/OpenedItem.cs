using System.Text.Json;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Delivery.Preference;

/// <summary>An item as this shape sees it: a pair with votes, or a reason why it is none.</summary>
/// <param name="Unfit">Null: pair and votes are there.</param>
internal sealed record OpenedItem(Guid Id, PairItem? Pair, IReadOnlyList<Vote> Votes, string? Unfit);

/// <summary>Opens items with their answers, and reads them as pairs with votes.</summary>
/// <param name="formOf">The questions of a form version; null where it asks for no preference.</param>
/// <param name="nameOf">A person's name in this delivery.</param>
internal sealed class PairReader(ExportDoor door, Func<int, PreferenceQuestions?> formOf, Func<Guid, string> nameOf)
{
    /// <summary>Opens a page in as few receipts as it takes. A record that does not open takes only its own item out.</summary>
    public async IAsyncEnumerable<OpenedItem> ReadAsync(
        IReadOnlyList<AcceptedItem> page, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var together = await door.OpenAsync([.. page.SelectMany(RecordsOf)], cancellation);
        var at = 0;
        foreach (var item in page)
        {
            var count = 1 + item.Answers.Count;
            if (together.Count > 0)
            {
                yield return Read(item, [.. together.Skip(at).Take(count)]);
                at += count;
                continue;
            }

            var alone = await door.OpenAsync([.. RecordsOf(item)], cancellation);
            yield return alone.Count > 0 ? Read(item, alone) : new OpenedItem(item.Id, null, [], "a record is missing, or not as it was sealed");
        }
    }

    private static IEnumerable<RecordRef> RecordsOf(AcceptedItem item) =>
    [
        new RecordRef(RecordKind.Item, new RecordId(item.Id)),
        .. item.Answers.Select(answer => new RecordRef(RecordKind.Answer, new RecordId(answer.Record))),
    ];

    private OpenedItem Read(AcceptedItem item, IReadOnlyList<ReadOnlyMemory<byte>> plaintexts)
    {
        using var document = JsonDocument.Parse(plaintexts[0]);
        if (PairItem.Read(item.Id, document.RootElement.Clone()) is not { } pair)
            return new OpenedItem(item.Id, null, [], "the item is not a pair of responses");

        var votes = new List<Vote>(item.Answers.Count);
        for (var i = 0; i < item.Answers.Count; i++)
        {
            var answer = item.Answers[i];
            using var sealedAnswer = JsonDocument.Parse(plaintexts[i + 1]);
            if (formOf(answer.FormVersion) is { } questions && Vote.Read(sealedAnswer.RootElement, questions, nameOf(answer.Person)) is { } vote)
                votes.Add(vote);
        }

        return new OpenedItem(item.Id, pair, votes, Fault(pair, votes));
    }

    private static string? Fault(PairItem pair, List<Vote> votes)
    {
        if (votes.Count == 0)
            return "no accepted answer has a preference";
        return JsonElement.DeepEquals(pair.A, pair.B) ? "both responses are the same" : null;
    }
}
