using Cofferdam.Federation.Engagements;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Workforce.Engagements;

/// <summary>
/// Terms and briefs at the vault: the very bytes that the lab sent, under a key of the engagement's own. They are all that
/// this node ever holds of what somebody at a lab wrote.
/// </summary>
internal static class SealedTexts
{
    extension(IVault vault)
    {
        /// <summary>Seals what a lab sent.</summary>
        /// <returns>Its new record.</returns>
        public async Task<Guid> KeepAsync(LabId vendor, Guid engagement, RecordKind kind, ReadOnlyMemory<byte> bytes)
        {
            await vault.CreateProjectAsync(vendor, new ProjectId(engagement));
            var id = RecordId.New();
            var outcome = await vault.SealAsync(
                new SealRequest(vendor, new ProjectId(engagement), Principal.Service, [new SealItem(kind, id, bytes, 0)]), CancellationToken.None);
            return outcome is SealOutcome.Sealed ? id.Value : throw new InvalidOperationException($"A new record was not sealed: {outcome.GetType().Name}.");
        }

        /// <returns>Null where the vault refused.</returns>
        public async Task<OfferedTerms?> ReadTermsAsync(
            LabId vendor, Guid engagement, Guid record, Principal by, Guid? session, CancellationToken cancellation) =>
            await vault.ReadAsync(vendor, engagement, RecordKind.Engagement, record, by, Purpose.Manage, session, cancellation) is { } bytes
                ? EngagementJson.ReadTerms(bytes.Span)
                : null;

        /// <returns>Null where the vault refused.</returns>
        public async Task<Brief?> ReadBriefAsync(
            LabId vendor, Guid engagement, Guid record, Principal by, Purpose purpose, Guid? session, CancellationToken cancellation) =>
            await vault.ReadAsync(vendor, engagement, RecordKind.Brief, record, by, purpose, session, cancellation) is { } bytes
                ? EngagementJson.ReadBrief(bytes.Span)
                : null;

        private async Task<ReadOnlyMemory<byte>?> ReadAsync(
            LabId vendor, Guid engagement, RecordKind kind, Guid record, Principal by, Purpose purpose, Guid? session, CancellationToken cancellation) =>
            await vault.OpenAsync(
                new OpenRequest(vendor, new ProjectId(engagement), by, Act.Open, purpose, [new RecordRef(kind, new RecordId(record))], Session: session), cancellation)
                is OpenOutcome.Opened opened
                ? opened.Records[0].Plaintext
                : null;
    }
}
