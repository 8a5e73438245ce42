using Cofferdam.Vault.Contract;

namespace Cofferdam.Delivery;

/// <summary>The vault stopped an export; what was made so far is dropped.</summary>
internal sealed class ExportRefusedException(RefusalReason reason) : Exception($"The vault refused to export: {reason}.")
{
    public RefusalReason Reason => reason;
}

/// <summary>Opens a project's records for one delivery, as a run of exports under one act id.</summary>
/// <param name="destination">See <see cref="Destinations"/>.</param>
internal sealed class ExportDoor(IVault vault, LabId lab, ProjectId project, Principal principal, Guid destination)
{
    private readonly Guid act = Guid.CreateVersion7();

    /// <summary>Sequence number of the first export; null before it.</summary>
    public long? FirstReceipt { get; private set; }

    public long? LastReceipt { get; private set; }

    /// <summary>Opens any number of records, at most 256 per receipt.</summary>
    /// <returns>The plaintexts in the order asked; empty where records are missing, or not as they were sealed.</returns>
    /// <exception cref="ExportRefusedException">Suspended: the delivery may not go on.</exception>
    public async Task<List<ReadOnlyMemory<byte>>> OpenAsync(IReadOnlyList<RecordRef> records, CancellationToken cancellation)
    {
        var opened = new List<ReadOnlyMemory<byte>>(records.Count);
        foreach (var run in records.Chunk(IVault.MaxRecordsPerAct))
        {
            var outcome = await vault.OpenAsync(
                new OpenRequest(lab, project, principal, Act.Export, Purpose.Deliver, run, ActId: act, Destination: destination), cancellation);
            switch (outcome)
            {
                case OpenOutcome.Opened done:
                    FirstReceipt ??= done.Receipt;
                    LastReceipt = done.Receipt;
                    opened.AddRange(done.Records.Select(record => record.Plaintext));
                    break;
                case OpenOutcome.Refused { Reason: RefusalReason.NotFound or RefusalReason.NotAsSealed }:
                    return [];
                case OpenOutcome.Refused refused:
                    throw new ExportRefusedException(refused.Reason);
            }
        }

        return opened;
    }
}
