using System.Reflection;
using System.Text.Json;
using Cofferdam.Delivery.Preference;
using Cofferdam.Package;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Forms;
using Cofferdam.Work.Notices;
using Cofferdam.Work.Projects;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Delivery;

/// <summary>Makes one package: streams accepted answers out of the vault, a page at a time, at constant memory.</summary>
internal sealed class DeliveryMaking(AppDb db, IVault vault, DeliverySigning signing, PackageFolder folder, NoticeBoard notices, TimeProvider time)
{
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromMilliseconds(500);

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
        var lab = await LabAsync(row, cancellation);
        var project = new ProjectId(row.Project);
        (row.Items, row.Taken) = (await AcceptedAnswers.CountAsync(db, row.Project, cancellation), 0);
        await db.SaveChangesAsync(cancellation);

        var door = new ExportDoor(vault, lab, project, Principal.Person(row.RequestedBy));
        if (await DescribeAsync(door, row.Project, cancellation) is not { } described)
        {
            await FailAsync(row, "not-as-sealed", cancellation);
            return;
        }

        using var signer = await signing.OpenAsync(lab, cancellation);
        await using var package = new PackageWriter(folder.Waiting);
        var guidelines = new SortedSet<int>();
        var forms = new SortedSet<int>();
        var files = await FillAsync(row, door, described.Questions, package, guidelines, forms, cancellation);

        var created = time.GetUtcNow();
        var evaluation = vault.Figures.EvaluationMode;
        package.AddFile("quality.json", JsonSerializer.SerializeToUtf8Bytes(files.Quality.Report(), DeliveryJson.Default.QualityReport));
        package.AddFile("datasheet.md", Datasheet.Write(
            new DatasheetFacts(described.Name, described.Description, row.Id, created, guidelines, forms, evaluation, row.Recipient is not null), files));

        var head = await vault.HeadAsync(lab, cancellation);
        var facts = new DeliveryFacts(
            row.Id, created, lab.Value, row.Project, row.Shape, [.. guidelines], [.. forms],
            "majority: the sign of the sum of the votes, each +1, 0 or -1; strength is not weighed",
            [],
            new LedgerCheckpoint(head.Size, Convert.ToBase64String(head.Root.Span)),
            door.FirstReceipt is { } first ? new ReceiptRange(first, door.LastReceipt!.Value) : null,
            Build, evaluation);
        row.Bytes = await WriteAsync(row, lab, project, package, facts, signer, cancellation);

        (row.Rows, row.Ties, row.Unfit) = (files.Rows, files.Ties, files.Unfit);
        row.State = DeliveryState.Done;
        row.EndedAt = time.GetUtcNow();
        await db.SaveChangesAsync(cancellation);
        await TellAsync(NoticeKind.DeliveryDone, row, lab);
    }

    /// <summary>Name, description and questions of the project.</summary>
    /// <returns>Null where one of these records does not open.</returns>
    private async Task<Described?> DescribeAsync(ExportDoor door, Guid project, CancellationToken cancellation)
    {
        var forms = await db.FormVersions.Where(form => form.Project == project)
            .OrderBy(form => form.Number).Select(form => new { form.Number, form.Record }).ToListAsync(cancellation);
        var opened = await door.OpenAsync(
            [new RecordRef(RecordKind.Project, new RecordId(project)), .. forms.Select(form => new RecordRef(RecordKind.Form, new RecordId(form.Record)))],
            cancellation);
        if (opened.Count == 0)
            return null;

        var questions = new Dictionary<int, PreferenceQuestions?>();
        for (var i = 0; i < forms.Count; i++)
        {
            using var form = JsonDocument.Parse(opened[i + 1]);
            questions[forms[i].Number] = PreferenceQuestions.Read(form.RootElement);
        }

        using var named = JsonDocument.Parse(opened[0]);
        return new Described(
            named.RootElement.GetProperty("name"u8).GetString()!,
            named.RootElement.TryGetProperty("description"u8, out var description) ? description.GetString() ?? "" : "",
            questions);
    }

    private async Task<PreferenceFiles> FillAsync(
        DeliveryRow row, ExportDoor door, Dictionary<int, PreferenceQuestions?> questions, PackageWriter package,
        SortedSet<int> guidelines, SortedSet<int> forms, CancellationToken cancellation)
    {
        var names = new DeliveryNames();
        var reader = new PairReader(door, version => questions.GetValueOrDefault(version), names.Of);
        await using var files = new PreferenceFiles(package);
        var said = time.GetTimestamp();
        await foreach (var page in AcceptedAnswers.PagesAsync(db, row.Project, cancellation))
        {
            foreach (var answer in page.SelectMany(item => item.Answers))
            {
                guidelines.Add(answer.GuidelineVersion);
                forms.Add(answer.FormVersion);
            }

            await foreach (var item in reader.ReadAsync(page, cancellation))
                await files.AddAsync(item, cancellation);

            row.Taken += page.Count;
            if (time.GetElapsedTime(said) < ProgressEvery)
                continue;
            said = time.GetTimestamp();
            await db.SaveChangesAsync(cancellation);
        }

        return files;
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

    private sealed record Described(string Name, string Description, Dictionary<int, PreferenceQuestions?> Questions);
}
