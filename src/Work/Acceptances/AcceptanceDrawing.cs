using System.Text.Json;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Projects;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.Acceptances;

/// <summary>What fixes a sample: sealed before anybody sees an item of it, so that its receipt holds against a change of mind.</summary>
/// <param name="Slots">In the order drawn.</param>
/// <param name="Answers">Records of the answers, in the same order.</param>
internal sealed record SealedSample(int V, long Population, IReadOnlyList<Guid> Slots, IReadOnlyList<Guid> Answers);

/// <summary>How many answers to draw: a share, or a number.</summary>
internal readonly record struct SampleSize(double? Percent, int? Count)
{
    /// <summary>Judged one by one, by people.</summary>
    public const int Most = 10_000;

    public int Of(int population) => Math.Min(
        Math.Min(population, Most),
        Count ?? (int)Math.Ceiling(population * Percent!.Value / 100));
}

/// <summary>Draws samples.</summary>
internal sealed class AcceptanceDrawing(IVault vault, Store store, AppDb db, TimeProvider time)
{
    /// <summary>Whether every slot of the batch is done with: a batch is judged as a whole.</summary>
    public async Task<bool> IsDoneAsync(Guid batch, CancellationToken cancellation)
    {
        await using var connection = await store.OpenAsync(cancellation);
        await using var command = connection.Command("SELECT 1 FROM slot WHERE batch = @batch AND state NOT IN (3, 6) AND gold = FALSE LIMIT 1", ("@batch", batch));
        return await command.ExecuteScalarAsync(cancellation) is null;
    }

    /// <summary>
    /// 1. Reads which answers the batch has. 2. Draws. 3. Seals the list: from here on its receipt holds the sample.
    /// 4. Writes it down to be judged.
    /// </summary>
    /// <returns>Null where the batch has no accepted answer, or another sample of it is being judged.</returns>
    public async Task<Acceptance?> DrawAsync(InProject at, Actor actor, Guid batch, SampleSize size, CancellationToken cancellation)
    {
        var population = await PopulationAsync(batch, cancellation);
        if (population.Length == 0)
            return null;
        var count = size.Of(population.Length);
        Sampling.Draw(population.AsSpan(), count);
        var drawn = population.AsMemory(0, count).ToArray();

        var id = RecordId.New();
        var list = new SealedSample(1, population.Length, [.. drawn.Select(one => one.Slot)], [.. drawn.Select(one => one.Answer)]);
        (await vault.SealAsync(actor, at.Facts.Id, RecordKind.Sample, id, JsonSerializer.SerializeToUtf8Bytes(list, SealedJson.Shapes.SealedSample), expected: 0)).Expect();

        var acceptance = new Acceptance
        {
            Id = id.Value,
            Project = at.Id,
            Batch = batch,
            Number = await db.Acceptances.Where(a => a.Batch == batch).MaxAsync(a => (int?)a.Number, CancellationToken.None) + 1 ?? 1,
            State = AcceptanceState.Drawn,
            Population = population.Length,
            Sample = count,
            DrawnAt = time.GetUtcNow(),
            DrawnBy = actor.Pseudonym,
            Settled = true,
        };
        db.Acceptances.Add(acceptance);
        db.AcceptanceSamples.AddRange(drawn.Select((one, i) => new AcceptanceSample { Acceptance = acceptance.Id, Ordinal = i, Slot = one.Slot, Answer = one.Answer }));
        try
        {
            await db.SaveChangesAsync(CancellationToken.None);
            return acceptance;
        }
        catch (DbUpdateException)
        {
            // Somebody else drew at the same time: the database takes one open round of a batch.
            db.ChangeTracker.Clear();
            if (!await db.Acceptances.AnyAsync(a => a.Batch == batch && a.Number >= acceptance.Number, CancellationToken.None))
                throw;
            await vault.RemoveAsync(actor.Lab, at.Facts.Id, actor.Principal, [new(RecordKind.Sample, id)], CancellationToken.None);
            return null;
        }
    }

    /// <summary>Whether the sample that was judged is the one that was drawn.</summary>
    /// <returns>The vault's refusal, where it did not open the list.</returns>
    public async Task<(bool Same, OpenOutcome.Refused? Refused)> IsAsDrawnAsync(InProject at, Actor actor, Acceptance acceptance, CancellationToken cancellation)
    {
        var outcome = await vault.OpenAsync(actor, at.Facts.Id, Purpose.Acceptance, [new(RecordKind.Sample, new RecordId(acceptance.Id))], cancellation);
        if (outcome is not OpenOutcome.Opened opened)
            return (false, (OpenOutcome.Refused)outcome);
        var list = JsonSerializer.Deserialize(opened.Records[0].Plaintext.Span, SealedJson.Shapes.SealedSample)!;
        var rows = await db.AcceptanceSamples.Where(s => s.Acceptance == acceptance.Id).OrderBy(s => s.Ordinal)
            .Select(s => new { s.Slot, s.Answer }).ToListAsync(cancellation);
        return (rows.Select(row => row.Slot).SequenceEqual(list.Slots) && rows.Select(row => row.Answer).SequenceEqual(list.Answers), null);
    }

    private async Task<(Guid Slot, Guid Answer)[]> PopulationAsync(Guid batch, CancellationToken cancellation)
    {
        await using var connection = await store.OpenAsync(cancellation);
        await using var command = connection.Command("SELECT id, answer FROM slot WHERE batch = @batch AND state = 3 AND gold = FALSE ORDER BY id", ("@batch", batch));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<(Guid, Guid)>();
        while (await reader.ReadAsync(cancellation))
            found.Add((reader.Id(0), reader.Id(1)));
        return [.. found];
    }
}
