using Cofferdam.ApiClient;
using Cofferdam.Cli.Demo.Shapes;

namespace Cofferdam.Cli.Demo;

/// <summary>The work of the demo's people on one project: annotators and reviewers, all at once, each on a line of their own.</summary>
/// <remarks>
/// They acknowledge the guidelines, save drafts, submit twice, skip, report, and rework what is returned. Whoever is suspended tries on, and keeps
/// what was typed as a draft.
/// </remarks>
internal sealed class DemoWork(Guid project, DemoShape shape, Question question, DemoLog log, Canary canary)
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
            if (reply.Problem is { Code: "guidelines-unread" } unread)
            {
                await ReadGuidelinesAsync(work, unread, cancellation);
                continue;
            }

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
                var decision = accept
                    ? new ReviewBody("accept")
                    : new ReviewBody("return", $"Please look at the second step again. {canary.Mark}", Evidence: new Evidence("judging", DemoShape.Judgement));
                var decided = await work.ReviewAsync(task.Slot, decision, cancellation);
                if (decided.Problem is { Code: "suspended" })
                    continue;
                log.Review(decision.Decision, decided.OrThrow().State);
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

        var judgement = shape.Answer(task, question, habit);
        var rationale = habit.Next(3) == 0 ? $"It names amounts and times. {canary.Mark}" : null;
        if (habit.Next(5) == 0)
        {
            var draft = await work.DraftAsync(task.Slot, Answers(judgement, $"It names amounts. {canary.Mark}"), task.Draft?.Version ?? 0, cancellation);
            draft.OrThrow();
            (await work.RenewAsync(task.Slot, cancellation)).OrThrow();
        }

        var body = new SubmitBody(Guid.CreateVersion7(), Answers(judgement, rationale), habit.Next(20, 300));
        var first = work.SubmitAsync(task.Slot, body, cancellation);
        // Now and then the line was slow and the page sends it again: whichever gets through counts.
        Reply<SlotState>[] replies = habit.Next(7) == 0 ? [await work.SubmitAsync(task.Slot, body, cancellation), await first] : [await first];
        var told = replies.Where(reply => reply.Problem is not { Code: "suspended" }).Select(reply => reply.OrThrow()).ToList();
        if (told.Count == 0)
            return false;
        log.Acknowledge(person, task, judgement, rationale, told.Exists(state => state.Gold is not null));
        return true;
    }
#pragma warning restore CA5394

    private static async Task ReadGuidelinesAsync(WorkClient work, Problem unread, CancellationToken cancellation)
    {
        var version = unread.More is { } more && more.TryGetValue("version", out var said) ? said.GetInt32() : throw new CliException(ExitCode.NotTrue, "guidelines-unread", "the node does not say which guidelines are to be read", "that is a fault of the node");
        (await work.ReadGuidelinesAsync(version, cancellation)).OrThrow();
        (await work.AcknowledgeGuidelinesAsync(version, cancellation)).OrThrow();
    }

    private async Task<AnnotationTask?> KeepDraftAsync(WorkClient work, AnnotationTask? inHand, CancellationToken cancellation)
    {
        if (inHand is null)
            return null;
        var saved = await work.DraftAsync(inHand.Slot, Answers(null, $"Kept while work is stopped. {canary.Mark}"), inHand.Draft?.Version ?? 0, cancellation);
        if (saved.Done)
            Interlocked.Increment(ref draftsWhileSuspended);
        return null;
    }

    /// <summary>The vault's limit for people, which programs can meet: they try again.</summary>
    private static bool TooFast<T>(Reply<T> reply) => reply.Problem is { Code: "rereads-spent" or "too-many-requests" };

    private static Dictionary<string, QuestionAnswer> Answers(QuestionAnswer? judgement, string? rationale)
    {
        var answers = new Dictionary<string, QuestionAnswer>(StringComparer.Ordinal);
        if (judgement is not null)
            answers[DemoShape.Judgement] = judgement;
        if (rationale is not null)
            answers[DemoShape.Rationale] = new(Text: rationale);
        return answers;
    }
}
