using System.Text.RegularExpressions;

namespace Cofferdam.Package;

/// <summary>Names of files in a package: what is safe to write below a folder on every system.</summary>
/// <remarks>
/// Segments of ASCII letters, digits, dot, dash and underscore, none of them starting with a dot, joined by slashes, 200
/// characters at most: no absolute paths, no way out of the folder, nothing hidden, no drive letters or streams.
/// </remarks>
public static partial class PackageNames
{
    /// <summary>True where a name may stand in a package.</summary>
    public static bool IsSafe(string name) => name.Length <= 200 && Pattern.IsMatch(name);

    /// <summary>Compares names as the strictest file system would.</summary>
    public static StringComparer Comparer => StringComparer.OrdinalIgnoreCase;

    [GeneratedRegex(@"\A[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern { get; }
}
