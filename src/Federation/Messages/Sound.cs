using System.Buffers;

namespace Cofferdam.Federation.Messages;

/// <summary>What codes and rates of a message may be, whoever sent them.</summary>
internal static class Sound
{
    private const int MostCode = 64;
    private const long MostRate = 1_000_000_000;

    private static readonly SearchValues<char>
        CodeCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_.:"),
        TagCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");

    public static bool IsCode(string? code) => code is { Length: > 0 and <= MostCode } && !code.AsSpan().ContainsAnyExcept(CodeCharacters);

    public static bool AreCodes(IReadOnlyList<string> codes, int most) => codes.Count <= most && codes.All(IsCode);

    public static bool AreLanguages(IReadOnlyList<string> tags, int most) =>
        tags.Count <= most && tags.All(tag => tag is { Length: > 1 and <= 35 } && !tag.AsSpan().ContainsAnyExcept(TagCharacters));

    public static bool IsCurrency(string? code) => code is { Length: 3 } && code.All(char.IsAsciiLetterUpper);

    public static bool AreRates(IReadOnlyList<KindRate> rates) =>
        rates.Count > 0
        && rates.All(rate => rate is not null && Enum.IsDefined(rate.Kind) && rate.Each is >= 0 and <= MostRate && rate.Hour is >= 0 and <= MostRate)
        && rates.DistinctBy(rate => rate.Kind).Count() == rates.Count;
}
