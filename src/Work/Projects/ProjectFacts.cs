using System.Collections.Concurrent;
using System.Security.Cryptography;
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

    /// <summary>Minutes after which who works on it has to use a passkey again; null: never.</summary>
    internal int? StepUpMinutes { get; init; }

    internal Arrangement Arrange(Guid slot, bool flipped) => new(slot, flipped, OrderKey);

    /// <summary>
    /// What an item is called towards people who must not find out whose answers are known: its own id would tell when it
    /// was imported, and whether it lies in the order of its batch. The same for everybody, always.
    /// </summary>
    internal Guid Veiled(Guid item)
    {
        Span<byte> asked = stackalloc byte[17];
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        item.TryWriteBytes(asked, bigEndian: true, out _);
        // No block of an order has this number (see Arrangement).
        asked[16] = 0xFF;
        HMACSHA256.HashData(OrderKey.Span, asked, hash);
        // RFC 9562 §5.8: a UUID of version 8.
        (hash[6], hash[8]) = ((byte)((hash[6] & 0x0F) | 0x80), (byte)((hash[8] & 0x3F) | 0x80));
        return new Guid(hash[..16], bigEndian: true);
    }

    /// <summary>The same project with other batches.</summary>
    internal ProjectFacts Reloaded(ProjectFacts fresh) => fresh with { Sections = Sections, Forms = Forms };
}
