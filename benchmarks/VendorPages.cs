using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;

namespace Cofferdam.Bench;

/// <summary>How long a vendor's staff wait for matches and rosters, over HTTP.</summary>
internal static class VendorPages
{
    private const int Times = 25;

    /// <param name="cookie">The owner's.</param>
    public static async Task<IReadOnlyDictionary<string, int[]>> MeasureAsync(HttpClient http, string cookie, Guid lab, int engagements, Action<string> progress)
    {
        var monday = DateTime.UtcNow.AddDays(-(((int)DateTime.UtcNow.DayOfWeek + 6) % 7)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        string Of(int engagement) => VendorSeed.Id(VendorSeed.Engagements, engagement % engagements).ToString();
        var need = new
        {
            terms = new
            {
                skills = (object[])[new { anyOf = (object[])[new { code = "law" }, new { code = "skill-3" }] }],
                languages = (object[])[new { tag = "de", level = "b2" }],
                rate = new { currency = "EUR", maxPerHour = 6000 },
                hoursPerWeek = 10,
                zone = new { zone = "Europe/Berlin", from = 540, to = 1020, overlapHours = 4 },
                contentClasses = (string[])["violence"],
                agreements = (string[])["nda"],
                lab,
            },
            missing = 0,
        };
        // Each a page; the number is how often it was asked, so that not every request is for the same people.
        var pages = new Dictionary<string, Func<int, HttpRequestMessage>>(StringComparer.Ordinal)
        {
            ["experts, by skill, language, rate, hours and zone"] = i => Get($"experts?skill=law&language=en:B2&rate=EUR:{5000 + i}&hours=10&zone=Europe/Berlin:540-1020:4"),
            ["experts, all that miss one"] = i => Get($"experts?skill=law&language=de:B2&rate=EUR:{5000 + i}&hours=10&missing=1"),
            ["experts, all that miss three"] = i => Get($"experts?language=de:C1&rate=EUR:{5000 + i}&hours=30&content=violence&zone=Europe/Berlin:540-1020:4&missing=3"),
            ["experts, by a rare skill"] = i => Get($"experts?skill=rare:expert&rate=EUR:{9000 + i}"),
            ["experts, by a verified skill, in order of joining"] = i => Get($"experts?skill=law:working!&hours={1 + (i % 20)}"),
            ["experts, whom nobody is like"] = i => Get($"experts?skill=law,skill-3&skill=none&rate=EUR:{3000 + i}"),
            ["experts, a later page"] = i => Get($"experts?skill=law&language=en:B2&rate=EUR:9000&after={5000 + (i * 100)}.{Guid.Empty:N}"),
            ["match of a whole need, with gates and conflicts"] = _ => new HttpRequestMessage(HttpMethod.Post, "/api/desk/matches") { Content = JsonContent.Create(need) },
            ["match of a whole need, who miss two"] = _ => new HttpRequestMessage(HttpMethod.Post, "/api/desk/matches") { Content = JsonContent.Create(new { need.terms, missing = 2 }) },
            ["roster of an engagement"] = i => Get($"roster?engagement={Of(1 + i)}&monday={monday}"),
            ["roster of the largest engagement"] = _ => Get($"roster?engagement={Of(0)}&monday={monday}"),
            ["roster, a later page"] = _ => Get($"roster?engagement={Of(0)}&monday={monday}&after={VendorSeed.Id(VendorSeed.Placements, engagements * VendorSeed.Placed)}"),
            ["teams"] = _ => Get($"roster/teams?engagement={Of(0)}"),
            ["engagements"] = _ => Get("engagements"),
            ["needs"] = _ => Get("needs"),
            ["placements of an engagement"] = i => Get($"placements?engagement={Of(i)}"),
        };
        var micros = new Dictionary<string, int[]>(StringComparer.Ordinal);
        foreach (var (what, page) in pages)
        {
            var taken = new List<int>(Times);
            // The first is the program's own warming up.
            for (var i = -1; i < Times; i++)
            {
                var begun = Stopwatch.GetTimestamp();
                await http.AskAsync(page(i + 1).As(cookie));
                if (i >= 0)
                    taken.Add((int)Stopwatch.GetElapsedTime(begun).TotalMicroseconds);
            }

            micros[what] = [.. taken.Order()];
            progress($"{what}: median {Figures.Percentile(micros[what], 0.5)} ms, worst {Figures.Percentile(micros[what], 1)} ms");
        }

        return micros;
    }

    private static HttpRequestMessage Get(string page) => new(HttpMethod.Get, $"/api/desk/{page}");
}
