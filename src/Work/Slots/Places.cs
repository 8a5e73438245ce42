namespace Cofferdam.Work.Slots;

/// <summary>Where each person has got to in each project's queue, so that nobody looks twice at what is not for them.</summary>
/// <remarks>
/// A hint, kept in memory and owned by the loop's thread: the statements alone decide who gets what. Forgetting
/// it costs one longer look.
/// </remarks>
internal sealed class Places(bool shared)
{
    // Slots that another server reopens are seen after this long.
    private static readonly TimeSpan Trust = TimeSpan.FromSeconds(5);

    private readonly Dictionary<Guid, Dictionary<Guid, Place>> projects = [];

    public Place Of(Guid project, Guid person, DateTimeOffset now)
    {
        if (!projects.TryGetValue(project, out var people))
            projects.Add(project, people = []);
        if (!people.TryGetValue(person, out var place))
            people.Add(person, place = new Place { Since = now });
        if (shared && now - place.Since > Trust)
        {
            place.From = Guid.Empty;
            place.Held = null;
            place.Since = now;
        }

        return place;
    }

    /// <summary>A slot is open again: whoever has passed it goes back to it.</summary>
    public void Reopened(Guid project, Guid slot)
    {
        if (!projects.TryGetValue(project, out var people))
            return;
        foreach (var place in people.Values.Where(place => place.From > slot))
            place.From = slot;
    }

    /// <summary>The person holds more or fewer tasks than before: to be counted again.</summary>
    public void Changed(Guid project, Guid person)
    {
        if (projects.TryGetValue(project, out var people) && people.TryGetValue(person, out var place))
            place.Held = null;
    }

    public void Forget(Guid project) => projects.Remove(project);

    public void Forget() => projects.Clear();
}

/// <summary>One person's place in one project.</summary>
internal sealed class Place
{
    /// <summary>Every slot before this one is taken, or not for this person.</summary>
    public Guid From { get; set; }

    /// <summary>Tasks leased; null where it must be counted.</summary>
    public long? Held { get; set; }

    public DateTimeOffset Since { get; set; }
}
