using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace Cofferdam.Architecture.Tests;

/// <summary>The checkout that these tests were built from.</summary>
internal static class Checkout
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Folder(), "..", ".."));

    /// <summary>Names of the projects under <c>src/</c>.</summary>
    public static IEnumerable<string> Projects { get; } =
        [.. Directory.GetDirectories(Path.Combine(Root, "src"))
            .Select(folder => Path.GetFileName(folder))
            .Where(name => File.Exists(ProjectFile(name)))
            .Order(StringComparer.Ordinal)];

    /// <summary>What a project references itself: our projects by name, packages by id, frameworks by id.</summary>
    public static IReadOnlyList<string> References(string project, string element) =>
        [.. XDocument.Load(ProjectFile(project)).Descendants(element)
            .Select(reference => (string)reference.Attribute("Include")!)
            .Select(include => element == "ProjectReference" ? Path.GetFileNameWithoutExtension(include) : include)];

    /// <summary>The SDK that a project is built with.</summary>
    public static string Sdk(string project) => (string)XDocument.Load(ProjectFile(project)).Root!.Attribute("Sdk")!;

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string ProjectFile(string project) => Path.Combine(Root, "src", project, project + ".csproj");

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
