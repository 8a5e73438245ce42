using System.Net;
using Cofferdam.Workforce.Access;

namespace Cofferdam.Workforce.Tests;

public sealed class ListingTests
{
    [Fact]
    public async Task Apply_FromNowhere_GivesOneLinkThatMakesAnExpert()
    {
        await using var vendor = await RunningVendor.StartAsync();
        using var manager = await vendor.JoinAsync(VendorRole.Manager, "mia");
        var listing = (Guid)(await manager.PostAsync("/api/desk/listings", Work(invitationsPerDay: 1))).Must(HttpStatusCode.Created).Json["id"]!;
        using var stranger = vendor.Browse();

        var shown = (await stranger.GetAsync("/api/listings")).Must(HttpStatusCode.OK).Json[0]!;
        var token = (string)(await stranger.PostAsync($"/api/listings/{listing}/apply")).Must(HttpStatusCode.Created).Json["token"]!;
        (await stranger.EnrolAsync(token, "new", vendor.Clock)).Must(HttpStatusCode.NoContent);
        (await stranger.PostAsync($"/api/me/applications/{listing}")).Must(HttpStatusCode.NoContent);

        ((long)shown["earlierRate"]!).ShouldBe(5200);
        shown["neverCollected"]!.AsArray().Count.ShouldBeGreaterThan(0);
        ((string)(await stranger.GetAsync("/api/session")).Json["vendor"]!["role"]!).ShouldBe("expert");
        ((string)(await manager.GetAsync($"/api/desk/listings/{listing}/applications")).Json[0]!["name"]!).ShouldBe("new");
        using var other = vendor.Browse();
        (await other.EnrolAsync(token, "second", vendor.Clock)).Must(HttpStatusCode.Gone);
        (await other.PostAsync($"/api/listings/{listing}/apply")).Must(HttpStatusCode.TooManyRequests).Code.ShouldBe("enough-today");
    }

    [Fact]
    public async Task Apply_OverAndOver_IsStoppedByTheAddress()
    {
        await using var vendor = await RunningVendor.StartAsync();
        using var manager = await vendor.JoinAsync(VendorRole.Manager, "mia");
        var listing = (Guid)(await manager.PostAsync("/api/desk/listings", Work(invitationsPerDay: 10_000))).Must(HttpStatusCode.Created).Json["id"]!;
        using var stranger = vendor.Browse();

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => stranger.PostAsync($"/api/listings/{listing}/apply")));

        answers.ShouldContain(answer => answer.Status == HttpStatusCode.TooManyRequests);
        (await manager.PostAsync($"/api/desk/listings/{listing}/close")).Must(HttpStatusCode.NoContent);
        (await stranger.GetAsync($"/api/listings/{listing}")).Must(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Invite_OfStaff_TakesAnOwner()
    {
        await using var vendor = await RunningVendor.StartAsync();
        using var owner = await vendor.OwnerAsync();
        using var manager = await vendor.JoinAsync(VendorRole.Manager, "mia");

        (await manager.PostAsync("/api/desk/invitations", new { role = "payroll" })).Must(HttpStatusCode.Forbidden).Code.ShouldBe("owner-only");
        (await owner.PostAsync("/api/desk/invitations", new { role = "payroll" })).Must(HttpStatusCode.Created);
        var token = (string)(await manager.PostAsync("/api/desk/invitations", new { role = "expert" })).Must(HttpStatusCode.Created).Json["token"]!;
        (await vendor.Browse().EnrolAsync(token, "ada", vendor.Clock)).Must(HttpStatusCode.NoContent);
    }

    private static object Work(int invitationsPerDay) => new
    {
        title = "Translators",
        text = "Translate.",
        currency = "EUR",
        rateFrom = 4000,
        rateTo = 5000,
        earlierRate = 5200,
        hoursPerWeek = 10,
        skills = new[] { "translation" },
        invitationsPerDay,
    };
}
