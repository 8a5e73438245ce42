using Cofferdam.Delivery.Reading;
using Cofferdam.Delivery.Shapes;

namespace Cofferdam.Delivery;

/// <summary>Lines of the lists beside a training file: ties, unfit and withdrawn items, and which item a row is from.</summary>
internal static class ListLine
{
    /// <summary>An item that was not read.</summary>
    public static ReadOnlyMemory<byte> Of(Guid item, string reason) => JsonLine.Of(json =>
    {
        json.WriteString("reason", reason);
        json.WriteString("item", item);
        json.WriteNull("external");
        json.WriteStartArray("votes");
        json.WriteEndArray();
    });

    /// <summary>A tie with what was compared, or an unfit item; either with every vote. Empty for a row, which says all itself.</summary>
    public static ReadOnlyMemory<byte> Of(DeliveredItem item, Line line, Shape shape) => line switch
    {
        Line.Tie tie => JsonLine.Of(json =>
        {
            ItemContent.Write(json, item);
            json.WriteString("reason", tie.Reason);
            if (tie.Responses is { } responses)
            {
                json.WriteStartArray("of");
                foreach (var response in responses)
                    json.WriteNumberValue(response);
                json.WriteEndArray();
            }

            RowTail.Write(json, item, shape.VotesOf(item));
        }),
        Line.Unfit unfit => JsonLine.Of(json =>
        {
            json.WriteString("reason", unfit.Reason);
            RowTail.Write(json, item, shape.VotesOf(item));
        }),
        _ => ReadOnlyMemory<byte>.Empty,
    };

    /// <summary>Where a row is from, in the order of rows.</summary>
    public static ReadOnlyMemory<byte> OfRow(DeliveredItem item, Line.Row row) => JsonLine.Of(json =>
    {
        json.WriteString("item", item.Id);
        json.WriteString("external", item.External);
        if (row.Agreement is { } agreement)
            json.WriteNumber("agreement", agreement);
        else
            json.WriteNull("agreement");
    });
}
