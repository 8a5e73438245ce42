using Cofferdam.Work.Batches;

namespace Cofferdam.Work.Slots;

/// <summary>Where each person has got to in each batch, so that nobody looks twice at what is not for them.</summary>
/// <remarks>
/// Kept in memory and owned by the loop's thread. A hint but for the budgets: the statements alone decide who gets what.
/// Forgetting it costs one longer look.
/// </remarks>
internal sealed class Places(bool shared)
{
    /// <summary>So many leases of a project go by priority before one goes to the oldest batch.</summary>
    private const int ByPriorityInARow = 7;

    // What another server reopens is seen after this long.
    private static readonly TimeSpan Trust = TimeSpan.FromSeconds(5);

    private readonly Dictionary<Guid, ProjectPlaces> projects = [];
    private readonly Dictionary<Guid, Budget> budgets = [];

    public Place Of(Guid project, Guid person, DateTimeOffset now)
    {
        var people = In(project).People;
        if (!people.TryGetValue(person, out var place))
            people.Add(person, place = new Place { Since = now });
        if (shared && now - place.Since > Trust)
            place.LookAgain(now);
        return place;
    }

    /// <summary>Whose turn it is: every eighth lease of a project goes to the oldest batch, so that none starves.</summary>
    public Batch[] Order(OpenBatches open)
    {
        var places = In(open.Project);
        places.Turn = places.Turn == ByPriorityInARow ? 0 : places.Turn + 1;
        return places.Turn == ByPriorityInARow ? open.ByAge : open.ByPriority;
    }

    /// <summary>What is known of a batch's spending. Exact where this server is the only one; as old as <see cref="Trust"/> otherwise.</summary>
    public Budget BudgetOf(Guid batch, DateTimeOffset now)
    {
        if (!budgets.TryGetValue(batch, out var budget) || (shared && now - budget.Since > Trust))
            budgets[batch] = budget = new Budget { Since = now };
        return budget;
    }

    /// <summary>A slot was taken other than by a lease.</summary>
    public void Taken(Guid batch)
    {
        if (budgets.TryGetValue(batch, out var budget))
            budget.Taken++;
    }

    /// <summary>A slot of a batch was cancelled, so that its price is free again.</summary>
    public void Freed(Guid batch)
    {
        if (budgets.TryGetValue(batch, out var budget))
            budget.MayBeLess = true;
    }

    /// <summary>
    /// Something is sent that takes a slot if its lease has lapsed, and which one is known only when it comes back: on
    /// PostgreSQL a lease of the same round must not count on that room.
    /// </summary>
    public void MayTake()
    {
        foreach (var budget in budgets.Values)
        {
            budget.Taken++;
            budget.MayBeLess = true;
        }
    }

    /// <summary>A slot is open, or open again: whoever has passed it goes back to it.</summary>
    public void Reopened(Guid project, Guid batch, Guid slot)
    {
        Freed(batch);
        if (!projects.TryGetValue(project, out var places))
            return;
        foreach (var place in places.People.Values)
            place.Reopened(batch, slot);
    }

    /// <summary>
    /// Somebody let go a slot whose answer is known. Nobody else is given it; they get it again in its turn, as they
    /// would any other: one that never came back would tell what it was.
    /// </summary>
    public void LetGo(Guid project, Guid batch, Guid slot, Guid person)
    {
        if (projects.TryGetValue(project, out var places) && places.People.TryGetValue(person, out var place))
            place.LetGo(batch, slot);
    }

    /// <summary>The person holds more or fewer tasks than before: to be counted again.</summary>
    public void Changed(Guid project, Guid person)
    {
        if (projects.TryGetValue(project, out var places) && places.People.TryGetValue(person, out var place))
            place.Held = null;
    }

    public void Forget(Guid project)
    {
        projects.Remove(project);
        budgets.Clear();
    }

    public void Forget()
    {
        projects.Clear();
        budgets.Clear();
    }

    private ProjectPlaces In(Guid project)
    {
        if (!projects.TryGetValue(project, out var places))
            projects.Add(project, places = new ProjectPlaces());
        return places;
    }

    private sealed class ProjectPlaces
    {
        public Dictionary<Guid, Place> People { get; } = [];

        public int Turn { get; set; }
    }
}

/// <summary>One person's place in one project.</summary>
internal sealed class Place
{
    private readonly Dictionary<Guid, Position> batches = [];

    /// <summary>Tasks leased; null where it must be counted.</summary>
    public long? Held { get; set; }

    public DateTimeOffset Since { get; set; }

    public Position In(Batch batch)
    {
        if (!batches.TryGetValue(batch.Id, out var position))
            batches.Add(batch.Id, position = new Position());
        return position;
    }

    public void Reopened(Guid batch, Guid slot)
    {
        if (batches.TryGetValue(batch, out var position) && position.From > slot)
            position.From = slot;
    }

    public void LetGo(Guid batch, Guid slot)
    {
        if (batches.TryGetValue(batch, out var position))
            position.Again.Add(slot);
    }

    public void LookAgain(DateTimeOffset now)
    {
        foreach (var position in batches.Values)
            position.From = Guid.Empty;
        (Held, Since) = (null, now);
    }
}

/// <summary>One person's place in one batch.</summary>
internal sealed class Position
{
    /// <summary>Every slot before this one is taken, or not for this person; all bits set where there is nothing left.</summary>
    public Guid From { get; set; }

    /// <summary>Where nothing was left under a daily cap: when the next day begins.</summary>
    public DateTimeOffset? Until { get; set; }

    /// <summary>Ordinary tasks before the next one whose answer is known; null until drawn.</summary>
    public int? UntilGold { get; set; }

    /// <summary>The last slot that the person was given here. Known answers come after it alone: between a slot and its coming back there is nothing else.</summary>
    public Guid Furthest { get; set; }

    /// <summary>Slots with a known answer that the person had and let go.</summary>
    public SortedSet<Guid> Again { get; } = [];

    /// <summary>There is nothing here for the person at this time.</summary>
    public bool IsDry(DateTimeOffset now)
    {
        if (now >= Until)
            (From, Until) = (Guid.Empty, null);
        return From == Guid.AllBitsSet;
    }
}

/// <summary>Slots of a batch that cost money: accepted ones, and those on their way.</summary>
internal sealed class Budget
{
    /// <summary>At least as many as there are; null where they must be counted.</summary>
    public long? Taken { get; set; }

    /// <summary>Some came back since they were counted.</summary>
    public bool MayBeLess { get; set; }

    public DateTimeOffset Since { get; init; }

    /// <returns>Null where that takes counting.</returns>
    public bool? HasRoom(long most) => Taken < most ? true : Taken is null || MayBeLess ? null : false;
}
