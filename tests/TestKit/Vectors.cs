using System.Text.Json;
using Xunit;

namespace Cofferdam.TestKit;

/// <summary>Known-answer tests: those of others in the folder <c>shared</c> beside the repository, our own in <c>testdata</c>.</summary>
public static class Vectors
{
    /// <summary>A file or folder of vectors published by others; the test says "skipped" where it is not there.</summary>
    /// <param name="path">Below <c>shared/vectors</c>.</param>
    public static string Published(string path) => Shared(Path.Combine("vectors", path));

    /// <summary>A file or folder of real data of others; the test says "skipped" where it is not there.</summary>
    /// <param name="path">Below <c>shared/data</c>.</param>
    public static string RealData(string path) => Shared(Path.Combine("data", path));

    /// <summary>A file of vectors published by others.</summary>
    public static JsonElement PublishedJson(string path) => Parse(Published(path));

    /// <summary>A file of our own vectors.</summary>
    /// <param name="path">Below <c>testdata</c>.</param>
    public static JsonElement Own(string path) => Parse(OwnFile(path));

    /// <summary>Path of a file of our own vectors.</summary>
    /// <param name="path">Below <c>testdata</c>.</param>
    public static string OwnFile(string path) => Path.Combine(Root, "testdata", path);

    /// <summary>A field in hexadecimal.</summary>
    public static byte[] Hex(this JsonElement element, string name) => Convert.FromHexString(element.GetProperty(name).GetString()!);

    /// <summary>A field in text.</summary>
    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static string Root { get; } = FindRoot();

    private static string Shared(string path)
    {
        var full = Path.Combine(Root, "..", "shared", path);
        Assert.SkipUnless(Path.Exists(full), $"There is no ../shared/{path} beside this checkout.");
        return full;
    }

    private static JsonElement Parse(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        return document.RootElement.Clone();
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Cofferdam.slnx")))
                return folder.FullName;
        }

        throw new InvalidOperationException("The tests run outside a checkout.");
    }
}
