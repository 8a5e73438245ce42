using System.Net;
using System.Net.Http.Json;
using Cofferdam.Server.Tests;
using Cofferdam.Workforce.Access;

namespace Cofferdam.Workforce.Tests;

/// <summary>People of a vendor as its tests need them.</summary>
internal static class People
{
    /// <summary>An expert with a profile, signed in.</summary>
    public static async Task<(Browser Browser, Guid Person)> ExpertAsync(this RunningVendor vendor, string name, object? profile = null)
    {
        // Ids sort by the millisecond that people came in.
        vendor.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var browser = await vendor.JoinAsync(VendorRole.Expert, name);
        (await browser.PutAsync("/api/me/profile", profile ?? Profile())).Must(HttpStatusCode.NoContent);
        return (browser, (Guid)(await browser.GetAsync("/api/session")).Json["vendor"]!["person"]!);
    }

    /// <summary>A translator in Berlin; what is named is put in place of that.</summary>
    public static object Profile(
        string zone = "Europe/Berlin", int hours = 20, object[]? skills = null, object[]? languages = null, object[]? rates = null, object? own = null, string[]? classes = null) => new
        {
            zone,
            hoursPerWeek = hours,
            skills = skills ?? [new { code = "translation", level = "expert" }],
            languages = languages ?? [new { tag = "de", level = "native" }, new { tag = "en-GB", level = "c1" }],
            rates = rates ?? [new { currency = "EUR", perHour = 4500 }],
            contentClasses = classes ?? [],
            own = own ?? new { fullName = "Ada Canary-Lovelace", email = "ada@canary.example", phone = "+49 30 0000", about = "canary-about-me" },
        };

    /// <summary>The same person after their session has run out.</summary>
    public static async Task<Browser> SignInAgainAsync(this RunningVendor vendor, Browser enrolled, string name)
    {
        var browser = vendor.Browse();
        (await browser.SignInAsync(name, Browser.Password, enrolled.Code(vendor.Clock))).Must(HttpStatusCode.NoContent);
        return browser;
    }

    public static Task<Answer> PutAsync(this Browser browser, string path, object body) => browser.SendAsync(HttpMethod.Put, path, JsonContent.Create(body));
}
