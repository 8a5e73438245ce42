using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;

namespace Cofferdam.Vendors;

/// <summary>Terms and briefs at the vault: sealed as the very bytes that the vendor is sent.</summary>
internal static class VendorText
{
    extension(IVault vault)
    {
        /// <summary>Opens for somebody of the staff.</summary>
        public ValueTask<OpenOutcome> ShowAsync(Actor actor, IReadOnlyList<RecordRef> records, CancellationToken cancellation) => vault.OpenAsync(
            actor, new OpenRequest(actor.Lab, ProjectId.None, actor.Principal, Act.Open, Purpose.Manage, records, Session: actor.Session), cancellation);

        /// <summary>Opens to send it to the vendor that it was written for.</summary>
        public ValueTask<OpenOutcome> TakeOutAsync(LabId lab, RecordRef record, Guid peer, CancellationToken cancellation) => vault.OpenAsync(
            new OpenRequest(lab, ProjectId.None, Principal.Service, Act.Export, Purpose.Federation, [record], Destination: peer), cancellation);

        /// <returns>False where somebody else was first.</returns>
        public async Task<bool> KeepAsync(Actor actor, RecordRef record, ReadOnlyMemory<byte> bytes, long expected) =>
            await vault.SealAsync(
                new SealRequest(actor.Lab, ProjectId.None, actor.Principal, [new SealItem(record.Kind, record.Id, bytes, expected)]), CancellationToken.None) switch
            {
                SealOutcome.Sealed => true,
                SealOutcome.Conflict => false,
                var other => throw new InvalidOperationException($"A lab's own key is always there; sealing ended as {other.GetType().Name}."),
            };
    }
}
