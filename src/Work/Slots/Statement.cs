namespace Cofferdam.Work.Slots;

/// <summary>One SQL statement that both databases understand; parameters are numbered <c>$1</c>, <c>$2</c>, …</summary>
/// <param name="sql">
/// <c>{lock}</c> stands where PostgreSQL has to lock the row it picks, passing over rows that another server has in
/// hand. SQLite has one writer and needs none.
/// </param>
internal sealed class Statement(string sql)
{
    public string Postgres { get; } = sql.Replace("{lock}", "FOR UPDATE OF s SKIP LOCKED", StringComparison.Ordinal);

    public string Sqlite { get; } = sql.Replace("{lock}", "", StringComparison.Ordinal).Replace('$', '?');
}

/// <summary>Takes the values of a statement's parameters, in order.</summary>
internal abstract class Arguments
{
    public abstract void Add(Guid id);

    public abstract void Add(Guid? id);

    public abstract void Add(long number);

    public abstract void Add(bool flag);

    public void Add(DateTimeOffset time) => Add(Storage.Commands.ToMicroseconds(time));
}

/// <summary>A row that a statement returned; columns count from 0.</summary>
internal abstract class Row
{
    public abstract bool IsNull(int column);

    public abstract Guid Id(int column);

    public abstract long Number(int column);

    public abstract bool Flag(int column);

    public Guid? IdOrNull(int column) => IsNull(column) ? null : Id(column);

    public DateTimeOffset Time(int column) => Storage.Commands.FromMicroseconds(Number(column));

    public DateTimeOffset? TimeOrNull(int column) => IsNull(column) ? null : Time(column);
}
