using System.Diagnostics;
using System.Security.Cryptography;
using Cofferdam.ApiClient;
using Cofferdam.Cli.Demo.Shapes;
using Cofferdam.Ledger;

namespace Cofferdam.Cli.Demo;

/// <summary>One run: people enrol, work, are suspended and go on; the lab takes delivery; then the books are compared.</summary>
internal sealed class DemoRun(
    DemoNode node, DemoProject content, Canary canary, int annotatorCount, IReadOnlyList<string> alsoSearched, string logFolder, Terminal terminal)
{
    private const int Overlap = 2;

    /// <summary>Where two disagree a third is asked.</summary>
    private const int MostAnswers = Overlap + 1;

    /// <summary>Items whose answer is known: few, so that the most are worked on in earnest.</summary>
    private const int GoldItems = 4;

    /// <summary>Below this many a share of ten in a hundred could come to none.</summary>
    private const int FewItems = 200;

    /// <summary>Every second annotator signs in with a passkey.</summary>
    private const int PasskeyEvery = 2;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DemoLog log = new(content.Shape);

    // What an auditor would have kept from the middle of the run.
    private Checkpoint? kept;
    private Suspension? stopped;
    private readonly Stopwatch clock = Stopwatch.StartNew();

    /// <summary>One for four annotators: a reviewer who reads faster than people do meets the vault's limits.</summary>
    private int ReviewerCount => Math.Max(3, annotatorCount / 4);

    public async Task<DemoReport> RunAsync(CancellationToken cancellation)
    {
        using var owner = await DemoPerson.WithPasswordAsync(node.Address, node.OwnerLink, "owner", cancellation);
        using var staff = await DemoPerson.WithPasswordAsync(node.Address, await owner.InviteAsync("projectManager", cancellation), "manager", cancellation);
        var reviewers = await EnrolAsync(staff, "reviewer", ReviewerCount, cancellation);
        var annotators = await EnrolAsync(staff, "annotator", annotatorCount, cancellation);
        Say($"{2 + reviewers.Count + annotators.Count} people enrolled and signed in");

        // From here on nobody signs in, so that every decryption has its receipt in this lab's ledger.
        var before = (await staff.Lab.LedgerAsync(cancellation)).OrThrow();
        var (project, items) = await PrepareAsync(staff, cancellation);
        Say($"{items:N0} items imported and opened, {Overlap} answers wanted for each");

        var work = new DemoWork(project.Id, content.Shape, content.Shape.Question(content.Items, canary), log, canary);
        var accepted = await WorkAsync(work, staff, owner, project.Id, items, reviewers, annotators, cancellation);
        var progress = (await staff.Lab.Project(project.Id).ProgressAsync(cancellation)).OrThrow();
        Say($"{log.Submitted:N0} answers submitted, {log.Returned:N0} returned, {progress.Slots.Accepted:N0} accepted, {accepted} batches accepted");

        var (training, packageVerified) = await DeliverAsync(staff, project.Id, cancellation);
        Say("delivered");
        var delivered = await DeliveredBook.ReadAsync(Path.Combine(node.LabFolder, "package"), content.Shape, cancellation);

        var head = (await staff.Lab.LedgerAsync(cancellation)).OrThrow();
        var ledgerPath = Path.Combine(node.LabFolder, "ledger.jsonl");
        await using (var file = File.Create(ledgerPath))
            (await staff.Lab.SaveReceiptsAsync(file, cancellation)).OrThrow();
        var ledger = await LedgerBook.ReadAsync(ledgerPath, cancellation);
        var ledgerVerified = await DemoChecks.InAnotherProcessAsync(
            ["ledger", "verify", ledgerPath, "--size", head.Size.ToString(), "--root", head.Root, "--json"], cancellation);
        var matching = log.Handed.All(ledger.Has) && head.Unseals - before.Unseals == ledger.Disclosed(before.Size, head.Size);
        var published = await node.Ledger.CheckAsync(head, kept, logFolder, cancellation);
        Say($"ledger compared; its log of {published.Size:N0} receipts signed by {published.Witnessed.Count} witness");

        foreach (var person in annotators.Concat(reviewers))
            person.Dispose();
        var searched = node.Searched.Concat(alsoSearched).ToList();
        var (foundRunning, _) = DemoChecks.SearchAll(searched, canary);
        await node.StopAsync(cancellation);
        var (foundStopped, bytes) = DemoChecks.SearchAll(searched, canary);
        foreach (var path in foundRunning.Concat(foundStopped).Distinct(StringComparer.Ordinal))
            terminal.Note($"plaintext in {path}");
        var control = await DemoChecks.SearchControlAsync(Path.Combine(node.Folder, "control"), canary, cancellation);
        Say("searched");

        var lost = DemoChecks.Lost(log, delivered).ToList();
        foreach (var answer in lost)
            terminal.Note($"not delivered as it was given: slot {answer.Slot} of item {answer.Item}");

        return new DemoReport(
            progress.Items, annotators.Count, log.Submitted, progress.Slots.Accepted, log.Returned, training.Rows,
            DemoChecks.OverAssigned(log, delivered, MostAnswers), lost.Count,
            head.Size, matching, ledgerVerified,
            ledger.DisclosedWhileSuspended(), work.Refused,
            foundRunning.Count + foundStopped.Count, Math.Round(clock.Elapsed.TotalSeconds, 1),
            training.Ties, training.Unfit, DemoChecks.Misdirected(log, delivered), work.DraftsWhileSuspended,
            packageVerified, control, bytes, log.GoldSeen, log.Escalated, accepted, published, ledger.Proven(stopped!), []).Judged(Overlap, delivered.Answers.Count);
    }

    private async Task<List<DemoPerson>> EnrolAsync(DemoPerson staff, string role, int count, CancellationToken cancellation)
    {
        var people = await Task.WhenAll(Enumerable.Range(0, count).Select(async i =>
        {
            var link = await staff.InviteAsync(role, cancellation);
            var name = $"{role}-{i + 1}";
            return i % PasskeyEvery == PasskeyEvery - 1
                ? await DemoPerson.WithPasskeyAsync(node.Address, link, name, cancellation)
                : await DemoPerson.WithPasswordAsync(node.Address, link, name, cancellation);
        }));
        return [.. people];
    }

    private async Task<(Project Project, long Items)> PrepareAsync(DemoPerson staff, CancellationToken cancellation)
    {
        var made = await SampleProject.DescribeAsync(
            staff.Lab, DemoProject.Name(canary), DemoProject.Description(canary), DemoProject.Guidelines(canary), content.Form(canary), cancellation);
        var project = staff.Lab.Project(made.Id);
        var items = content.Shape is ImageShape
            ? (await ImportCommand.SendImagesAsync(project, content.Items.Files, terminal, cancellation)).Imported
            : 0L;
        foreach (var file in content.Shape is ImageShape ? [] : content.Items.Files)
        {
            var import = await ImportCommand.SendAsync(project, file, content.Items.Map, "keep", terminal, cancellation);
            if (import.State != "done" || import.Imported == 0)
                throw new CliException(ExitCode.NotTrue, "import", $"nothing could be imported: {import.State}, {import.Bad} bad rows", "map the fields with --map prompt=… a=… b=…");
            items += import.Imported;
        }

        var known = await MarkGoldAsync(project, cancellation);
        (await project.OpenBatchAsync(
            new BatchBody($"First round {canary.Mark}", Overlap, LeaseSeconds: 900, Held: 3)
            {
                Adaptive = true,
                MaxRounds = 1,
                GoldPercent = items < FewItems ? 50 : 10,
                GoldFeedback = "training",
                SecondReviewPercent = 5,
            },
            cancellation)).OrThrow();
        return (made, items - known);
    }

    /// <summary>Gives a few items their known answer, before they could go out as ordinary work.</summary>
    private async Task<int> MarkGoldAsync(ProjectClient project, CancellationToken cancellation)
    {
        var question = content.Shape.Question(content.Items, canary);
        var page = (await project.ItemsAsync(limit: GoldItems, cancellation: cancellation)).OrThrow();
        foreach (var row in page.Rows)
        {
            var item = (await project.ItemAsync(row.Id, cancellation)).OrThrow();
            var known = content.Shape.Known(item.Content, question);
            log.Know(row.Id);
            (await project.MarkGoldAsync(row.Id, new GoldBody(new Dictionary<string, QuestionAnswer>(StringComparer.Ordinal) { [DemoShape.Judgement] = known }, $"It is so. {canary.Mark}"), cancellation)).OrThrow();
        }

        return page.Rows.Count;
    }

    /// <summary>
    /// Everybody works at once; at a third one person is suspended, at two thirds the project; then both go on to the
    /// end, and the batch is accepted in a second round, after a defect of the first was mended.
    /// </summary>
    /// <returns>Batches accepted.</returns>
    private async Task<int> WorkAsync(
        DemoWork work, DemoPerson staff, DemoPerson owner, Guid id, long items, List<DemoPerson> reviewers, List<DemoPerson> annotators, CancellationToken cancellation)
    {
        var project = staff.Lab.Project(id);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var everybody = annotators.Select((person, i) => work.AnnotateAsync(person, i, stop.Token))
            .Concat(reviewers.Select((person, i) => work.ReviewAsync(person, 1000 + i, stop.Token)))
            .ToList();
        try
        {
            var wanted = items * Overlap;
            using var bar = terminal.Progress("answers", wanted, "submitted");
            await UntilAsync(() => log.Submitted >= wanted / 3, everybody, bar, cancellation);
            var person = (await staff.Lab.SuspendAsync(new SuspensionBody("person", annotators[0].Pseudonym, "qualityQuestion"), cancellation)).OrThrow();
            await UntilAsync(() => log.Submitted >= wanted * 2 / 3 && work.Refused > 0, everybody, bar, cancellation);

            var refused = work.Refused;
            var all = (await staff.Lab.SuspendAsync(new SuspensionBody("project", id, "securityIncident"), cancellation)).OrThrow();
            stopped = all;
            kept = await node.Ledger.SeenAsync(cancellation);
            await UntilAsync(() => work.Refused >= refused + (3 * annotators.Count), everybody, bar, cancellation);
            (await staff.Lab.ResumeAsync(all.SuspensionId, cancellation)).OrThrow();
            (await staff.Lab.ResumeAsync(person.SuspensionId, cancellation)).OrThrow();

            var batch = (await project.BatchesAsync(cancellation)).OrThrow().Single().Id;
            var accepted = 0;
            for (var round = 1; accepted == 0; round++)
            {
                await SettleAsync(project, everybody, bar, cancellation);
                // Not the manager, who has decided on escalated answers: nobody judges their own decisions.
                if (await AcceptAsync(owner.Lab.Project(id), batch, defect: round == 1, cancellation))
                    accepted++;
            }

            work.Finish();
            await Task.WhenAll(everybody);
            return accepted;
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }
    }

    /// <summary>Until nothing is open, in hand or under review. What reviewers could not settle, the manager accepts as it stands.</summary>
    private async Task SettleAsync(ProjectClient project, List<Task> everybody, ProgressBar bar, CancellationToken cancellation)
    {
        while (true)
        {
            var seen = log.Reviewed + log.Submitted;
            foreach (var one in (await project.EscalationsAsync(cancellation)).OrThrow())
                (await project.SettleAsync(one.Slot, new ReviewBody("accept"), cancellation)).OrThrow();
            var slots = (await project.ProgressAsync(cancellation)).OrThrow().Slots;
            if (slots.Open + slots.Leased + slots.Submitted + slots.Returned + slots.Escalated == 0)
                return;
            await UntilAsync(() => log.Reviewed + log.Submitted > seen, everybody, bar, cancellation);
        }
    }

    /// <summary>Judges a sample that nobody could foresee.</summary>
    /// <param name="defect">Find one defect, so that the batch is accepted only in part.</param>
    private async Task<bool> AcceptAsync(ProjectClient project, Guid batch, bool defect, CancellationToken cancellation)
    {
        var drawn = (await project.DrawSampleAsync(batch, new SampleSize(Percent: 5), cancellation)).OrThrow();
        var judged = 0;
        for (; judged < drawn.Sample; judged++)
        {
            var sample = (await project.NextSampleAsync(drawn.Id, cancellation)).OrThrow();
            var verdict = defect && judged == 0 ? new VerdictBody("defect", $"The reason is missing. {canary.Mark}") : new VerdictBody("fit");
            (await project.JudgeAsync(drawn.Id, sample.Slot, verdict, cancellation)).OrThrow();
        }

        var decision = defect ? new AcceptanceBody("partly", $"One answer needs another look. {canary.Mark}") : new AcceptanceBody("accept");
        return (await project.DecideAsync(drawn.Id, decision, cancellation)).OrThrow().State == "accepted";
    }

    /// <summary>Takes delivery as training file, raw, and raw encrypted to a key of this run, and has all verified by another process.</summary>
    private async Task<(Delivery Training, bool Verified)> DeliverAsync(DemoPerson staff, Guid id, CancellationToken cancellation)
    {
        var project = staff.Lab.Project(id);
        var key = (await staff.Lab.DeliveryKeyAsync(cancellation)).OrThrow().Key;

        var training = await DeliverCommand.MakeAsync(project, new DeliveryBody(content.Shape.Delivery), terminal, cancellation);
        var trainingPath = Path.Combine(node.LabFolder, "training.tar");
        (await project.DownloadAsync(training.Id, trainingPath, cancellation: cancellation)).OrThrow();

        var raw = await DeliverCommand.MakeAsync(project, new DeliveryBody("raw"), terminal, cancellation);
        var rawPath = Path.Combine(node.LabFolder, "package.tar");
        (await project.DownloadAsync(raw.Id, rawPath, cancellation: cancellation)).OrThrow();

        using var recipient = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var privatePath = Path.Combine(node.LabFolder, "recipient.pem");
        await File.WriteAllTextAsync(privatePath, recipient.ExportPkcs8PrivateKeyPem(), cancellation);
        var encrypted = await DeliverCommand.MakeAsync(
            project, new DeliveryBody("raw", Recipient: Convert.ToBase64String(recipient.ExportSubjectPublicKeyInfo())), terminal, cancellation);
        var encryptedPath = Path.Combine(node.LabFolder, "package.cfdp");
        (await project.DownloadAsync(encrypted.Id, encryptedPath, cancellation: cancellation)).OrThrow();

        return (training,
            await DemoChecks.InAnotherProcessAsync(["verify", trainingPath, "--key", key, "--json"], cancellation)
            && await DemoChecks.InAnotherProcessAsync(["verify", rawPath, "--key", key, "--unpack", Path.Combine(node.LabFolder, "package"), "--json"], cancellation)
            && await DemoChecks.InAnotherProcessAsync(["verify", encryptedPath, "--key", key, "--recipient-key", privatePath, "--json"], cancellation));
    }

    /// <summary>Waits for something that the people bring about; fails where one of them failed, or nothing moves any more.</summary>
    private async Task UntilAsync(Func<bool> holds, List<Task> everybody, ProgressBar bar, CancellationToken cancellation)
    {
        var moved = Stopwatch.StartNew();
        var last = -1L;
        while (!holds())
        {
            if (everybody.FirstOrDefault(one => one.IsFaulted) is { } failed)
                await failed;
            var now = log.Submitted + log.Reviewed;
            if (now != last)
                moved.Restart();
            else if (moved.Elapsed > Patience)
                throw new CliException(ExitCode.NotTrue, "stuck", $"nothing moves any more after {log.Submitted} answers and {log.Reviewed} reviews", $"the node's folder is {node.Folder}");
            last = now;
            bar.Report(log.Submitted);
            await Task.Delay(Look, cancellation);
        }
    }

    private void Say(string line) => terminal.Note($"{clock.Elapsed.TotalSeconds,6:0.0} s  {line}");
}
