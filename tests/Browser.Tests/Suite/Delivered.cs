using System.Text.Json;
using Cofferdam.Package;

namespace Cofferdam.Browser.Tests.Suite;

/// <summary>What a downloaded package holds.</summary>
internal static class Delivered
{
    /// <summary>The rows of one of its files, once the package is found sound.</summary>
    public static async Task<IReadOnlyList<JsonElement>> RowsAsync(string package, Insider staff, string file)
    {
        var key = Convert.FromBase64String((await staff.Lab.DeliveryKeyAsync()).OrThrow().Key);
        var folder = Directory.CreateTempSubdirectory("cofferdam-delivered-");
        try
        {
            var report = await PackageVerifier.UnpackAsync(package, Path.Combine(folder.FullName, "package"), key);
            report.IsSound.ShouldBeTrue(string.Join('\n', report.Checks.Where(check => !check.Passed)));
            return [.. (await File.ReadAllLinesAsync(Path.Combine(folder.FullName, "package", file))).Select(line => JsonElement.Parse(line))];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>"LABEL words" of each span of a row, cut out of its text by the offsets alone.</summary>
    public static IEnumerable<string> Marked(JsonElement row)
    {
        var points = row.GetProperty("text").GetString()!.EnumerateRunes().ToArray();
        return row.GetProperty("spans").EnumerateArray().Select(span =>
            $"{span.GetProperty("label").GetString()} {string.Concat(points[span.GetProperty("start").GetInt32()..span.GetProperty("end").GetInt32()])}");
    }
}
