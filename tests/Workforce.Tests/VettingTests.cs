using System.Net;
using Cofferdam.TestKit;
using Cofferdam.Workforce.Access;
using Cofferdam.Workforce.Vetting;
using Microsoft.Extensions.DependencyInjection;

namespace Cofferdam.Workforce.Tests;

public sealed class VettingTests
{
    private static readonly object Choice = new { key = "q1", text = "2 + 2?", points = 3, options = new[] { "3", "4" }, right = 1, why = "Count." };
    private static readonly object Words = new { key = "q2", text = "Explain.", points = 2, criteria = new[] { "Names the cause", "Is short" }, why = "As in the guide." };

    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Test_ScoredByAPerson_ShowsEveryCriterionAndMarksTheSkill(string database)
    {
        await using var vendor = await RunningVendor.StartAsync(database);
        using var manager = await vendor.JoinAsync(VendorRole.Manager, "mia");
        var (ada, person) = await vendor.ExpertAsync("ada");
        (await manager.PutAsync("/api/desk/qualifications/maths", Test(minutes: 30, Choice, Words))).Must(HttpStatusCode.OK);

        var begun = (await ada.PostAsync("/api/me/qualifications/maths/sittings")).Must(HttpStatusCode.Created);
        begun.Text.ShouldNotContain("right");
        ((bool)begun.Json["paid"]!).ShouldBeTrue();
        var sitting = $"/api/me/sittings/{(Guid)begun.Json["id"]!}";
        vendor.Clock.Advance(TimeSpan.FromMinutes(20));
        var waits = (await ada.PostAsync($"{sitting}/answers", new { answers = new object[] { new { question = "q1", option = 1 }, new { question = "q2", text = "Because." } } }))
            .Must(HttpStatusCode.OK).Json;
        ((string)waits["sitting"]!["state"]!, waits["feedback"]).ShouldBe(("toBeScored", null));
        var desk = $"/api/desk/sittings/{(Guid)begun.Json["id"]!}/score";
        (await manager.PostAsync(desk, new { marks = new[] { new { question = "q2", met = new[] { true } } } })).Must(HttpStatusCode.BadRequest);
        (await manager.PostAsync(desk, new { marks = new[] { new { question = "q2", met = new[] { true, false }, comment = "Good." } } })).Must(HttpStatusCode.OK);

        var result = (await ada.GetAsync(sitting)).Must(HttpStatusCode.OK).Json;
        ((int)result["sitting"]!["score"]!, (bool)result["sitting"]!["passed"]!).ShouldBe((80, true));
        ((string)result["feedback"]![1]!["criteria"]![1]!["criterion"]!, (bool)result["feedback"]![1]!["criteria"]![1]!["met"]!).ShouldBe(("Is short", false));
        var skill = (await ada.GetAsync("/api/me/profile")).Json["skills"]!.AsArray().Single(one => (string)one!["code"]! == "maths")!;
        ((string)skill["verified"]!).ShouldBe("expert");
        // Good for every engagement: not asked again.
        (await ada.PostAsync("/api/me/qualifications/maths/sittings")).Must(HttpStatusCode.Conflict).Code.ShouldBe("not-yet");
        var paid = (await PayableAsync(vendor)).ShouldHaveSingleItem();
        (paid.Person, paid.Seconds).ShouldBe((person, 20 * 60));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Test_BegunSeveralTimesAtOnce_IsOneTryAndPaidOnce(string database)
    {
        await using var vendor = await RunningVendor.StartAsync(database);
        using var manager = await vendor.JoinAsync(VendorRole.Manager, "mia");
        var (ada, _) = await vendor.ExpertAsync("ada");
        (await manager.PutAsync("/api/desk/qualifications/maths", Test(minutes: 30, Choice))).Must(HttpStatusCode.OK);

        var begun = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => ada.PostAsync("/api/me/qualifications/maths/sittings")));

