namespace Cofferdam.Vault.Contract;

/// <summary>The one door: everything that may be asked of the vault.</summary>
/// <remarks>
/// Expected refusals are outcomes. An exception means that the vault's surroundings are broken (store unreachable or
/// full, custodian away) and that nothing was handed out or sealed, or that a caller broke a stated limit.
/// </remarks>
public partial interface IVault
{
    /// <summary>Largest plaintext of one record: 16 MiB.</summary>
    const int MaxRecordBytes = 16 << 20;

    /// <summary>Most records in one open or seal: a receipt lists at most 256.</summary>
    const int MaxRecordsPerAct = 256;

    /// <summary>The server process that asks, as the vault registered it.</summary>
    VaultIdentity Identity { get; }

    /// <summary>Counters of the vault process.</summary>
    ValueTask<VaultFigures> FiguresAsync(CancellationToken cancellation = default);

    /// <summary>Makes a lab's root and lab key. Does nothing where they exist.</summary>
    /// <param name="slug">The lab's name in addresses; with the node's name it is the origin of the lab's log.</param>
    Task CreateLabAsync(LabId lab, string slug, CancellationToken cancellation = default);

    /// <summary>Makes a project's key under the lab key. Does nothing where it exists.</summary>
    Task CreateProjectAsync(LabId lab, ProjectId project, CancellationToken cancellation = default);

    /// <summary>Seals records: sealed bytes, new heads and one receipt per batch commit together.</summary>
    /// <remarks>Not stopped by a suspension: what somebody has typed may always be kept.</remarks>
    Task<SealOutcome> SealAsync(SealRequest request, CancellationToken cancellation = default);

    /// <summary>
    /// Hands out plaintext: checks suspensions and limits, commits one receipt, only then unseals, and checks the
    /// suspensions once more before handing out.
    /// </summary>
    ValueTask<OpenOutcome> OpenAsync(OpenRequest request, CancellationToken cancellation = default);

    /// <summary>Records a refusal that the caller decided.</summary>
    /// <returns>Sequence number of the receipt.</returns>
    Task<long> RecordRefusalAsync(RefusalNote note, CancellationToken cancellation = default);

    /// <summary>Removes records and their history. Ids that do not exist are passed over.</summary>
    Task RemoveAsync(LabId lab, ProjectId project, Principal by, IReadOnlyList<RecordRef> records, CancellationToken cancellation = default);

    /// <summary>Ids of the records of one kind sealed at or after a time, in order of id.</summary>
    IAsyncEnumerable<RecordId> ListAsync(LabId lab, ProjectId project, RecordKind kind, DateTimeOffset since, CancellationToken cancellation = default);

    /// <summary>Keyed fingerprints (HMAC-SHA-256, 32 bytes each) under a key that only this project has.</summary>
    /// <exception cref="InvalidOperationException">The project has no key.</exception>
    ValueTask<IReadOnlyList<byte[]>> FingerprintAsync(LabId lab, ProjectId project, IReadOnlyList<ReadOnlyMemory<byte>> values, CancellationToken cancellation = default);
}
