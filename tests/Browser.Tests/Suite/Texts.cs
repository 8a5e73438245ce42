namespace Cofferdam.Browser.Tests.Suite;

internal static class Texts
{
    /// <summary>"How do I keep mint fresh for long?", with two answers, in Arabic.</summary>
    public static string RightToLeft { get; } = Lab.Row(
        "eh-ar-1",
        "كيف أحافظ على النعناع طازجًا لأطول مدة؟",
        "ضع السيقان في كوب فيه 3 سم من الماء، وغطِّ الأوراق بكيس، واحفظ الكوب في الثلاجة. بدّل الماء كل يومين، فيبقى النعناع طازجًا نحو 10 أيام.",
        "ضعه في أي مكان بارد. إذا ذبل فاشترِ غيره.");
}
