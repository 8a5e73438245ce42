using Cofferdam.VaultHost;

namespace Cofferdam.Vault.Wire.Tests;

/// <summary>A caller that does not read its answers holds up itself, and fills nobody's memory.</summary>
public sealed class UnderWayTests
{
    [Fact]
    public async Task RoomAsync_AnswersNotReadYet_WaitsUntilTheyAreSent()
    {
        var underWay = new UnderWay(mostBytes: 1_000);
        underWay.Begin(100);
        underWay.RoomAsync(CancellationToken.None).IsCompletedSuccessfully.ShouldBeTrue();

        underWay.Answer(900);
        var room = underWay.RoomAsync(CancellationToken.None);
        room.IsCompleted.ShouldBeFalse();

        underWay.End(1_000);
        await room;
        underWay.NothingAsync(CancellationToken.None).IsCompletedSuccessfully.ShouldBeTrue();
    }
}
