using Cofferdam.Federation.Peers;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Federation;

/// <summary>What an operator decides of pairing.</summary>
public sealed record FederationOptions
{
    /// <summary>
    /// Lets a node in evaluation mode pair with nodes on other machines: its key lies on the disk of its data, and whoever
    /// copies that disk can then speak as this node from anywhere.
    /// </summary>
    public bool PairBeyondThisMachine { get; init; }
}

/// <summary>What the room must know of the node it is in.</summary>
public interface IFederationHost
{
    /// <summary>What people of other nodes read: 1 to 100 characters.</summary>
    string Name { get; }

    /// <summary>The origin at which other nodes reach this one.</summary>
    Uri Address { get; }

    /// <summary>Whose a pairing is that another node asks for.</summary>
    /// <param name="lab">Slug, at the lab's node, of the lab that it is to be about.</param>
    /// <returns>On a lab's node that lab, null where there is none; on a vendor's node the vendor, whatever the lab.</returns>
    ValueTask<LabId?> OwnerAsync(string lab, CancellationToken cancellation);
}

/// <summary>
/// Told of what happens to pairings, after it was committed and before the people or the node that caused it are answered.
/// May be told twice, and not at all where the process ends in between.
/// </summary>
public interface IPeerObserver
{
    /// <summary>Both sides have confirmed.</summary>
    Task ActivatedAsync(Peer peer, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>The other node has new keys: those that it left out are over.</summary>
    Task KeysChangedAsync(Peer peer, CancellationToken cancellation) => Task.CompletedTask;

    Task EndedAsync(Peer peer, CancellationToken cancellation) => Task.CompletedTask;
}
