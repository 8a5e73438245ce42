using System.Security.Cryptography;
using Cofferdam.Work.Batches;
using Cofferdam.Work.Events;

namespace Cofferdam.Work.Slots;

/// <summary>
/// Leases the next slot that this person may do: batch after batch, in the order of their turn, each in a round of its own.
/// Now and then the slot is one whose answer is known, made on the spot.
/// </summary>
internal sealed class LeaseOperation(Places places, OpenBatches open, Guid person, DateTimeOffset now, bool told = false)
    : SlotOperation<LeaseOutcome>(new(LeaseResult.None, null))
{
    private static readonly Statement CountHeld = new(
        "SELECT count(*) FROM (SELECT 1 FROM slot WHERE project = $1 AND holder = $2 AND state = 1 LIMIT $3) AS held");

    private static readonly Statement CountTaken = new($"SELECT {SlotSql.TakenOf("b")} FROM batch b WHERE b.id = $1");

    private static readonly Statement LookAhead = new(LeaseSql.Ahead);

    private static readonly Statement[] Counting = [CountTaken];
    private static readonly Statement[] LookingAhead = [LookAhead];
    private static readonly Statement[][] Ordinary = LeaseSql.Scripts(CountHeld, LeaseSql.Ordinary);
    private static readonly Statement[][] Gold = LeaseSql.Scripts(CountHeld, LeaseSql.Gold);
    private static readonly Statement[][] Again = LeaseSql.Scripts(CountHeld, LeaseSql.Again);

    private static readonly Dictionary<Statement[], Statement[]> Told =
        Ordinary.Concat(Gold).Concat(Again).ToDictionary(script => script, script => (Statement[])[.. script, EventSql.TakenBy]);

    private readonly TaskCompletionSource<SlotLease?> picked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Place? place;
    private Batch[]? order;
    private int next;
    private Statement[]? script;
    private bool goldTried;
    private Guid? ahead;
    private bool looked;

    /// <summary>
    /// Completes as soon as the slot is known, which may be before it is durable, so that the vault can open the item
    /// meanwhile. Null where there is none. Nothing may be handed out before <see cref="SlotOperation{T}.Done"/>.
    /// </summary>
    public Task<SlotLease?> Picked => picked.Task;

    public override ReadOnlySpan<Statement> Script => told && Told.TryGetValue(script ??= Choose(), out var telling) ? telling : script ??= Choose();

    private Batch Batch => order![next];

    private Position Position => place!.In(Batch);

    private bool IsGold => script is { } chosen && Array.IndexOf(Gold, chosen) >= 0;

    private bool IsAgain => script is { } chosen && Array.IndexOf(Again, chosen) >= 0;

    public override void Bind(Statement statement, Arguments arguments)
    {
        if (statement == CountTaken)
        {
            arguments.Add(Batch.Id);
            return;
        }

        if (statement == CountHeld)
        {
            arguments.Add(open.Project);
            arguments.Add(person);
            arguments.Add((long)open.Held);
            return;
        }

        if (statement == EventSql.TakenBy)
        {
            arguments.Add(open.Project);
            arguments.Add(person);
            arguments.Add(now);
            return;
        }

        arguments.Add(Batch.Id);
        arguments.Add(person);
        arguments.Add(Position.From);
        arguments.Add(now);
        arguments.Add((long)Batch.GuidelineVersion);
        if (statement.Parameters < 6)
            return;
        arguments.Add(open.Project);
        arguments.Add((long)open.Held);
        if (statement.Parameters < 8)
            return;
        arguments.Add((long)(Batch.DailyCap ?? 0));
        arguments.Add(Today);
        if (IsAgain)
            arguments.Add(Position.Again.Min);
        if (!IsGold)
            return;
        arguments.Add(RisingIds.Between(Position.From > Position.Furthest ? Position.From : Position.Furthest, ahead!.Value));
        arguments.Add(RandomNumberGenerator.GetInt32(2) == 1);
    }

    public override void Read(Statement statement, Row row)
    {
        if (statement == CountTaken)
        {
            var budget = places.BudgetOf(Batch.Id, now);
            (budget.Taken, budget.MayBeLess) = (row.Number(0), false);
            return;
        }

        if (statement == CountHeld)
        {
            place!.Held = row.Number(0);
            if (place.Held < open.Held)
                return;
            Outcome = new(LeaseResult.HeldTooMany, null);
            places.Freed(Batch.Id);
            return;
        }

        if (statement == LookAhead)
        {
            ahead = row.Id(0);
            return;
        }

        var lease = SlotLease.Read(row);
        Outcome = new(LeaseResult.Leased, lease);
        place!.Held++;
        Position.From = lease.Slot;
        Position.Again.Remove(lease.Slot);
        if (lease.Slot > Position.Furthest)
        {
            // One that comes back is not counted: nobody brings the next known answer about.
            Position.UntilGold = IsGold ? null : Position.UntilGold - 1;
            Position.Furthest = lease.Slot;
        }

        picked.TrySetResult(lease);
    }

    public override void Ran()
    {
        if (Outcome.Result is not LeaseResult.None || script is not { Length: > 0 } || script == Counting)
            return;
        if (IsAgain)
        {
            Position.Again.Remove(Position.Again.Min);
            return;
        }

        // Where nothing else is left there is no gold either: a queue of nothing but known answers would tell them.
        if (IsGold || script == LookingAhead)
        {
            (goldTried, looked) = (IsGold || ahead is null, true);
            return;
        }

        // Everything that is left is another's or not for this person.
        places.BudgetOf(Batch.Id, now).Taken--;
        Position.From = Guid.AllBitsSet;
        Position.Until = Batch.DailyCap is null ? null : Today.AddDays(1);
    }

    public override bool GoesOn()
    {
        if (Outcome.Result is not LeaseResult.None || script is not { Length: > 0 })
            return false;
        script = null;
        return true;
    }

    public override void Committed()
    {
        base.Committed();
        picked.TrySetResult(Outcome.Lease);
    }

    public override void Failed(Exception reason)
    {
        base.Failed(reason);
        picked.TrySetResult(null);
    }

    // Once somebody was told of a slot, another attempt could pick another.
    public override bool Restart()
    {
        (place, script, next, goldTried, ahead, looked) = (null, null, 0, false, null, false);
        return Outcome.Lease is null && base.Restart();
    }

    private DateTimeOffset Today => new(now.UtcDateTime.Date, TimeSpan.Zero);

    private Statement[] Choose()
    {
        place = places.Of(open.Project, person, now);
        order ??= places.Order(open);
        for (; next < order.Length; next++, goldTried = false, ahead = null, looked = false)
        {
            if (Position.IsDry(now))
                continue;
            if (Batch is { PriceCap: { } cap, Price: > 0 and var price })
            {
                var room = places.BudgetOf(Batch.Id, now).HasRoom(cap / price);
                if (room is null)
                    return Counting;
                if (room is false)
                    continue;
            }

            var limits = LeaseSql.Index(held: place.Held is null || place.Held >= open.Held, daily: Batch.DailyCap is not null);
            var again = Position.Again.Count > 0;
            if (again && looked && (ahead is null || ahead > Position.Again.Min))
                return Again[limits];
            var gold = !again && IsGoldDue();
            if ((again || gold) && !looked)
                return LookingAhead;
            gold &= ahead > Position.Furthest;
            // At once, and given back where it comes to nothing: PostgreSQL is sent a whole round before it answers.
            if (!gold)
                places.Taken(Batch.Id);
            return (gold ? Gold : Ordinary)[limits];
        }

        return [];
    }

    // The gap between two is drawn evenly from nothing to twice its mean: nobody can foresee the next one, and nobody goes
    // long without. The first of a person's tasks is never one: its slot's id lies between those of two ordinary ones.
    private bool IsGoldDue()
    {
        if (Batch.GoldPercent == 0 || goldTried || Position.From == Guid.Empty)
            return false;
        Position.UntilGold ??= (int)Math.Round(RandomNumberGenerator.GetInt32(1 << 20) / (double)(1 << 20) * 2 * (100 - Batch.GoldPercent) / Batch.GoldPercent);
        return Position.UntilGold <= 0;
    }
}
