using System.Text.Json;

namespace Cofferdam.Browser.Tests.Suite;

/// <summary>The axe checker (<c>axe-core</c>), by the success criteria of WCAG 2.2 A and AA and its own good practice.</summary>
internal static class Axe
{
    private const string Run =
        """
        async () => {
          const found = await axe.run(document, {
            runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
            resultTypes: ['violations', 'incomplete'],
            elementRef: true,
          });
          // A contrast that could not be computed is one that nobody knows to be enough.
          const bad = [...found.violations, ...found.incomplete.filter((rule) => rule.id === 'color-contrast')];
          // It computes none for words in drawings, for signs that are no letters, and for what is half scrolled out of its
          // pane. They have their ink and the panel below them like any word: reckoned here.
          const drawn = (node) =>
            node.element?.closest('svg') ||
            node.any.some(({ data }) => ['nonBmp', 'shortTextContent'].includes(data?.messageKey) || (data?.messageKey === 'elmPartiallyObscured' && uncovered(node.element)));
          const uncovered = (element) => {
            element.scrollIntoView({ block: 'center' });
            const { left, top, width, height } = element.getBoundingClientRect();
            const above = document.elementFromPoint(left + Math.min(width / 2, 8), top + height / 2);
            return above !== null && (element.contains(above) || above.contains(element));
          };
          const light = (colour) => {
            const [r, g, b] = colour.match(/[\d.]+/g).map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const ground = (element) => {
            for (let at = element; at; at = at.parentElement) {
              const colour = getComputedStyle(at).backgroundColor;
              if (!/, 0\)$/.test(colour)) return colour;
            }
            return 'rgb(255, 255, 255)';
          };
          const contrast = (element) => {
            const [low, high] = [light(getComputedStyle(element)[element.closest('svg') ? 'fill' : 'color']), light(ground(element))].sort((x, y) => x - y);
            return (high + 0.05) / (low + 0.05);
          };
          for (const rule of bad)
            if (rule.id === 'color-contrast') rule.nodes = rule.nodes.filter((node) => !drawn(node) || contrast(node.element) < 4.5);
          return bad.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary ?? node.any.map((check) => check.message).join(' ')}`));
        }
        """;

    /// <summary>Puts the checker into every page of a visitor, past the content policy, which lets no script in.</summary>
    public static Task AddAsync(Visitor visitor)
    {
        Assert.SkipUnless(File.Exists(Checkout.Axe), "web/node_modules is not installed; ./test installs it.");
        return visitor.Context.AddInitScriptAsync(scriptPath: Checkout.Axe);
    }

    /// <summary>Checks the page as it stands, light and dark.</summary>
    public static async Task CheckAsync(IPage page, string where)
    {
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await Expect(page.Locator("html")).ToHaveAttributeAsync("data-mantine-color-scheme", scheme == ColorScheme.Light ? "light" : "dark");
            // Colours that still fade from one scheme into the other are neither's.
            await page.WaitForFunctionAsync("() => document.getAnimations().every((animation) => animation.playState !== 'running')");
            var found = await page.EvaluateAsync<JsonElement>(Run);
            found.EnumerateArray().Select(line => $"{where}, {scheme}: {line}").ShouldBeEmpty();
        }
    }
}
