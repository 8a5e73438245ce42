using System.Globalization;
using System.Text.RegularExpressions;

namespace Cofferdam.Work.Slots;

/// <summary>One SQL statement that both databases understand; parameters are numbered <c>$1</c>, <c>$2</c>, …</summary>
/// <param name="sql">
/// <c>{lock}</c> stands where PostgreSQL has to lock the row it picks, passing over rows that another server has in
/// hand; <c>{hold}</c> where it has to wait for them. SQLite has one writer and needs neither.
/// </param>
internal sealed partial class Statement(string sql)
{
    public string Postgres { get; } = sql
        .Replace("{lock}", "FOR UPDATE OF s SKIP LOCKED", StringComparison.Ordinal)
        .Replace("{hold}", "FOR UPDATE OF s", StringComparison.Ordinal);

    public string Sqlite { get; } = sql
        .Replace("{lock}", "", StringComparison.Ordinal)
        .Replace("{hold}", "", StringComparison.Ordinal)
        .Replace('$', '?');

    /// <summary>Number of its last parameter.</summary>
    public int Parameters { get; } = Numbers().Matches(sql).Select(match => int.Parse(match.ValueSpan[1..], CultureInfo.InvariantCulture)).DefaultIfEmpty().Max();

    [GeneratedRegex(@"\$[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Numbers();
}

/// <summary>Takes the values of a statement's parameters, in order.</summary>
internal abstract class Arguments
{
    public abstract void Add(Guid id);

    public abstract void Add(Guid? id);

    public abstract void Add(long number);

    public abstract void Add(bool flag);

    public abstract void Add(bool? flag);

    public abstract void Add(double number);

    public abstract void Add(byte[]? bytes);

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
