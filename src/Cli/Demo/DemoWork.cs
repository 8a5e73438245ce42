using Cofferdam.ApiClient;

namespace Cofferdam.Cli.Demo;

/// <summary>The work of the demo's people on one project: annotators and reviewers, all at once, each on a line of their own.</summary>
/// <remarks>
/// They save drafts, submit twice, skip, report, and rework what is returned. Whoever is suspended tries on, and keeps
/// what was typed as a draft.
/// </remarks>
internal sealed class DemoWork(Guid project, DemoLog log, Canary canary)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    /// <summary>Between refusals: each leaves a receipt, and a node takes no more than five per second of one account for long.</summary>
    private static readonly TimeSpan PauseOfStopped = TimeSpan.FromMilliseconds(250);

    // Set by the demo when no work is left; read by everybody.
    private volatile bool finished;
    private long refused;
    private long draftsWhileSuspended;

    /// <summary>Requests for a task that were answered with "suspended".</summary>
    public long Refused => Interlocked.Read(ref refused);

    /// <summary>Drafts that were sealed while their writer was suspended.</summary>
    public long DraftsWhileSuspended => Interlocked.Read(ref draftsWhileSuspended);

    public void Finish() => finished = true;

    public async Task AnnotateAsync(DemoPerson person, int seed, CancellationToken cancellation)
    {
        var work = person.Lab.Work(project);
#pragma warning disable CA5394 // Behaviour that can be repeated; nothing secret hangs on it.
        var habit = new Random(seed);
#pragma warning restore CA5394
        AnnotationTask? inHand = null;
        while (!finished)
        {
            var reply = await NextAsync(person, work, cancellation);
            if (reply.Problem is { Code: "suspended" })
            {
                Interlocked.Increment(ref refused);
                inHand = await KeepDraftAsync(work, inHand, cancellation);
                await Task.Delay(PauseOfStopped, cancellation);
                continue;
            }

            if (TooFast(reply) || reply.OrThrow() is not { } task)
            {
                await Task.Delay(Pause, cancellation);
                continue;
            }

            log.Hand(person, task);
            inHand = task;
            if (await AnswerAsync(person, work, task, habit, cancellation))
                inHand = null;
        }
    }

    public async Task ReviewAsync(DemoPerson reviewer, int seed, CancellationToken cancellation)
    {
        var work = reviewer.Lab.Work(project);
#pragma warning disable CA5394
        var habit = new Random(seed);
#pragma warning restore CA5394
        var returnedOnce = new HashSet<Guid>();
        while (!finished)
        {
            var reply = await work.NextReviewAsync(cancellation);
            var stopped = reply.Problem is { Code: "suspended" };
            if (stopped)
                Interlocked.Increment(ref refused);
            else if (!TooFast(reply) && reply.OrThrow() is { } task)
            {
                log.Hand(reviewer, task);
#pragma warning disable CA5394
                var accept = habit.Next(20) > 0 || !returnedOnce.Add(task.Slot);
#pragma warning restore CA5394
                var decided = await work.ReviewAsync(
                    task.Slot, accept ? new ReviewBody("accept") : new ReviewBody("return", $"Please look at the second step again. {canary.Mark}"), cancellation);
                if (decided.Problem is { Code: "suspended" })
                    continue;
                decided.OrThrow();
                log.Review(accept);
                continue;
            }

            await Task.Delay(stopped ? PauseOfStopped : Pause, cancellation);
        }
    }

    /// <summary>The next task; where there is none, or too many are held, one that is held already.</summary>
    private static async Task<Reply<AnnotationTask>> NextAsync(DemoPerson person, WorkClient work, CancellationToken cancellation)
    {
        var next = await work.NextAsync(cancellation);
        if (next.Problem is { Code: not "held-too-many" } || next.Value is not null)
            return next;
        var held = await work.HeldAsync(cancellation);
        if (!held.Done)
            return new Reply<AnnotationTask>(null, held.Problem);
        if (held.Value!.Count == 0)
            return new Reply<AnnotationTask>(null);
        var opened = await work.OpenAsync(held.Value[0].Slot, cancellation);

        // Between the list and the opening a lease can run out.
        return opened.Problem is { Status: 404 or 409 } ? new Reply<AnnotationTask>(null) : opened;
    }

