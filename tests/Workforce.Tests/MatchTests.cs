using System.Net;
using System.Text.Json.Nodes;
using Cofferdam.Server.Tests;
using Cofferdam.Storage;
using Cofferdam.TestKit;
using Cofferdam.Workforce.Access;
using Cofferdam.Workforce.Agreements;
using Cofferdam.Workforce.Matching;
using Microsoft.Extensions.DependencyInjection;

namespace Cofferdam.Workforce.Tests;

public sealed class MatchTests
{
    private static readonly object GermanTranslation = new
    {
        skills = new[] { new { anyOf = new object[] { new { code = "translation", level = "working" }, new { code = "interpreting" } } } },
        languages = new[] { new { tag = "de", level = "c1" }, new { tag = "en", level = "b2" } },
        rate = new { currency = "EUR", maxPerHour = 5000 },
        hoursPerWeek = 10,
        zone = new { zone = "America/New_York", from = 540, to = 1020, overlapHours = 6 },
    };

    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Matches_OfANeed_AreInTheOrderThatThePageSaysWithReasonsInWords(string database)
    {
        await using var vendor = await RunningVendor.StartAsync(database);
        using var manager = await vendor.JoinAsync(VendorRole.Manager, "mia");
        var (_, dear) = await vendor.ExpertAsync("dear", People.Profile(rates: [new { currency = "EUR", perHour = 4900 }]));
        var (_, cheap) = await vendor.ExpertAsync("cheap");
        var (_, sleepy) = await vendor.ExpertAsync("sleepy", People.Profile(zone: "Asia/Tokyo"));
        var (_, shy) = await vendor.ExpertAsync("shy", People.Profile(languages: [new { tag = "de", level = "b2" }, new { tag = "en", level = "c2" }]));
        await vendor.ExpertAsync("unskilled", People.Profile(skills: [new { code = "law", level = "expert" }]));

        var fit = (await FindAsync(manager, GermanTranslation)).Must(HttpStatusCode.OK).Json;
        var near = (await FindAsync(manager, GermanTranslation, missing: 1)).Must(HttpStatusCode.OK).Json;

        Ids(fit).ShouldBe([cheap, dear]);
        ((string)fit["rule"]!).ShouldContain("who asks less in EUR first");
        Reasons(fit, 0).ShouldContain("translation: expert by their own word; the need asks working.");
        // en is asked for, en-GB is spoken.
        Reasons(fit, 0).ShouldContain("Speaks en at C1; the need asks B2.");
        Ids(near).ShouldBe([sleepy, shy]);
        near["people"]![1]!["missing"]!.GetValue<int>().ShouldBe(1);
        Reasons(near, 1).ShouldContain("Speaks de at B2; the need asks C1.");
        Reasons(near, 0).Single(reason => reason.StartsWith("Lives by Asia/Tokyo", StringComparison.Ordinal)).ShouldContain("the need asks 6");
    }

