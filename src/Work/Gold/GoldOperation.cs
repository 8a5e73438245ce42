using Cofferdam.Work.Slots;

namespace Cofferdam.Work.Gold;

/// <summary>
/// Makes an item one whose answer is known. False where somebody has begun to work on it: an answer that counts must not
/// turn into a test afterwards. Its open slots are cancelled.
/// </summary>
internal sealed class GoldOperation(Places places, Guid project, Guid item, Guid record) : SlotOperation<bool>(false)
{
    private static readonly Statement Mark = new("""
        UPDATE item SET gold = $3 WHERE id = $1 AND project = $2
          AND NOT EXISTS (SELECT 1 FROM slot s WHERE s.item = $1 AND s.gold = FALSE AND s.state NOT IN (0, 6))
        RETURNING id
        """);

    private static readonly Statement Cancel = new("""
        UPDATE slot SET state = 6 WHERE item = $1 AND project = $2 AND state = 0 AND gold = FALSE
          AND EXISTS (SELECT 1 FROM item i WHERE i.id = $1 AND i.gold = $3)
        RETURNING batch
        """);

    private static readonly Statement[] Statements = [Mark, Cancel];

    public override ReadOnlySpan<Statement> Script => Statements;

    public override void Bind(Statement statement, Arguments arguments)
    {
        arguments.Add(item);
        arguments.Add(project);
        arguments.Add(record);
    }

    public override void Read(Statement statement, Row row)
    {
        if (statement == Mark)
            Outcome = true;
        else
            places.Freed(row.Id(0));
    }
}
