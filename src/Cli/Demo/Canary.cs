using System.Security.Cryptography;
using System.Text;

namespace Cofferdam.Cli.Demo;

/// <summary>A mark planted in everything confidential of one run, and the bytes that would give it away at rest.</summary>
internal sealed class Canary
{
    private readonly List<byte[]> patterns = [];

    /// <summary>Random, so that nothing but this run can have written it; letters and digits, so that no encoding escapes them.</summary>
    public string Mark { get; } = "canary" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(10));

    public Canary() => Watch(Mark);

    /// <summary>At least as long as any pattern.</summary>
    public int LongestPattern { get; private set; }

    public IReadOnlyList<byte[]> Patterns => patterns;

    /// <summary>Watches for a text in UTF-8, in UTF-16 and in base64, wherever in the encoded bytes it stands.</summary>
    /// <param name="text">At least 16 characters.</param>
    public void Watch(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        patterns.Add(utf8);
        patterns.Add(Encoding.Unicode.GetBytes(text));
        for (var offset = 0; offset < 3; offset++)
            patterns.Add(Base64At(utf8, offset));
        LongestPattern = patterns.Max(pattern => pattern.Length);
    }

    /// <summary>The part of the base64 text that depends on these bytes alone, where they begin at a given place in a group of three.</summary>
    private static byte[] Base64At(byte[] bytes, int offset)
    {
        var text = Convert.ToBase64String([.. new byte[offset], .. bytes]);
        var from = offset == 0 ? 0 : 4;
        var to = (offset + bytes.Length) / 3 * 4;
        return Encoding.ASCII.GetBytes(text[from..to]);
    }
}
