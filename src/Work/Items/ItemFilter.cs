using System.Data.Common;
using System.Globalization;
using Cofferdam.Storage;
using Cofferdam.Work.Slots;

namespace Cofferdam.Work.Items;

/// <summary>Which items are asked for. Null: any.</summary>
/// <param name="State">At least one of its slots is in this state.</param>
internal sealed record ItemFilter(Guid Project, Guid? Batch = null, Guid? Import = null, SlotState? State = null, (string Name, string Value)? Facet = null, bool? Gold = null)
{
    /// <summary>
    /// SQL that finds candidates through one index, in its order: a cursor and an item. Whatever the filter, no table is
    /// gone through from end to end.
    /// </summary>
    public string Candidates => this switch
    {
        { Gold: true } => "SELECT id AS place, id AS item FROM item WHERE project = @project AND gold IS NOT NULL AND id > @after ORDER BY id LIMIT @limit",
        // States stand in the text, so that partial indexes can serve. Few slots are leased at a time.
        { State: SlotState.Leased } => "SELECT id AS place, item FROM slot WHERE state = 1 AND lease_until > -1 AND project = @project AND id > @after ORDER BY id LIMIT @limit",
        { State: { } state } when state is not (SlotState.Open or SlotState.Accepted) => OfState(state),
        { Batch: not null } => "SELECT id AS place, id AS item FROM item WHERE batch = @batch AND id > @after ORDER BY id LIMIT @limit",
        { Facet: not null } => "SELECT item AS place, item FROM item_facet WHERE project = @project AND facet = @facet AND value = @value AND item > @after ORDER BY item LIMIT @limit",
        { State: { } state } => OfState(state),
        _ => "SELECT id AS place, id AS item FROM item WHERE project = @project AND id > @after ORDER BY id LIMIT @limit",
    };

    /// <summary>What a candidate <c>i</c> must be besides.</summary>
    public string Conditions => string.Concat(
        "i.project = @project AND EXISTS (SELECT 1 FROM import f WHERE f.id = i.import AND f.state = 2)",
        Batch is null ? "" : " AND i.batch = @batch",
        Import is null ? "" : " AND i.import = @import",
        Gold is null ? "" : Gold.Value ? " AND i.gold IS NOT NULL" : " AND i.gold IS NULL",
        Facet is null ? "" : " AND EXISTS (SELECT 1 FROM item_facet c WHERE c.item = i.id AND c.facet = @facet AND c.value = @value)",
        State is null ? "" : $" AND EXISTS (SELECT 1 FROM slot s WHERE s.item = i.id AND s.state = {Number(State.Value)})");

    public void Bind(DbCommand command)
    {
        command.Bind("@project", Project);
        if (Batch is { } batch)
            command.Bind("@batch", batch);
        if (Import is { } import)
            command.Bind("@import", import);
        if (Facet is { } facet)
        {
            command.Bind("@facet", facet.Name);
            command.Bind("@value", facet.Value);
        }
    }

    private static string OfState(SlotState state) =>
        $"SELECT id AS place, item FROM slot WHERE project = @project AND state = {Number(state)} AND id > @after ORDER BY id LIMIT @limit";

    private static string Number(SlotState state) => ((int)state).ToString(CultureInfo.InvariantCulture);
}
