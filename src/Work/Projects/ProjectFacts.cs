using System.Collections.Concurrent;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Batches;
using Cofferdam.Work.Forms;
using Cofferdam.Work.Guidelines;
using Cofferdam.Work.Items;
using Cofferdam.Work.Slots;

namespace Cofferdam.Work.Projects;

/// <summary>What the paths that are asked most need to know of a project, without asking the database.</summary>
/// <param name="Batches">By id.</param>
public sealed record ProjectFacts(LabId Lab, ProjectId Id, string Code, IReadOnlyDictionary<Guid, Batch> Batches)
{
    /// <summary>The batches that are worked on; a person holds at most as many tasks as the most generous of them allows.</summary>
    internal OpenBatches Open { get; } = OpenBatches.Of(
        Id.Value, Batches.Values.Where(batch => batch.IsRunning).Select(batch => batch.Held).DefaultIfEmpty().Max(), Batches.Values);

    /// <summary>Decides in which order responses are shown; known to servers alone.</summary>
    internal ReadOnlyMemory<byte> OrderKey { get; init; }

    // Published guidelines and forms never change, so neither do these.
    internal ConcurrentDictionary<(int Guidelines, int Form), GuidelineSlice> Sections { get; private init; } = [];

    internal ConcurrentDictionary<int, Form> Forms { get; private init; } = [];

    internal Arrangement Arrange(Guid slot, bool flipped) => new(slot, flipped, OrderKey);

    /// <summary>The same project with other batches.</summary>
    internal ProjectFacts Reloaded(ProjectFacts fresh) => fresh with { Sections = Sections, Forms = Forms };
}
