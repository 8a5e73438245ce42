using System.Text.Json;

namespace Cofferdam.Cli.Demo;

/// <summary>A vote as delivered.</summary>
/// <param name="Points">The response it is for, as JSON; null for a tie, or where the item's responses are not in the file.</param>
internal sealed record DeliveredVote(string Annotator, string Shown, int Strength, string? Rationale, string? Points);

/// <summary>An unpacked preference delivery, read as its recipient would.</summary>
internal sealed class DeliveredBook
{
    public Dictionary<Guid, IReadOnlyList<DeliveredVote>> Votes { get; } = [];

    public long Rows { get; private set; }

    public long Ties { get; private set; }

    public long Unfit { get; private set; }

    public static async Task<DeliveredBook> ReadAsync(string folder, CancellationToken cancellation)
    {
        var book = new DeliveredBook();
        foreach (var path in Directory.GetFiles(Path.Combine(folder, "data", "preference"), "*.jsonl"))
        {
            await foreach (var line in File.ReadLinesAsync(path, cancellation))
            {
                using var row = JsonDocument.Parse(line);
                book.Add(Path.GetFileNameWithoutExtension(path), row.RootElement);
            }
        }

        return book;
    }

    private void Add(string file, JsonElement row)
    {
        var sides = file switch { "ties" => ("a", "b"), "unfit" => (null, null), _ => Decided(row) };
        switch (file)
        {
            case "ties": Ties++; break;
            case "unfit": Unfit++; break;
            default: Rows++; break;
        }

        Votes.Add(row.GetProperty("item").GetGuid(), [.. row.GetProperty("votes").EnumerateArray().Select(vote => new DeliveredVote(
            vote.GetProperty("annotator").GetString()!,
            vote.GetProperty("shown").GetString()!,
            vote.GetProperty("strength").GetInt32(),
            vote.GetProperty("rationale").GetString(),
            (vote.GetProperty("preference").GetString() switch { "a" => sides.Item1, "b" => sides.Item2, _ => null }) is { } field
                ? DemoLog.Normal(row.GetProperty(field).GetRawText())
                : null))]);
    }

    /// <summary>In which field each response of a decided row stands: the chosen one is the one that most votes are for.</summary>
    private static (string? A, string? B) Decided(JsonElement row)
    {
        var sum = row.GetProperty("votes").EnumerateArray().Sum(vote => vote.GetProperty("preference").GetString() switch { "a" => 1, "b" => -1, _ => 0 });
        return sum > 0 ? ("chosen", "rejected") : ("rejected", "chosen");
    }
}
