using System.Net;

namespace Cofferdam.Federation.Peers;

/// <summary>Why another node gave no answer.</summary>
public enum PeerTrouble : byte
{
    /// <summary>Nothing there answers, or not in time, or not as a node does.</summary>
    Unreachable = 1,

    /// <summary>It is on another machine, and this node is in evaluation mode.</summary>
    BeyondThisMachine = 2,

    /// <summary>It was away for so long that it knows no key of this node any more: pair anew.</summary>
    KeysForgotten = 3,
}

/// <summary>What came of asking another node.</summary>
public abstract record PeerOutcome
{
    private PeerOutcome() { }

    /// <summary>It answered, whatever it said.</summary>
    /// <param name="Body">At most 4 MiB.</param>
    /// <param name="Code">Of a problem (RFC 9457) its <c>code</c>.</param>
    public sealed record Answered(HttpStatusCode Status, ReadOnlyMemory<byte> Body, string? Code) : PeerOutcome
    {
        public bool IsSuccess => (int)Status is >= 200 and < 300;
    }

    /// <summary>Nothing is known of whether it took the message.</summary>
    public sealed record Failed(PeerTrouble Trouble) : PeerOutcome;

    /// <summary>The pairing has ended, there or here.</summary>
    public sealed record Ended : PeerOutcome;
}
