namespace Cofferdam.Work.Tests;

/// <summary>A clock that a test moves on.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock gate = new();
    private DateTimeOffset now = DateTimeOffset.UtcNow;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
            return now;
    }

    public void Advance(TimeSpan by)
    {
        lock (gate)
            now += by;
    }
}
