using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cofferdam.Federation.Keys;

namespace Cofferdam.Federation.Pairing;

/// <summary>A node as it shows itself when two pair: what the fingerprint covers of it.</summary>
public sealed record NodeCard(Guid Node, VerifyingKey Federation, VerifyingKey Statement);

/// <summary>
/// What the people on both sides compare: 30 digits in six groups, such as <c>04913 88217 60032 11954 73380 25641</c>. The
/// same on both sides if, and only if, each node has the keys that the other one means.
/// </summary>
public static class Fingerprint
{
    /// <summary>Bytes of a salt.</summary>
    public const int SaltBytes = 16;

    private const int Groups = 6, BytesPerGroup = 5;

    /// <summary>The fingerprint of two nodes that pair; which is which makes no difference.</summary>
    /// <remarks>
    /// The node that began sends the hash of its salt with its keys, the other one answers with keys and salt, and only
    /// then the first shows its own. So neither has chosen anything after it knew what the digits would be made of, and
    /// whoever stands between two nodes and pairs with each cannot search for what gives both sides the same digits.
    /// </remarks>
    /// <param name="first">16 random bytes of the node that began.</param>
    /// <param name="second">16 random bytes of the node that answered.</param>
    public static string Of(NodeCard one, NodeCard other, Guid pairing, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        ArgumentOutOfRangeException.ThrowIfNotEqual(first.Length, SaltBytes);
        ArgumentOutOfRangeException.ThrowIfNotEqual(second.Length, SaltBytes);
        string[] nodes = [Line(one), Line(other)];
        Array.Sort(nodes, StringComparer.Ordinal);
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes($"cofferdam/fingerprint@1\n{pairing}\n{Convert.ToHexStringLower(first)}\n{Convert.ToHexStringLower(second)}\n{nodes[0]}\n{nodes[1]}\n"));
        return string.Join(' ', Enumerable.Range(0, Groups).Select(group => Digits(hash.AsSpan(group * BytesPerGroup, BytesPerGroup))));
    }

    /// <summary>Whether what somebody typed or sent is a fingerprint's digits; spaces do not count.</summary>
    public static bool Matches(string? given, string fingerprint) =>
        given is { Length: <= 64 } && Bare(given) == Bare(fingerprint);

    private static string Bare(string text) => string.Concat(text.Where(letter => !char.IsWhiteSpace(letter)));

    private static string Line(NodeCard node) => $"{node.Node} {node.Federation.Kid} {node.Statement.Kid}";

    private static string Digits(ReadOnlySpan<byte> bytes)
    {
        ulong number = 0;
        foreach (var one in bytes)
            number = (number << 8) | one;
        return (number % 100_000).ToString("D5", CultureInfo.InvariantCulture);
    }
}
