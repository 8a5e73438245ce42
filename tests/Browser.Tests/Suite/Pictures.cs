namespace Cofferdam.Browser.Tests.Suite;

/// <summary>Items that are images: drawn here, so that nobody's pictures are needed.</summary>
internal static class Pictures
{
    public const int Width = 640;
    public const int Height = 420;

    public static Plan Plan { get; } = new(
        "Is the slide usable?",
        [
            new("use", "choice", "Is the slide good enough to count on?", true)
            {
                Options = [new("good", "Good", "g"), new("blurred", "Blurred", "b"), new("dirt", "Dirt or bubbles"), new("empty", "Nothing on it")],
            },
        ],
        []);

    private const string Slide =
        """
        <body style="margin:0"><svg width="640" height="420" viewBox="0 0 640 420">
          <rect width="640" height="420" fill="#f4ecec"/>
          <g fill="#d98b94" stroke="#b9626f" stroke-width="3">
            <circle cx="80" cy="90" r="38"/><circle cx="190" cy="60" r="36"/><circle cx="310" cy="110" r="40"/><circle cx="450" cy="70" r="37"/><circle cx="570" cy="120" r="39"/>
            <circle cx="130" cy="210" r="40"/><circle cx="250" cy="250" r="36"/><circle cx="540" cy="260" r="38"/><circle cx="90" cy="340" r="37"/><circle cx="220" cy="370" r="34"/><circle cx="470" cy="360" r="40"/>
          </g>
          <circle cx="390" cy="220" r="62" fill="#d9cde8" stroke="#8f77b3" stroke-width="3"/>
          <path d="M355 205 q25 -35 50 -5 q30 5 15 35 q-25 25 -50 5 q-30 -5 -15 -35" fill="#5b3f8c"/>
        </svg></body>
        """;

    /// <returns>A PNG.</returns>
    public static async Task<byte[]> DrawAsync(IBrowser chromium)
    {
        var page = await chromium.NewPageAsync(new() { ViewportSize = new() { Width = Width, Height = Height } });
        await page.SetContentAsync(Slide);
        var png = await page.ScreenshotAsync();
        await page.CloseAsync();
        return png;
    }
}
