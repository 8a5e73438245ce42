namespace Cofferdam.Work.Slots;

/// <summary>Pieces of SQL that more than one operation needs.</summary>
internal static class SlotSql
{
    /// <summary>Whether a person neither has the item, nor has passed it over, nor has had an answer to it returned to somebody else.</summary>
    /// <param name="person">Parameter.</param>
    /// <param name="item">Column with the item's id, under the alias of its row.</param>
    public static string IsNewTo(string person, string item) => $"""
        NOT EXISTS (SELECT 1 FROM slot m WHERE m.holder = {person} AND m.item = {item})
            AND NOT EXISTS (SELECT 1 FROM skip k WHERE k.person = {person} AND k.item = {item})
        """;

    /// <summary>How many slots of a batch cost money: all but those that are open or cancelled. Read from two partial indexes.</summary>
    /// <param name="batch">Alias of the batch's row.</param>
    public static string TakenOf(string batch) => $"""
        {batch}.slots - (SELECT count(*) FROM slot o WHERE o.batch = {batch}.id AND o.state = 0 AND o.gold = FALSE)
          - (SELECT count(*) FROM slot c WHERE c.batch = {batch}.id AND c.state = 6 AND c.gold = FALSE)
        """;

    /// <summary>Whether one more slot of the batch may be taken under its price cap. Counts only where there is one.</summary>
    /// <param name="slot">The row that would be taken; known answers cost nothing.</param>
    public static string HasRoom(string slot) => $"""
        ({slot}.gold = TRUE OR EXISTS (SELECT 1 FROM batch b WHERE b.id = {slot}.batch
          AND (b.price IS NULL OR b.price_cap IS NULL OR ({TakenOf("b")} + 1) * b.price <= b.price_cap)))
        """;
}
