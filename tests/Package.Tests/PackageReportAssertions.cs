namespace Cofferdam.Package.Tests;

internal static class PackageReportAssertions
{
    /// <summary>The report has a finding of this kind.</summary>
    /// <returns>What it says.</returns>
    public static string ShouldFailIn(this PackageReport report, PackageCheckKind kind)
    {
        report.IsSound.ShouldBeFalse();
        return report.Checks.First(check => check.Kind == kind && !check.Passed).Finding!;
    }
}
