using System.Collections.Concurrent;
using System.Collections.Frozen;
using Cofferdam.Storage;
using Cofferdam.Work.Access;
using Cofferdam.Work.Batches;
using Cofferdam.Work.Projects;
using Cofferdam.Work.Skills;

namespace Cofferdam.Work.Slots;

/// <summary>What a person may be given work of.</summary>
/// <param name="Open">Batches whose work they may have now.</param>
/// <param name="Unread">Batches that only lack their word that they have read the guidelines.</param>
internal readonly record struct Offer(OpenBatches Open, OpenBatches? Unread);

/// <summary>
/// Chooses the batches that a person is fit for: by skills and languages, by guidelines read, by what they do not want
/// to see. Most projects ask nothing of that kind, and then nothing is looked up.
/// </summary>
internal sealed class Offers(Store store, TimeProvider time)
{
    private static readonly TimeSpan Trust = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<(Guid Lab, Guid Person), (FrozenSet<string> Codes, long Loaded)> skills = [];

    // What was read stays read.
    private readonly ConcurrentDictionary<(Guid Project, Guid Person), FrozenSet<int>> read = [];

    public async ValueTask<Offer> OfAsync(ProjectFacts project, Actor actor, CancellationToken cancellation)
    {
        var open = project.Open;
        if (open.ByAge.Any(batch => batch.Skills.Length > 0 || batch.Languages.Length > 0))
        {
            var has = await SkillsAsync(actor, cancellation);
            open = open.Where(batch => Codes.Needed(batch).All(has.Contains));
        }

        if (open.ByAge.Any(batch => batch.Warning) && await DeclinesAsync(project.Id.Value, actor.Pseudonym, cancellation))
            open = open.Where(batch => !batch.Warning);

        var asked = open.ByAge.Select(batch => batch.GuidelineVersion).Where(version => version > 0).Distinct();
        if (await ReadAsync(project.Id.Value, actor.Pseudonym, asked, cancellation) is not { } known)
            return new Offer(open, null);
        var unread = open.Where(batch => !Knows(batch));
        return unread.ByAge.Length == 0 ? new Offer(open, null) : new Offer(open.Where(Knows), unread);

        bool Knows(Batch batch) => batch.GuidelineVersion == 0 || known.Contains(batch.GuidelineVersion);
    }

    /// <summary>The guideline version that keeps a person from work that is there for them; null where there is none.</summary>
    public async Task<int?> UnreadAsync(OpenBatches unread, Guid person, CancellationToken cancellation)
    {
        await using var connection = await store.OpenAsync(cancellation);
        foreach (var batch in unread.ByPriority)
        {
            await using var command = connection.Command(
                $"""
                 SELECT 1 FROM slot s WHERE s.batch = @batch AND s.state = 0 AND s.gold = FALSE AND {SlotSql.IsNewTo("@person", "s.item")} LIMIT 1
                 """, ("@batch", batch.Id), ("@person", person));
            if (await command.ExecuteScalarAsync(cancellation) is not null)
                return batch.GuidelineVersion;
        }

        return null;
    }

    /// <summary>Whether the person has every skill and language that a batch asks for.</summary>
    public async ValueTask<bool> IsQualifiedAsync(Batch batch, Actor actor, CancellationToken cancellation) =>
        (batch.Skills.Length == 0 && batch.Languages.Length == 0) || Codes.Needed(batch).All((await SkillsAsync(actor, cancellation)).Contains);

    /// <summary>The person's skills have changed.</summary>
    public void Forget(Guid lab, Guid person) => skills.TryRemove((lab, person), out _);

    private async ValueTask<FrozenSet<string>> SkillsAsync(Actor actor, CancellationToken cancellation)
    {
        var key = (actor.Lab.Value, actor.Pseudonym);
        if (skills.TryGetValue(key, out var known) && time.GetElapsedTime(known.Loaded) <= Trust)
            return known.Codes;
        var codes = (await MemberSkills.ReadAsync(store, actor.Lab.Value, actor.Pseudonym, cancellation)).ToFrozenSet(StringComparer.Ordinal);
        skills[key] = (codes, time.GetTimestamp());
        return codes;
    }

    // Null where nothing is unread.
    private async ValueTask<FrozenSet<int>?> ReadAsync(Guid project, Guid person, IEnumerable<int> asked, CancellationToken cancellation)
    {
        if (!asked.Any() || (read.TryGetValue((project, person), out var known) && asked.All(known.Contains)))
            return null;
        read[(project, person)] = known = await AcknowledgementsAsync(project, person, cancellation);
        return asked.All(known.Contains) ? null : known;
    }

    private async ValueTask<FrozenSet<int>> AcknowledgementsAsync(Guid project, Guid person, CancellationToken cancellation)
    {
        await using var connection = await store.OpenAsync(cancellation);
        await using var command = connection.Command(
            "SELECT version FROM acknowledgement WHERE project = @project AND person = @person", ("@project", project), ("@person", person));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var versions = new List<int>();
        while (await reader.ReadAsync(cancellation))
            versions.Add(reader.GetInt32(0));
        return versions.ToFrozenSet();
    }

    /// <summary>Whether the person chose not to work on what the project warns of.</summary>
    public async ValueTask<bool> DeclinesAsync(Guid project, Guid person, CancellationToken cancellation)
    {
        await using var connection = await store.OpenAsync(cancellation);
        await using var command = connection.Command(
            "SELECT 1 FROM warning_choice WHERE project = @project AND person = @person AND accepted = FALSE", ("@project", project), ("@person", person));
        return await command.ExecuteScalarAsync(cancellation) is not null;
    }
}
