using System.Net;
using Xunit;

namespace Cofferdam.Server.Tests;

public sealed class DeliveryTests
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

    [Fact]
    public async Task Delivery_OfTwoLabsOnOneNode_IsMadeForEachUnderItsOwnKey()
    {
        await using var node = await RunningNode.StartAsync();
        var (acme, borealis) = (await LabWithWork.MakeAsync(node, "acme"), await LabWithWork.MakeAsync(node, "borealis"));

        (await MadeAsync(acme)).ShouldBe("done");
        (await MadeAsync(borealis)).ShouldBe("done");

        (await KeyAsync(acme)).ShouldNotBe(await KeyAsync(borealis));
    }

    private static async Task<string?> MadeAsync(LabWithWork lab)
    {
        using var looks = new PeriodicTimer(BetweenLooks);
        while (true)
        {
            var delivery = await lab.Owner.GetAsync($"/api/labs/{lab.Slug}/projects/{lab.Project}/deliveries/{lab.Ids["delivery"]}");
            if ((string?)delivery.Must(HttpStatusCode.OK).Json["state"] is { } state and not "making")
                return state;
            await looks.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    private static async Task<string?> KeyAsync(LabWithWork lab) =>
        (string?)(await lab.Owner.GetAsync($"/api/labs/{lab.Slug}/delivery-key")).Must(HttpStatusCode.OK).Json["key"];
}
