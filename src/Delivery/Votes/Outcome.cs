namespace Cofferdam.Delivery.Votes;

/// <summary>What the answers to one question come to.</summary>
internal abstract record Outcome<T>
{
    private Outcome() { }

    /// <param name="Agreement">Share of the answers that agree with the value, 0 to 1.</param>
    public sealed record Decided(T Value, double Agreement) : Outcome<T>;

    /// <summary>Nothing is ahead. Kept with all its answers, outside the training file.</summary>
    /// <param name="Reason"><c>tie</c>: everybody said that it is one. <c>split</c>: people are of different minds.</param>
    public sealed record Undecided(string Reason) : Outcome<T>;
}

internal static class TieReasons
{
    public const string Tie = "tie";
    public const string Split = "split";
}
