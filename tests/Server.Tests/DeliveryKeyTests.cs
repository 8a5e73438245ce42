using System.Net;
using Xunit;

namespace Cofferdam.Server.Tests;

public sealed class DeliveryKeyTests
{
    [Fact]
    public async Task PublicKey_OfTwoLabsOnANode_IsEachLabsOwnAndStays()
    {
        await using var node = await RunningNode.StartAsync();
        using var acme = await node.OwnerAsync("acme");
        using var borealis = await node.OwnerAsync("borealis");

        var first = await KeyAsync(acme, "acme");
        var second = await KeyAsync(borealis, "borealis");

        second.ShouldNotBe(first);
        (await KeyAsync(acme, "acme")).ShouldBe(first);
        (await KeyAsync(borealis, "borealis")).ShouldBe(second);
    }

    private static async Task<string> KeyAsync(Browser owner, string lab) =>
        (string)(await owner.GetAsync($"/api/labs/{lab}/delivery-key")).Must(HttpStatusCode.OK).Json["key"]!;
}
