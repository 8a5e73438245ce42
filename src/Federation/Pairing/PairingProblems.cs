using Cofferdam.Federation.Peers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cofferdam.Federation.Pairing;

/// <summary>What people, or a node that would pair, are told.</summary>
internal static class PairingProblems
{
    public static ProblemHttpResult BeyondThisMachine() => Problems.Of(StatusCodes.Status403Forbidden, "beyond-this-machine",
        "A node in evaluation mode pairs only with nodes on the same machine, unless it is started with --pair beyond-this-machine.");

    public static ProblemHttpResult NotTheOtherKind() => Problems.Of(StatusCodes.Status409Conflict, "same-kind",
        "A lab's node pairs with a vendor's node. These two are of the same kind.");

    public static ProblemHttpResult UnknownLab() => Problems.Of(StatusCodes.Status404NotFound, "unknown-lab", "There is no lab of this name at that node.", "lab");

    public static ProblemHttpResult TooManyPending() => Problems.Of(StatusCodes.Status429TooManyRequests, "too-many-pending",
        "Too many pairings wait for the people of that node. They can remove some, or begin this one from their side.");

    public static ProblemHttpResult AlreadyPaired() => Problems.Of(StatusCodes.Status409Conflict, "already-paired",
        "These two nodes are paired already for this lab. End that pairing first.");

    public static ProblemHttpResult FingerprintDiffers() => Problems.Of(StatusCodes.Status409Conflict, "fingerprint-differs",
        "These are not the digits of this pairing. If the other side reads these on its own page, somebody stands between the two nodes: end the pairing.", "fingerprint");

    public static ProblemHttpResult Ended() => Problems.Of(StatusCodes.Status409Conflict, PeerProblems.EndedCode, "This pairing has ended. Begin a new one.");

    public static ProblemHttpResult Address() => Problems.Invalid(
        "Write the other node's address as https://NAME or https://NAME:PORT; http:// only for a node on this machine.", "address");

    public static ProblemHttpResult Of(PeerTrouble trouble) => trouble is PeerTrouble.BeyondThisMachine
        ? BeyondThisMachine()
        : Problems.Of(StatusCodes.Status502BadGateway, "peer-unreachable", "There is no node that answers at this address. Check the address, and that the node runs.", "address");

    /// <param name="code">What the other node said.</param>
    public static ProblemHttpResult RefusedThere(string? code) => code switch
    {
        "same-kind" => NotTheOtherKind(),
        "unknown-lab" => UnknownLab(),
        "too-many-pending" => TooManyPending(),
        "clock" => Problems.Of(StatusCodes.Status409Conflict, "clock", "The clocks of the two nodes are more than five minutes apart."),
        "beyond-this-machine" => Problems.Of(StatusCodes.Status403Forbidden, "beyond-this-machine", "The other node is in evaluation mode and pairs only with nodes on its own machine."),
        _ => Problems.Of(StatusCodes.Status502BadGateway, "peer-refused", "What answers at this address does not pair."),
    };
}
