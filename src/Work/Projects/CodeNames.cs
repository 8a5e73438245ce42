using System.Security.Cryptography;

namespace Cofferdam.Work.Projects;

/// <summary>Names that say nothing of what they name, for whoever must not know: two random words.</summary>
internal static class CodeNames
{
    private static readonly string[] First =
    [
        "amber", "ashen", "azure", "birch", "bronze", "calm", "cedar", "chalk", "clear", "cobalt", "copper", "coral", "crimson", "dapple",
        "dusky", "ebony", "elder", "ember", "fallow", "fern", "flint", "frost", "gentle", "gilded", "granite", "hazel", "heather", "indigo",
        "iron", "ivory", "jade", "juniper", "keen", "larch", "lilac", "linen", "lunar", "maple", "marble", "mellow", "misty", "mossy", "nimble",
        "oaken", "ochre", "olive", "opal", "pearl", "pewter", "quartz", "quiet", "russet", "sable", "saffron", "sandy", "silver", "slate",
        "solar", "steady", "tawny", "teal", "umber", "velvet", "willow",
    ];

    private static readonly string[] Second =
    [
        "badger", "bittern", "brook", "bunting", "canyon", "cove", "crane", "curlew", "delta", "dipper", "dune", "egret", "falcon", "fen",
        "finch", "fjord", "gannet", "glade", "grebe", "grove", "harbour", "hare", "harrier", "heron", "hill", "ibis", "island", "kestrel",
        "lagoon", "lapwing", "lark", "linnet", "marsh", "marten", "meadow", "merlin", "mesa", "moor", "osprey", "otter", "petrel", "pike",
        "pipit", "plover", "puffin", "quail", "rapids", "raven", "reef", "ridge", "robin", "shoal", "shrike", "siskin", "snipe", "spring",
        "starling", "strait", "swift", "tern", "thrush", "valley", "wren", "yarrow",
    ];

    /// <param name="attempt">From 0; a number is added once two words seem used up.</param>
    public static string New(int attempt)
    {
        var words = $"{First[RandomNumberGenerator.GetInt32(First.Length)]}-{Second[RandomNumberGenerator.GetInt32(Second.Length)]}";
        return attempt < 4 ? words : $"{words}-{RandomNumberGenerator.GetInt32(10, 10_000)}";
    }
}
