using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cofferdam.Federation.Peers;

/// <summary>What another node is told where its request is not taken.</summary>
internal static class PeerProblems
{
    public const string EndedCode = "peer-ended", UnknownKeyCode = "unknown-key", NotNewestCode = "not-newest";

    public static ProblemHttpResult Signature() => Unauthorized("signature",
        "This request needs a signature of a paired node over its method, target and body.");

    public static ProblemHttpResult WrongReceiver() => Unauthorized("wrong-receiver", "This request was signed for another node.");

    public static ProblemHttpResult Clock() => Unauthorized("clock",
        "This request was signed more than five minutes before or after now. Check the clocks of both nodes.");

    public static ProblemHttpResult UnknownPeer() => Unauthorized("unknown-peer", "This node has no such pairing. Pair the two nodes anew.");

    public static ProblemHttpResult UnknownKey() => Unauthorized(UnknownKeyCode,
        "This request was signed with a key that is not known here, or has ended.");

    public static ProblemHttpResult Replayed() => Unauthorized("replayed", "This request was taken before.");

    public static ProblemHttpResult Ended() => Problems.Of(StatusCodes.Status403Forbidden, EndedCode, "This pairing has ended.");

    public static ProblemHttpResult Pending() => Problems.Of(StatusCodes.Status403Forbidden, "peer-pending",
        "The people on both sides have yet to compare the fingerprint and confirm it.");

    public static ProblemHttpResult TooLong() => Problems.Of(StatusCodes.Status413PayloadTooLarge, "too-long", "A message between nodes has at most 1 MiB.");

    public static ProblemHttpResult Malformed() => Problems.Invalid("This is no message of the kind that belongs here.");

    public static ProblemHttpResult NotNewest() => Problems.Of(StatusCodes.Status403Forbidden, NotNewestCode,
        "Keys are changed by the newest key of the node alone, and each change has a higher version than the one before.");

    private static ProblemHttpResult Unauthorized(string code, string sentence) => Problems.Of(StatusCodes.Status401Unauthorized, code, sentence);
}
