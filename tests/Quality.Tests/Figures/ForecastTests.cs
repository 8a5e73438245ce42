using Cofferdam.Quality.Figures;

namespace Cofferdam.Quality.Tests.Figures;

public sealed class ForecastTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_AWeekOfWork_GoesOnAtItsPace()
    {
        var days = Enumerable.Range(0, 10).Select(ago => new DayFigures(DateOnly.FromDateTime(Now.UtcDateTime).AddDays(-9 + ago), 0, ago < 3 ? 1_000 : 130)).ToList();
        // Seven days of 130, of which the last is half over.
        var forecast = Forecast.Of(700, days, Now);
        forecast.PerDay.ShouldBe(140, 1e-9);
        forecast.DoneBy.ShouldBe(Now.AddDays(5));
    }

    [Fact]
    public void Of_AFirstHour_CountsAsAWholeDay() =>
        Forecast.Of(100, [new DayFigures(new DateOnly(2026, 11, 22), 60, 50)], Now).DoneBy.ShouldBe(Now.AddDays(2));

    [Fact]
    public void Of_NothingAcceptedLately_IsNoForecast() =>
        Forecast.Of(100, [new DayFigures(new DateOnly(2026, 11, 1), 60, 50)], Now).ShouldBe(new Forecast(100, 0, null));

    [Fact]
    public void Of_NothingLeft_HasNoEnd() =>
        Forecast.Of(0, [new DayFigures(new DateOnly(2026, 11, 22), 60, 50)], Now).DoneBy.ShouldBeNull();
}
