namespace Cofferdam.Browser.Tests.Suite;

/// <summary>Files of the checkout that the tests run in.</summary>
internal static class Checkout
{
    // …/tests/Browser.Tests/bin/<configuration>/net10.0/
    private static readonly DirectoryInfo Here = new(AppContext.BaseDirectory);

    private static readonly string Root = Here.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;

    public static string ServerProgram { get; } =
        Path.Combine(Root, "src", "Server", "bin", Here.Parent!.Name, Here.Name, "cofferdam-server");

    public static string Sample(string file) => Path.Combine(Root, "samples", "everyday-help", file);

    public static string Screens { get; } = Path.Combine(Root, "docs", "screens");

    /// <summary>The accessibility checker, as the web client's own packages hold it.</summary>
    public static string Axe { get; } = Path.Combine(Root, "web", "node_modules", "axe-core", "axe.min.js");
}
