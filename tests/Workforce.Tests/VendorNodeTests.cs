using System.Net;
using Cofferdam.TestKit;
using Cofferdam.Workforce.Access;

namespace Cofferdam.Workforce.Tests;

public sealed class VendorNodeTests
{
    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Session_OfEachRole_SaysWhatThePersonIsAtTheVendor(string database)
    {
        await using var vendor = await RunningVendor.StartAsync(database);
        using var owner = await vendor.OwnerAsync();
        using var expert = await vendor.JoinAsync(VendorRole.Expert, "ada");

        var ofOwner = (await owner.GetAsync("/api/session")).Must(HttpStatusCode.OK).Json["vendor"]!;
        var ofExpert = (await expert.GetAsync("/api/session")).Must(HttpStatusCode.OK).Json["vendor"]!;

        ((string)ofOwner["slug"]!, (string)ofOwner["role"]!).ShouldBe(("atlas", "owner"));
        ((string)ofExpert["role"]!).ShouldBe("expert");
        ((Guid)ofExpert["person"]!).ShouldNotBe((Guid)ofOwner["person"]!);
    }

    [Fact]
    public async Task Routes_OfALabNode_AreNotThere()
    {
        await using var vendor = await RunningVendor.StartAsync();
        using var owner = await vendor.OwnerAsync();

        (await owner.GetAsync("/api/labs/atlas/projects")).Must(HttpStatusCode.NotFound);
        ((string)(await owner.GetAsync("/api/node")).Must(HttpStatusCode.OK).Json["role"]!).ShouldBe("vendor");
    }
}
