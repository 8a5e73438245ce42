using System.Globalization;

namespace Cofferdam.Bench;

/// <summary>What a measurement is asked for.</summary>
/// <param name="Json">One object on standard output, and nothing else there.</param>
/// <param name="Slots">Open slots at the start.</param>
/// <param name="Rows">Rows to import, or items to list.</param>
/// <param name="Size">Leaves of the long log.</param>
/// <param name="Seconds">Of each side in each round.</param>
/// <param name="Experts">Of a vendor.</param>
/// <param name="Engagements">Of a vendor.</param>
/// <param name="Events">Work events that a vendor is told.</param>
/// <param name="Pages">Open at a lab when it suspends.</param>
/// <param name="People">Whom a vendor withdraws from a lab.</param>
internal sealed record Options(
    bool Json, string Store, int Slots, int Connections, int Seconds, int Rounds, int Rows = 1_000_000, int Size = 10_000_000, int Experts = 100_000, int Engagements = 200,
    int Events = 40_000, int Pages = 500, int People = 50)
{
    public static Options Parse(IReadOnlyList<string> args)
    {
        var options = new Options(Json: false, Store: "sqlite", Slots: 1_000_000, Connections: 64, Seconds: 3, Rounds: 5);
        for (var i = 0; i < args.Count; i++)
        {
            options = args[i] switch
            {
                "--json" => options with { Json = true },
                "--store" => options with { Store = args[++i] },
                "--slots" => options with { Slots = Number(args[++i]) },
                "--rows" or "--items" => options with { Rows = Number(args[++i]) },
                "--size" => options with { Size = Number(args[++i]) },
                "--connections" => options with { Connections = Number(args[++i]) },
                "--experts" => options with { Experts = Number(args[++i]) },
                "--engagements" => options with { Engagements = Number(args[++i]) },
                "--events" => options with { Events = Number(args[++i]) },
                "--pages" => options with { Pages = Number(args[++i]) },
                "--people" => options with { People = Number(args[++i]) },
                "--seconds" => options with { Seconds = Number(args[++i]) },
                "--rounds" => options with { Rounds = Number(args[++i]) },
                var other => throw new ArgumentException($"no such option: {other}", nameof(args)),
            };
        }

        return options;
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
}
