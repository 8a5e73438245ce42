using System.Text.Json;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Delivery.Reading;

/// <summary>An item that was read, or why it was not.</summary>
/// <param name="Item">Null where <paramref name="Unfit"/> says why.</param>
internal sealed record ReadItem(Guid Id, DeliveredItem? Item, string? Unfit);

/// <summary>Opens items with their answers through the door.</summary>
/// <param name="forms">By version.</param>
/// <param name="nameOf">A person's name in this delivery.</param>
internal sealed class DeliveryReader(ExportDoor door, IReadOnlyDictionary<int, DeliveredForm> forms, Func<Guid, string> nameOf)
{
    /// <summary>Opens a run under one receipt. A record that does not open, or cannot be read, takes only its own item out.</summary>
    /// <param name="run">With their answers at most as many records as a receipt lists.</param>
    public async Task<IReadOnlyList<ReadItem>> ReadAsync(IReadOnlyList<AcceptedItem> run, CancellationToken cancellation)
    {
        var read = new List<ReadItem>(run.Count);
        var together = await door.OpenAsync([.. run.SelectMany(RecordsOf)], cancellation);
        var at = 0;
        foreach (var item in run)
        {
            var plaintexts = together.Count > 0 ? together.Slice(at, item.Records) : await door.OpenAsync([.. RecordsOf(item)], cancellation);
            at += item.Records;
            read.Add(plaintexts.Count > 0 ? Read(item, plaintexts) : new ReadItem(item.Id, null, "a record is missing, or not as it was sealed"));
        }

        return read;
    }

    private static IEnumerable<RecordRef> RecordsOf(AcceptedItem item) =>
    [
        new RecordRef(RecordKind.Item, new RecordId(item.Id)),
        .. item.Answers.Select(answer => new RecordRef(RecordKind.Answer, new RecordId(answer.Record))),
    ];

    private ReadItem Read(AcceptedItem item, List<ReadOnlyMemory<byte>> plaintexts)
    {
        try
        {
            var answers = item.Answers.Select((answer, i) => DeliveredAnswer.Read(
                answer.Record, nameOf(answer.Person), forms[answer.FormVersion], answer.GuidelineVersion, Parse(plaintexts[i + 1])));
            return new ReadItem(item.Id, new DeliveredItem(item.Id, item.Batch, Parse(plaintexts[0]), item.Slots, [.. answers]), null);
        }
        catch (Exception e) when (Unreadable.Is(e))
        {
            return new ReadItem(item.Id, null, Unreadable.Reason);
        }
    }

    private static JsonElement Parse(ReadOnlyMemory<byte> plaintext)
    {
        var reader = new Utf8JsonReader(plaintext.Span);
        return JsonElement.ParseValue(ref reader);
    }
}

/// <summary>A record that opened and does not say what it should: its item is listed, and the delivery goes on.</summary>
internal static class Unreadable
{
    public const string Reason = "a record of it cannot be read";

    /// <summary>What reading JSON throws where something is missing or of another kind.</summary>
    public static bool Is(Exception e) => e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException;
}