    [Fact]
    public async Task Filters_OfTheAddress_GoOnFromPageToPage()
    {
        await using var vendor = await RunningVendor.StartAsync();
        using var manager = await vendor.JoinAsync(VendorRole.Manager, "mia");
        List<Guid> people = [];
        foreach (var name in (string[])["one", "two", "three"])
            people.Add((await vendor.ExpertAsync(name)).Person);

        const string query = "/api/desk/experts?skill=law,translation:expert&language=de:C1&rate=EUR:5000&limit=2";
        var first = (await manager.GetAsync(query)).Must(HttpStatusCode.OK).Json;
        var second = (await manager.GetAsync($"{query}&after={(string)first["next"]!}")).Must(HttpStatusCode.OK).Json;

        Ids(first).Concat(Ids(second)).ShouldBe(people);
        second["next"].ShouldBeNull();
        (await manager.GetAsync("/api/desk/experts?skill=law:great")).Must(HttpStatusCode.BadRequest);
        (await manager.GetAsync("/api/desk/experts?language=de")).Must(HttpStatusCode.BadRequest);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Gate_OfAgreementsTrainingAndRivals_SaysWhatIsMissingAndUntilWhen(string database)
    {
        await using var vendor = await RunningVendor.StartAsync(database);
        using var owner = await vendor.OwnerAsync();
        var (ada, person) = await vendor.ExpertAsync("ada");
        var (north, south) = (Guid.NewGuid(), Guid.NewGuid());
        (await owner.PutAsync("/api/desk/agreements/nda", new { title = "Secrecy", kind = "confidentiality", text = "First text.", forEverybody = true })).Must(HttpStatusCode.OK);
        (await owner.PutAsync("/api/desk/training/safety", new { title = "Safety", text = "Read this.", goodForDays = 30 })).Must(HttpStatusCode.NoContent);
        (await owner.PutAsync($"/api/desk/rivals/{Guid.NewGuid()}", new { name = "Two", coolOffDays = 90, labs = new[] { north, south } })).Must(HttpStatusCode.NoContent);
        var need = new NeedTerms { Training = ["safety"], Lab = north };
        await UseAsync(vendor, (db, _) => db.WorkedAsync(person, south, vendor.Clock.GetUtcNow(), default));

        (await GateAsync(vendor, need, person)).Select(one => one.Kind).ShouldBe([CriterionKind.Agreement, CriterionKind.Training, CriterionKind.Conflict]);

        await SignAsync(ada);
        (await ada.PostAsync("/api/me/training/safety/done")).Must(HttpStatusCode.NoContent);
        var conflict = (await GateAsync(vendor, need, person)).ShouldHaveSingleItem();
        conflict.Reason.ShouldEndWith($"the cool-off time of 90 days ends on {vendor.Clock.GetUtcNow().AddDays(90):yyyy-MM-dd}.");

        vendor.Clock.Advance(TimeSpan.FromDays(91));
        (await GateAsync(vendor, need, person)).ShouldHaveSingleItem().Kind.ShouldBe(CriterionKind.Training);
        // A new text is to be signed anew; the same words again are not.
        using var later = await vendor.SignInAgainAsync(owner, "owner-of-atlas");
        (await later.PutAsync("/api/desk/agreements/nda", new { title = "Secrecy", kind = "confidentiality", text = "First text.", forEverybody = true })).Must(HttpStatusCode.OK);
        (await GateAsync(vendor, new NeedTerms(), person)).ShouldBeEmpty();
        (await later.PutAsync("/api/desk/agreements/nda", new { title = "Secrecy", kind = "confidentiality", text = "Second text.", forEverybody = true })).Must(HttpStatusCode.OK);
        (await GateAsync(vendor, new NeedTerms(), person)).ShouldHaveSingleItem().Reason.ShouldBe("Has signed version 1 of nda; the current one is 2.");
    }

    [Fact]
    public async Task Sign_OfATextThatWasNotShown_IsRefused()
    {
        await using var vendor = await RunningVendor.StartAsync();
        using var owner = await vendor.OwnerAsync();
        var (ada, _) = await vendor.ExpertAsync("ada");
        (await owner.PutAsync("/api/desk/agreements/nda", new { title = "Secrecy", kind = "confidentiality", text = "Text." })).Must(HttpStatusCode.OK);

        (await ada.PostAsync("/api/me/agreements/nda/signature", new { version = 1, sha256 = new string('0', 64), name = "Ada" })).Must(HttpStatusCode.Conflict).Code.ShouldBe("other-text");
        await SignAsync(ada);
    }

    // 09:00 to 17:00 in Los Angeles. Berlin: 18:00 to 02:00, awake to 23:00. Tokyo: 02:00 to 10:00, awake from 07:00.
    [Theory]
    [InlineData("Europe/Berlin", "2026-01-14", 5)]
    [InlineData("America/New_York", "2026-01-14", 8)]
    [InlineData("Asia/Tokyo", "2026-01-14", 3)]
    // Three weeks in which there is summer time in Los Angeles and not yet in Berlin: 17:00 to 01:00.
    [InlineData("Europe/Berlin", "2026-03-16", 6)]
    public void Hours_OfAWorkingDayElsewhere_AreThoseInWhichPeopleAreAwake(string zone, string day, double hours) =>
        ZoneOverlap.Hours(new ZoneNeed("America/Los_Angeles", 9 * 60, 17 * 60, 1), zone, DateTimeOffset.Parse($"{day}T20:00:00Z")).ShouldBe(hours);

    private static async Task SignAsync(Browser expert)
    {
        var text = (await expert.GetAsync("/api/me/agreements")).Must(HttpStatusCode.OK).Json[0]!;
        (await expert.PostAsync($"/api/me/agreements/{(string)text["code"]!}/signature", new { version = (int)text["version"]!, sha256 = (string)text["sha256"]!, name = "Ada Canary-Lovelace" }))
            .Must(HttpStatusCode.NoContent);
    }

    private static Task<Answer> FindAsync(Browser manager, object terms, int missing = 0) => manager.PostAsync("/api/desk/matches", new { terms, missing });

    private static async Task<IReadOnlyList<Criterion>> GateAsync(RunningVendor vendor, NeedTerms need, Guid person)
    {
        IReadOnlyList<Criterion> gate = [];
        await UseAsync(vendor, async (_, matches) => gate = await matches.GateAsync(need, person, default));
        return gate;
    }

    private static async Task UseAsync(RunningVendor vendor, Func<AppDb, Matches, Task> use)
    {
        await using var scope = vendor.App.Services.CreateAsyncScope();
        await use(scope.ServiceProvider.GetRequiredService<AppDb>(), scope.ServiceProvider.GetRequiredService<Matches>());
    }

    private static IEnumerable<Guid> Ids(JsonNode page) => page["people"]!.AsArray().Select(one => (Guid)one!["person"]!);

    private static IEnumerable<string> Reasons(JsonNode page, int at) => page["people"]![at]!["criteria"]!.AsArray().Select(one => (string)one!["reason"]!);
}
