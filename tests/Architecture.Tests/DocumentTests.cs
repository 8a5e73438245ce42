using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Cofferdam.Architecture.Tests;

/// <summary>What the documents say to type exists, and what they point to is there.</summary>
public sealed partial class DocumentTests
{
    private static readonly string[] Pages =
        [.. new[] { "README.md", "CONTRIBUTING.md", "SECURITY.md" }
            .Concat(Directory.GetFiles(Path.Combine(Checkout.Root, "docs"), "*.md", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(Checkout.Root, file)))];

    public static TheoryData<string> All { get; } = [.. Pages];

    [Theory]
    [MemberData(nameof(All))]
    public void ShellCommands_InAPage_AreThere(string page)
    {
        foreach (Match block in ShellBlock().Matches(Checkout.Read(page)))
        {
            foreach (var line in block.Groups["body"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                if (!line.StartsWith("./", StringComparison.Ordinal))
                    continue;
                var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                File.Exists(Path.Combine(Checkout.Root, words[0])).ShouldBeTrue($"{page}: {line}");
                if (words[0] == "./cofferdam" && words.Length > 1 && !words[1].StartsWith('-'))
                    Verbs().ShouldContain(words[1], $"{page}: {line}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Links_InAPage_LeadToAFile(string page)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Checkout.Root, page))!;
        foreach (Match link in Link().Matches(Checkout.Read(page)))
        {
            var target = link.Groups["target"].Value;
            if (!target.Contains("://", StringComparison.Ordinal))
                Path.Exists(Path.Combine(folder, target)).ShouldBeTrue($"{page} points to {target}");
        }
    }

    [Fact]
    public void ThreatModel_PromisesShownBy_NameTestClassesThatExist()
    {
        var sources = Directory.GetFiles(Path.Combine(Checkout.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .ToHashSet(StringComparer.Ordinal);
        foreach (Match name in TestClass().Matches(Checkout.Read("docs/threat-model.md")))
            sources.ShouldContain(name.Groups["name"].Value);
    }

    /// <summary>The command line's verbs: the names given to commands in its sources.</summary>
    private static HashSet<string> Verbs() =>
        [.. Directory.GetFiles(Path.Combine(Checkout.Root, "src", "Cli"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Verb().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["name"].Value)];

    [GeneratedRegex("^```sh\n(?<body>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex ShellBlock();

    [GeneratedRegex(@"\]\((?<target>[^)#\s]+)(#[^)]*)?\)")]
    private static partial Regex Link();

    [GeneratedRegex("`(?<name>[A-Z][A-Za-z]+Tests)`")]
    private static partial Regex TestClass();

    [GeneratedRegex("(Command|Create|new)\\(\\s*\"(?<name>[a-z][a-z-]*)\"")]
    private static partial Regex Verb();
}
