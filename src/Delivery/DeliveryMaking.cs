using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Cofferdam.Delivery.About;
using Cofferdam.Delivery.Reading;
using Cofferdam.Delivery.Shapes;
using Cofferdam.Package;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Labs;
using Cofferdam.Work.Notices;
using Cofferdam.Work.Projects;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Delivery;

/// <summary>Makes one package: streams accepted answers out of the vault, a receipt's worth at a time, at constant memory.</summary>
internal sealed class DeliveryMaking(AppDb db, Store store, IVault vault, DeliverySigning signing, PackageFolder folder, NoticeBoard notices, TimeProvider time)
{
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs that are opened while one is written.</summary>
    private const int RunsAhead = 2;

    private static string Build { get; } =
        typeof(DeliveryMaking).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>Ends with the delivery done, or failed where the vault refuses.</summary>
    public async Task RunAsync(DeliveryRow row, CancellationToken cancellation)
    {
        try
        {
            await MakeAsync(row, cancellation);
        }
        catch (ExportRefusedException refused)
        {
            await FailAsync(row, refused.Reason == RefusalReason.Suspended ? "suspended" : "refused", cancellation);
        }
    }

    public async Task FailAsync(DeliveryRow row, string problem, CancellationToken cancellation)
    {
        folder.Remove(row.Id);
        await new DeliveredAnswers(store, row, restricted: false).ClearAsync(cancellation);
        row.State = DeliveryState.Failed;
        row.Problem = problem;
        row.EndedAt = time.GetUtcNow();
        await db.SaveChangesAsync(cancellation);
        await TellAsync(NoticeKind.DeliveryFailed, row, await LabAsync(row, cancellation));
    }

    private Task TellAsync(NoticeKind kind, DeliveryRow row, LabId lab) =>
        notices.TellAsync(new NewNotice(lab, kind, row.Project, row.Id), [row.RequestedBy]);

    private async Task<LabId> LabAsync(DeliveryRow row, CancellationToken cancellation) =>
        new(await db.Projects.Where(project => project.Id == row.Project).Select(project => project.Lab).SingleAsync(cancellation));

    private async Task MakeAsync(DeliveryRow row, CancellationToken cancellation)
    {
        var shape = Shape.All.Single(known => known.Name == row.Shape);
        var batches = await db.DeliveryBatches.Where(batch => batch.Delivery == row.Id).OrderBy(batch => batch.Batch).Select(batch => batch.Batch).ToListAsync(cancellation);
        var accepted = new AcceptedAnswers(store, row, batches.Count > 0);
        var delivered = new DeliveredAnswers(store, row, batches.Count > 0);
        await delivered.ClearAsync(cancellation);
        (row.Items, row.Taken) = (await accepted.CountAsync(cancellation), 0);
        await db.SaveChangesAsync(cancellation);

        var labs = db.Labs;
        var owner = await db.Projects.Where(project => project.Id == row.Project)
            .Join(labs, project => project.Lab, lab => lab.Id, (project, lab) => new { lab.Id, lab.Slug }).SingleAsync(cancellation);
        var lab = new LabId(owner.Id);
        var door = new ExportDoor(vault, lab, new ProjectId(row.Project), Principal.Person(row.RequestedBy), Destinations.Of(row.Recipient));
        if (await new ProjectReader(db, door).ReadAsync(row.Project, cancellation) is not { } project)
        {
            await FailAsync(row, "not-as-sealed", cancellation);
            return;
        }

        using var signer = await signing.OpenAsync(lab, cancellation);
        await using var package = new PackageWriter(folder.Waiting);
        var versions = new Versions();
        var files = await FillAsync(row, shape, package, accepted, delivered, new DeliveryReader(door, project.Forms, new DeliveryNames().Of), versions, cancellation);

        var created = time.GetUtcNow();
        var description = new DeliveryDescription(
            owner.Slug, project.Name, project.Description, row, shape, created, versions.Guidelines, versions.Forms, batches.Count > 0, vault.Identity.EvaluationMode, files);
        Describe(package, description, [.. versions.Forms.Select(version => project.Forms[version])]);

        var head = await vault.HeadAsync(lab, cancellation);
        var facts = new DeliveryFacts(
            row.Id, created, lab.Value, row.Project, row.Shape, [.. versions.Guidelines], [.. versions.Forms],
            description.Aggregation,
            [],
            new LedgerCheckpoint(head.Size, Convert.ToBase64String(head.Root.Span)),
            door.FirstReceipt is { } first ? new ReceiptRange(first, door.LastReceipt!.Value) : null,
            Build, description.Evaluation,
            JsonNamingPolicy.CamelCase.ConvertName(row.Votes.ToString()), row.Since, batches.Count > 0 ? batches : null);
        row.Bytes = await WriteAsync(row, lab, new ProjectId(row.Project), package, facts, signer, cancellation);

        (row.Rows, row.Ties, row.Unfit, row.Withdrawn) = (files.Rows, files.Ties, files.Unfit, files.Withdrawn);
        row.State = DeliveryState.Done;
        row.EndedAt = time.GetUtcNow();
        await db.SaveChangesAsync(cancellation);
        await TellAsync(NoticeKind.DeliveryDone, row, lab);
    }

