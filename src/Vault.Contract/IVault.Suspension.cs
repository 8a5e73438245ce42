namespace Cofferdam.Vault.Contract;

public partial interface IVault
{
    /// <summary>
    /// Stops every disclosure in a scope. After it returns none in that scope commits or is handed out, on any vault process:
    /// each has acknowledged it, or its lease (at most 500 ms) has run out.
    /// </summary>
    Task<SuspendOutcome> SuspendAsync(SuspendRequest request, CancellationToken cancellation = default);

    /// <summary>Lifts a suspension; where it takes two, notes the first and waits for a second person.</summary>
    /// <param name="proof">Over the suspension's id (<see cref="SignedBytes.Resume"/>); needed once the lab has an enrolled staff key.</param>
    Task<ResumeOutcome> ResumeAsync(LabId lab, Guid suspension, Principal by, Proof? proof = null, CancellationToken cancellation = default);

    /// <summary>Suspensions in force, drills among them.</summary>
    ValueTask<IReadOnlyList<Suspension>> SuspensionsAsync(LabId lab, CancellationToken cancellation = default);

    /// <summary>What shows that nothing in its scope was disclosed between a suspension and now, or its end.</summary>
    /// <returns>Null where there is no such suspension, now or earlier.</returns>
    Task<SuspensionProof?> SuspensionProofAsync(LabId lab, Guid suspension, CancellationToken cancellation = default);
}
