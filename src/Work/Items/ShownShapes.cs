using Cofferdam.Vault.Contract;
using Cofferdam.Work.Projects;

namespace Cofferdam.Work.Items;

/// <summary>
/// What the tasks in people's hands were shown, so far as answers are checked against it. Counts alone are kept: an item
/// with prelabels, or one that this server has not opened of late, is opened once more for the check, with a receipt.
/// </summary>
internal sealed class ShownShapes(IVault vault)
{
    // A slot may push another out of its place; that one costs a receipt more.
    private readonly Entry?[] entries = new Entry?[1 << 16];

    public void Remember(Guid slot, ItemShape shape)
    {
        if (shape.Prelabels.IsEmpty)
            entries[Place(slot)] = new Entry(slot, shape);
    }

    /// <returns>The item's shape, or the vault's refusal.</returns>
    public async ValueTask<(ItemShape Shape, OpenOutcome.Refused? Refused)> FindAsync(ProjectFacts project, Guid slot, Guid item, CancellationToken cancellation)
    {
        if (entries[Place(slot)] is { } entry && entry.Slot == slot)
            return (entry.Shape, null);
        var outcome = await vault.OpenAsync(
            new OpenRequest(
                project.Lab, project.Id, Principal.Service, Act.Open, Purpose.Validate, [new(RecordKind.Item, new RecordId(item))], Assignment: slot),
            cancellation);
        return outcome is OpenOutcome.Opened opened
            ? (ItemJson.Read(opened.Records[0].Plaintext).Shape, null)
            : (default, (OpenOutcome.Refused)outcome);
    }

    private int Place(Guid slot) => slot.GetHashCode() & (entries.Length - 1);

    private sealed record Entry(Guid Slot, ItemShape Shape);
}