    private async Task<DeliveryFiles> FillAsync(
        DeliveryRow row, Shape shape, PackageWriter package, AcceptedAnswers accepted, DeliveredAnswers delivered, DeliveryReader reader, Versions versions,
        CancellationToken cancellation)
    {
        await using var files = new DeliveryFiles(package, shape, row.Votes, builds: row.Since is not null);
        var said = time.GetTimestamp();
        await foreach (var (taken, read) in ReadAsync(accepted, delivered, reader, versions, cancellation).Ahead(RunsAhead, cancellation))
        {
            foreach (var item in read)
                await files.AddAsync(item, cancellation);

            row.Taken += taken;
            if (time.GetElapsedTime(said) < ProgressEvery)
                continue;
            said = time.GetTimestamp();
            await db.SaveChangesAsync(cancellation);
        }

        await foreach (var item in delivered.WithdrawnAsync(cancellation))
            await files.AddWithdrawnAsync(item, cancellation);
        return files;
    }

    /// <summary>Opens what goes in, run by run. Touches neither the context nor the package, which the writer has meanwhile.</summary>
    private static async IAsyncEnumerable<(int Taken, IReadOnlyList<ReadItem> Read)> ReadAsync(
        AcceptedAnswers accepted, DeliveredAnswers delivered, DeliveryReader reader, Versions versions, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var run in accepted.RunsAsync(cancellation))
        {
            var changed = await delivered.ChangedAsync(run, cancellation);
            versions.Add(changed);
            yield return (run.Count, changed.Count > 0 ? await reader.ReadAsync(changed, cancellation) : []);
        }
    }

    private static void Describe(PackageWriter package, DeliveryDescription description, IReadOnlyList<DeliveredForm> forms)
    {
        foreach (var (name, content) in description.Shape.Companions(forms))
            package.AddFile($"data/{description.Shape.Folder}/{name}", content);
        package.AddFile("quality.json", JsonSerializer.SerializeToUtf8Bytes(description.Quality, DeliveryJson.Default.QualityReport));
        package.AddFile("datasheet.md", Datasheet.Write(description));
        package.AddFile(Croissant.FileName, Croissant.Write(description, package.Files));
    }

    /// <summary>Puts the package in its place: encrypted to its recipient, or sealed under a key that only the vault has.</summary>
    /// <returns>Its size as it is downloaded.</returns>
    private async Task<long> WriteAsync(
        DeliveryRow row, LabId lab, ProjectId project, PackageWriter package, DeliveryFacts facts, DeliveryKey signer, CancellationToken cancellation)
    {
        var path = folder.PathOf(row.Id);
        var key = row.Recipient is null ? SealedFile.GenerateKey() : null;

        // The key first: a file that lies there can always be opened.
        var record = new SealItem(RecordKind.Delivery, new RecordId(row.Id), new SealedDelivery(1, key is null ? null : Convert.ToBase64String(key)).ToPlaintext());
        await vault.SealAsync(new SealRequest(lab, project, Principal.Person(row.RequestedBy), [record]), cancellation);
        if (key is not null)
        {
            await SealedFile.WriteAsync(path, key, stream => package.CompleteAsync(stream, facts, signer, recipient: null, cancellation), cancellation);
            return SealedFile.ContentLength(path);
        }

        folder.Remove(row.Id);
        await package.CompleteAsync(path, facts, signer, RecipientKey.TryImport(row.Recipient), cancellation);
        return new FileInfo(path).Length;
    }

    /// <summary>Versions that delivered answers were given under.</summary>
    private sealed class Versions
    {
        public SortedSet<int> Guidelines { get; } = [];

        public SortedSet<int> Forms { get; } = [];

        public void Add(IEnumerable<AcceptedItem> items)
        {
            foreach (var answer in items.SelectMany(item => item.Answers))
            {
                Guidelines.Add(answer.GuidelineVersion);
                Forms.Add(answer.FormVersion);
            }
        }
    }
}
