using Cofferdam.Quality.Figures;
using Cofferdam.Work.Slots;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cofferdam.Quality.Tests.Figures;

public sealed class FiguresBookTests
{
    [Fact]
    public async Task Get_WithinAMoment_IsTheSameCountAndAfterItANewOne()
    {
        await using var room = await QualityRoom.CreateAsync("sqlite");
        var batch = await room.AddBatchAsync(items: 2);
        await room.AddSlotAsync(batch, Guid.NewGuid(), SlotState.Open);
        var book = new FiguresBook(room.Reading, room.Time, NullLogger<FiguresBook>.Instance);

        var first = await book.GetAsync(room.Lab, room.Project, CancellationToken.None);
        await room.AddSlotAsync(batch, Guid.NewGuid(), SlotState.Open);
        (await book.GetAsync(room.Lab, room.Project, CancellationToken.None)).ShouldBeSameAs(first);

        room.Time.Advance(TimeSpan.FromHours(1));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        FiguresView later;
        while ((later = await book.GetAsync(room.Lab, room.Project, patience.Token)).AsOf == first.AsOf)
            patience.Token.ThrowIfCancellationRequested();
        later.Progress.Open.ShouldBe(2);
    }
}
