namespace Cofferdam.ApiClient;

/// <summary>Another node that this one is paired with, or about to be.</summary>
/// <param name="Id">Of the pairing, the same on both sides.</param>
/// <param name="State"><c>pending</c>, <c>active</c> or <c>ended</c>.</param>
/// <param name="Fingerprint">The digits that the people of both sides compare before they confirm.</param>
public sealed record Peer(Guid Id, Guid Node, string Name, string Address, string Lab, string State, string Fingerprint);

internal sealed record PairingBody(string Address, string? Lab);

internal sealed record FingerprintBody(string Fingerprint);
