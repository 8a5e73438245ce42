using Cofferdam.Server.SignIn;
using Xunit;

namespace Cofferdam.Server.Tests;

public sealed class TotpTests
{
    /// <summary>RFC 6238 Appendix B, SHA-1, cut to six digits.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Code_OfTheStandardsSecret_IsTheStandardsCode(long seconds, string code) =>
        Totp.Code("12345678901234567890"u8, seconds / 30).ShouldBe(code);

    [Fact]
    public void Match_OneStepEarlyOrLate_IsTaken()
    {
        var secret = "12345678901234567890"u8.ToArray();
        var now = DateTimeOffset.FromUnixTimeSeconds(1111111109);
        Totp.Match(secret, "081804", now).ShouldBe(1111111109 / 30);
        Totp.Match(secret, "081804", now.AddSeconds(30)).ShouldBe(1111111109 / 30);
        Totp.Match(secret, "081804", now.AddSeconds(-30)).ShouldBe(1111111109 / 30);
        Totp.Match(secret, "081804", now.AddSeconds(60)).ShouldBeNull();
        Totp.Match(secret, "81804", now).ShouldBeNull();
    }

    [Fact]
    public void Base32_OfTheStandardsSecret_ReadsBack()
    {
        Totp.Base32("12345678901234567890"u8).ShouldBe("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        Totp.FromBase32("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").ShouldBe("12345678901234567890"u8.ToArray());
    }
}
