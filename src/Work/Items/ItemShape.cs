namespace Cofferdam.Work.Items;

/// <summary>What an answer to an item is checked against.</summary>
/// <param name="IsPair">It has responses a and b.</param>
/// <param name="Responses">How many responses it has to be ranked; 0 where it has none.</param>
/// <param name="TextLength">Length of its text in Unicode code points; null where it has none.</param>
/// <param name="Prelabels">A JSON object of suggested answers by question; empty where it has none.</param>
internal readonly record struct ItemShape(bool IsPair, int Responses, int? TextLength, ReadOnlyMemory<byte> Prelabels = default);

/// <summary>An item as it lies before one person.</summary>
/// <param name="Flipped">Response b is shown on the left.</param>
/// <param name="Order">Which of the responses is shown at each place.</param>
internal readonly record struct ShownItem(ItemShape Shape, bool Flipped, int[] Order);
