using Cofferdam.ApiClient;

namespace Cofferdam.Cli.Tests;

public sealed class TotpTests
{
    // RFC 6238 appendix B, SHA-1: the last six of its eight digits. The secret is "12345678901234567890".
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Code_PublishedVectors_GivesTheirDigits(long seconds, string code) =>
        Totp.Code("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", DateTimeOffset.FromUnixTimeSeconds(seconds)).ShouldBe(code);

    [Fact]
    public void Code_LowerCaseAndPadded_IsTheSame() =>
        Totp.Code("gezdgnbvgy3tqojqgezdgnbvgy3tqojq====", DateTimeOffset.FromUnixTimeSeconds(59)).ShouldBe("287082");

    [Fact]
    public void Code_NotBase32_Throws() => Should.Throw<FormatException>(() => Totp.Code("0189", DateTimeOffset.UnixEpoch));
}