#pragma warning disable CA5394
    /// <returns>False where the person was stopped with the answer in hand.</returns>
    private async Task<bool> AnswerAsync(DemoPerson person, WorkClient work, AnnotationTask task, Random habit, CancellationToken cancellation)
    {
        if (task.State != "returned")
        {
            if (habit.Next(60) == 0)
            {
                (await work.SkipAsync(task.Slot, $"I do not know this trade. {canary.Mark}", cancellation)).OrThrow();
                log.Release(person, task);
                return true;
            }

            if (habit.Next(80) == 0)
            {
                (await work.ReleaseAsync(task.Slot, cancellation)).OrThrow();
                log.Release(person, task);
                return true;
            }
        }

        if (habit.Next(100) == 0)
            (await work.ReportAsync(task.Slot, $"The second response seems to be cut off. {canary.Mark}", cancellation)).OrThrow();

        var choice = Choose(task, habit);
        var rationale = habit.Next(3) == 0 ? $"It names amounts and times; the other does not. {canary.Mark}" : null;
        if (habit.Next(5) == 0)
        {
            var draft = await work.DraftAsync(task.Slot, Answers(choice, $"It names amounts. {canary.Mark}"), task.Draft?.Version ?? 0, cancellation);
            draft.OrThrow();
            (await work.RenewAsync(task.Slot, cancellation)).OrThrow();
        }

        var body = new SubmitBody(Guid.CreateVersion7(), Answers(choice, rationale), habit.Next(20, 300));
        var first = work.SubmitAsync(task.Slot, body, cancellation);
        if (habit.Next(7) == 0)
        {
            // The line was slow and the page sends it again.
            var again = await work.SubmitAsync(task.Slot, body, cancellation);
            if (again.Problem is not { Code: "suspended" })
                again.OrThrow();
        }

        var submitted = await first;
        if (submitted.Problem is { Code: "suspended" })
            return false;
        submitted.OrThrow();
        log.Acknowledge(person, task, choice, rationale);
        return true;
    }

    /// <summary>Mostly the longer response, now and then a tie: people who agree often and not always.</summary>
    private static int Choose(AnnotationTask task, Random habit)
    {
        var longer = task.Left.GetRawText().Length >= task.Right.GetRawText().Length ? -1 : 1;
        return habit.Next(10) switch { 0 => 0, 1 => -longer, < 6 => longer, _ => 2 * longer };
    }
#pragma warning restore CA5394

    private async Task<AnnotationTask?> KeepDraftAsync(WorkClient work, AnnotationTask? inHand, CancellationToken cancellation)
    {
        if (inHand is null)
            return null;
        var saved = await work.DraftAsync(inHand.Slot, Answers(1, $"Kept while work is stopped. {canary.Mark}"), inHand.Draft?.Version ?? 0, cancellation);
        if (saved.Done)
            Interlocked.Increment(ref draftsWhileSuspended);
        return null;
    }

    /// <summary>The vault's limit for people, which programs can meet: they try again.</summary>
    private static bool TooFast<T>(Reply<T> reply) => reply.Problem is { Code: "rereads-spent" or "too-many-requests" };

    private static Dictionary<string, QuestionAnswer> Answers(int choice, string? rationale)
    {
        var answers = new Dictionary<string, QuestionAnswer>(StringComparer.Ordinal) { [DemoProject.PreferenceKey] = new(Choice: choice) };
        if (rationale is not null)
            answers[DemoProject.RationaleKey] = new(Text: rationale);
        return answers;
    }
}