        begun.Select(one => (Guid)one.Must(HttpStatusCode.Created).Json["id"]!).Distinct().ShouldHaveSingleItem();
        vendor.Clock.Advance(TimeSpan.FromMinutes(31));
        (await PayableAsync(vendor)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Test_NotPassed_SaysWhyAndFromWhenItMayBeTakenAgain()
    {
        await using var vendor = await RunningVendor.StartAsync();
        using var manager = await vendor.JoinAsync(VendorRole.Manager, "mia");
        var (ada, _) = await vendor.ExpertAsync("ada");
        (await manager.PutAsync("/api/desk/qualifications/short", Test(minutes: 10, Choice))).Must(HttpStatusCode.OK);
        var id = (Guid)(await ada.PostAsync("/api/me/qualifications/short/sittings")).Must(HttpStatusCode.Created).Json["id"]!;

        var result = (await ada.PostAsync($"/api/me/sittings/{id}/answers", new { answers = new[] { new { question = "q1", option = 0 } } })).Must(HttpStatusCode.OK).Json;

        ((int)result["sitting"]!["score"]!).ShouldBe(0);
        ((int)result["feedback"]![0]!["rightOption"]!, (string)result["feedback"]![0]!["why"]!).ShouldBe((1, "Count."));
        (await ada.PostAsync("/api/me/qualifications/short/sittings")).Must(HttpStatusCode.Conflict);
        vendor.Clock.Advance(TimeSpan.FromDays(7));
        using var again = await vendor.SignInAgainAsync(ada, "ada");
        (await again.PostAsync("/api/me/qualifications/short/sittings")).Must(HttpStatusCode.Created);
        vendor.Clock.Advance(TimeSpan.FromMinutes(11));
        (string?, string)[] tests = [.. (await again.GetAsync("/api/me/qualifications")).Json.AsArray().Select(test => ((string?)test!["mayTakeFrom"], (string)test["last"]!["state"]!))];
        tests.ShouldHaveSingleItem().Item2.ShouldBe("ranOut");
        // As short as is asked for nothing.
        (await PayableAsync(vendor)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Vetting_OfInterviewAndCheck_KeepsWordsSealedAndNoDocument()
    {
        await using var vendor = await RunningVendor.StartAsync();
        using var manager = await vendor.JoinAsync(VendorRole.Manager, "mia");
        var (ada, person) = await vendor.ExpertAsync("ada");
        var template = (Guid)(await manager.PostAsync("/api/desk/interview-templates", new { name = "First", questions = new[] { "Why?" } })).Must(HttpStatusCode.Created).Json["id"]!;

        var interview = (Guid)(await manager.PostAsync(
            $"/api/desk/experts/{person}/interviews",
            new { template, answers = new[] { new { said = "Because.", judgement = "Clear." } }, outcome = "passed", why = "Clear thinking." })).Must(HttpStatusCode.Created).Json["id"]!;
        var check = new { kind = "identity", passed = true, provider = "Checkers Ltd", outcome = "Same person", expiresAt = vendor.Clock.GetUtcNow().AddDays(300) };
        (await manager.PostAsync($"/api/desk/experts/{person}/checks", check)).Must(HttpStatusCode.Created);

        var own = (await ada.GetAsync($"/api/me/interviews/{interview}")).Must(HttpStatusCode.OK).Json;
        ((string)own["answers"]![0]!["judgement"]!).ShouldBe("Clear.");
        var vetting = await ada.GetAsync("/api/me/vetting");
        ((bool)vetting.Json["checks"]![0]!["inForce"]!).ShouldBeTrue();
        vetting.Text.ShouldNotContain("Checkers");
        var export = (await ada.GetAsync("/api/me/data/export")).Must(HttpStatusCode.OK);
        export.Text.ShouldContain("Checkers Ltd");
        var (bob, _) = await vendor.ExpertAsync("bob");
        (await bob.GetAsync($"/api/me/interviews/{interview}")).Must(HttpStatusCode.NotFound);
    }

    private static object Test(int minutes, params object[] questions) =>
        new { title = "A test", minutes, skill = "maths", level = "expert", questions, retakeDays = 7 };

    private static async Task<IReadOnlyList<PaidSitting>> PayableAsync(RunningVendor vendor)
    {
        await using var scope = vendor.App.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Sittings>().PayableAsync((DateTimeOffset.UnixEpoch, Guid.Empty), 10, default);
    }
}
