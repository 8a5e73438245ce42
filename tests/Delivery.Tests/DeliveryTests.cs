using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cofferdam.ApiClient;
using Cofferdam.Package;
using Cofferdam.Storage;
using Cofferdam.TestKit;
using Cofferdam.Vault.Contract;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Cofferdam.Delivery.Tests;

public sealed class DeliveryTests
{
    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Deliver_VotesOfEveryKind_EachItemIsInOneFileWithAllItsVotes(string database)
    {
        await using var lab = await WorkingLab.StartAsync(database);
        var project = await lab.ProjectAsync(
            Row("agreed", "alpha", "beta"), Row("leaning", "alpha", "beta"), Row("tied", "alpha", "beta"), Row("split", "alpha", "beta"), Row("same", "alpha", "alpha"));
        await lab.AnswerAsync((prompt, person) => (prompt, person) switch
        {
            ("agreed", _) => ("beta", 2),
            ("leaning", 0) => ("alpha", 1),
            ("leaning", _) => null,
            ("split", 0) => ("alpha", 2),
            ("split", _) => ("beta", 1),
            _ => null,
        });

        var delivery = await WorkingLab.DeliverAsync(project);
        var (manifest, folder) = await lab.FetchAsync(project, delivery.Id);

        (delivery.State, delivery.Items, delivery.Taken, delivery.Rows, delivery.Ties, delivery.Unfit).ShouldBe(("done", 5, 5, 2, 2, 1));
        var train = await RowsAsync(folder, "train");
        train["agreed"].GetProperty("chosen").GetString().ShouldBe("beta");
        train["agreed"].GetProperty("rejected").GetString().ShouldBe("alpha");
        train["agreed"].GetProperty("agreement").GetDouble().ShouldBe(1);
        train["leaning"].GetProperty("chosen").GetString().ShouldBe("alpha");
        train["leaning"].GetProperty("agreement").GetDouble().ShouldBe(0.5);
        var ties = await RowsAsync(folder, "ties");
        ties["tied"].GetProperty("reason").GetString().ShouldBe("tie");
        ties["split"].GetProperty("reason").GetString().ShouldBe("split");
        ties["split"].GetProperty("votes").EnumerateArray().Select(vote => vote.GetProperty("preference").GetString()).ShouldBe(["a", "b"], ignoreOrder: true);
        ties["split"].GetProperty("votes").EnumerateArray().Select(vote => vote.GetProperty("rationale").GetString()).ShouldAllBe(words => words!.StartsWith("words of person"));
        var unfit = (await RowsAsync(folder, "unfit")).Values.ShouldHaveSingleItem();
        unfit.GetProperty("reason").GetString().ShouldBe("both responses are the same");
        unfit.GetProperty("votes").GetArrayLength().ShouldBe(2);

        manifest.Delivery.GuidelineVersions.ShouldBe([1]);
        manifest.Delivery.FormVersions.ShouldBe([1]);
        manifest.Delivery.Evaluation.ShouldBeTrue();
        (await File.ReadAllTextAsync(Path.Combine(folder, "datasheet.md"))).ShouldStartWith("# Name of the project");
    }

    [Fact]
    public async Task Deliver_Exports_AreReceiptedInTheRangeThatTheManifestNames()
    {
        await using var lab = await WorkingLab.StartAsync();
        var project = await lab.ProjectAsync(Row("one", "alpha", "beta"), Row("two", "alpha", "beta"));
        await lab.AnswerAsync((_, _) => ("alpha", 1));

        var delivery = await WorkingLab.DeliverAsync(project);
        var (manifest, _) = await lab.FetchAsync(project, delivery.Id);

        var range = manifest.Delivery.Receipts.ShouldNotBeNull();
        var exports = (await project.DisclosuresAsync(new DisclosureQuery(Act: "export"))).OrThrow().Rows.Where(row => row.Sequence <= range.Last).ToList();
        exports.Min(row => row.Sequence).ShouldBe(range.First);
        exports.ShouldAllBe(row => row.Purpose == "deliver" && row.Person.Name == "owner");
        exports.SelectMany(row => row.Records).Count(record => record.Kind is "item").ShouldBe(2);
        exports.SelectMany(row => row.Records).Count(record => record.Kind is "answer").ShouldBe(4);
        manifest.Delivery.Ledger.Size.ShouldBeGreaterThan(range.Last);
    }

    [Fact]
    public async Task Deliver_TextsAndConversations_EachFileHasOneForm()
    {
        await using var lab = await WorkingLab.StartAsync();
        var project = await lab.ProjectAsync(
            Row("text", "alpha", "beta"),
            """{"prompt":[{"role":"user","content":"talk"}],"response_1":[{"role":"assistant","content":"alpha"}],"response_2":[{"role":"assistant","content":"beta"}]}""");
        await lab.AnswerAsync((_, _) => ("alpha", 1));

        var delivery = await WorkingLab.DeliverAsync(project);
        var (_, folder) = await lab.FetchAsync(project, delivery.Id);

        (await RowsAsync(folder, "train")).Keys.ShouldBe(["text"]);
        var conversation = (await RowsAsync(folder, "train-conversations")).Values.ShouldHaveSingleItem();
        conversation.GetProperty("chosen")[0].GetProperty("content").GetString().ShouldBe("alpha");
    }

    [Fact]
    public async Task Deliver_ToARecipient_OpensWithTheRecipientsKeyAlone()
    {
        await using var lab = await WorkingLab.StartAsync();
        var project = await lab.ProjectAsync(Row("one", "alpha", "beta"));
        await lab.AnswerAsync((_, _) => ("alpha", 1));
        using var recipient = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        using var stranger = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);

        var delivery = await WorkingLab.DeliverAsync(project, Convert.ToBase64String(recipient.ExportSubjectPublicKeyInfo()));
        var path = Path.Combine(lab.Folder, "package");
        (await project.DownloadAsync(delivery.Id, path)).OrThrow();
        var key = Convert.FromBase64String((await lab.Owner.DeliveryKeyAsync()).OrThrow().Key);

        delivery.Encrypted.ShouldBeTrue();
        (await PackageVerifier.VerifyAsync(path, key, recipient)).IsSound.ShouldBeTrue();
        (await PackageVerifier.VerifyAsync(path, key, stranger)).IsSound.ShouldBeFalse();
        (await PackageVerifier.VerifyAsync(path, key)).IsSound.ShouldBeFalse();
    }

    [Fact]
    public async Task Deliver_InClear_LiesSealedOnTheNode()
    {
        const string Mark = "a-mark-that-nobody-else-writes";
        await using var lab = await WorkingLab.StartAsync();
        var project = await lab.ProjectAsync(Row("one", Mark, "beta"));
        await lab.AnswerAsync((_, _) => (Mark, 1));

        var delivery = await WorkingLab.DeliverAsync(project);
        var (_, folder) = await lab.FetchAsync(project, delivery.Id);

        (await File.ReadAllTextAsync(Path.Combine(folder, "data", "preference", "train.jsonl"))).ShouldContain(Mark);
        var files = Directory.GetFiles(lab.DataFolder, "*", SearchOption.AllDirectories);
        files.ShouldContain(file => file.EndsWith(".package", StringComparison.Ordinal));
        foreach (var file in files.Where(file => Path.GetExtension(file) != ".lock"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[stream.Length];
            var read = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false);
            bytes.AsSpan(0, read).IndexOf(Encoding.UTF8.GetBytes(Mark)).ShouldBe(-1, file);
        }
    }

    [Fact]
    public async Task Deliver_Twice_PeopleHaveOtherNames()
    {
        await using var lab = await WorkingLab.StartAsync();
        var project = await lab.ProjectAsync(Row("one", "alpha", "beta"));
        await lab.AnswerAsync((_, _) => ("alpha", 1));

        var first = await NamesAsync();
        var second = await NamesAsync();

        first.Count.ShouldBe(2);
        first.Intersect(second).ShouldBeEmpty();

        async Task<List<string>> NamesAsync()
        {
            var (_, folder) = await lab.FetchAsync(project, (await WorkingLab.DeliverAsync(project)).Id);
            return [.. (await RowsAsync(folder, "train"))["one"].GetProperty("votes").EnumerateArray().Select(vote => vote.GetProperty("annotator").GetString()!)];
        }
    }

    [Fact]
    public async Task Deliver_WhileTheProjectIsSuspended_FailsAndLeavesNothing()
    {
        await using var lab = await WorkingLab.StartAsync();
        var project = await lab.ProjectAsync(Row("one", "alpha", "beta"));
        await lab.AnswerAsync((_, _) => ("alpha", 1));
        (await lab.Owner.SuspendAsync(new SuspensionBody("project", lab.ProjectId, "plannedPause"))).OrThrow();

        var delivery = await WorkingLab.DeliverAsync(project);

        (delivery.State, delivery.Problem).ShouldBe(("failed", "suspended"));
        Directory.GetFiles(lab.DataFolder, "*.package", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task Download_SuspendedAfterwards_IsRefusedWithAReceipt()
    {
        await using var lab = await WorkingLab.StartAsync();
        var project = await lab.ProjectAsync(Row("one", "alpha", "beta"));
        await lab.AnswerAsync((_, _) => ("alpha", 1));
        var delivery = await WorkingLab.DeliverAsync(project);
        var suspension = (await lab.Owner.SuspendAsync(new SuspensionBody("project", lab.ProjectId, "securityIncident"))).OrThrow();

        var refused = await project.DownloadAsync(delivery.Id, Path.Combine(lab.Folder, "refused"));
        (await lab.Owner.ResumeAsync(suspension.SuspensionId)).OrThrow();
        await lab.FetchAsync(project, delivery.Id);

        refused.Problem!.Code.ShouldBe("suspended");
        (await project.DisclosuresAsync(new DisclosureQuery(Act: "refuse"))).OrThrow().Rows.ShouldContain(row => row.Sequence > suspension.Receipt && row.Refusal == "suspended");
    }

    [Fact]
    public async Task Start_DeliveryWasBeingMade_IsMadeAgainAndRestsAreGone()
    {
        await using var lab = await WorkingLab.StartAsync();
        var project = await lab.ProjectAsync(Row("one", "alpha", "beta"));
        await lab.AnswerAsync((_, _) => ("alpha", 1));
        var delivery = await WorkingLab.DeliverAsync(project);
        var packages = Path.Combine(lab.DataFolder, "packages");
        var rest = Path.Combine(packages, "waiting", ".left-behind.spool");
        await SetAsync(lab, delivery.Id, row => (row.State, row.Attempts) = (DeliveryState.Making, 1));

        await lab.RestartAsync(() => File.WriteAllTextAsync(rest, "half a row"));
        var again = await WorkingLab.EndOfAsync(project, delivery.Id);

        again.State.ShouldBe("done");
        File.Exists(rest).ShouldBeFalse();
        await lab.FetchAsync(project, delivery.Id);
    }

    [Fact]
    public async Task Start_DeliveryTookTheServerDownEachTime_FailsInTheEnd()
    {
        await using var lab = await WorkingLab.StartAsync();
        var project = await lab.ProjectAsync(Row("one", "alpha", "beta"));
        await lab.AnswerAsync((_, _) => ("alpha", 1));
        var delivery = await WorkingLab.DeliverAsync(project);
        await SetAsync(lab, delivery.Id, row => (row.State, row.Attempts) = (DeliveryState.Making, 3));

        await lab.RestartAsync();
        var end = await WorkingLab.EndOfAsync(project, delivery.Id);

        (end.State, end.Problem).ShouldBe(("failed", "interrupted"));
    }

    [Fact]
    public async Task Deliver_ARecordIsGone_ItsItemIsListedAndTheRestDelivered()
    {
        await using var lab = await WorkingLab.StartAsync();
        var project = await lab.ProjectAsync(Row("one", "alpha", "beta"), Row("two", "alpha", "beta"));
        await lab.AnswerAsync((_, _) => ("alpha", 1));
        var items = (await project.ItemsAsync()).OrThrow().Rows;
        await using (var scope = lab.App.Services.CreateAsyncScope())
        {
            var labId = await scope.ServiceProvider.GetRequiredService<AppDb>().Database
                .SqlQueryRaw<byte[]>("SELECT lab AS \"Value\" FROM project").SingleAsync();
            await lab.App.Services.GetRequiredService<IVault>().RemoveAsync(
                new LabId(new Guid(labId, bigEndian: true)), new ProjectId(lab.ProjectId), Principal.Service, [new RecordRef(RecordKind.Item, new RecordId(items[0].Id))]);
        }

        var delivery = await WorkingLab.DeliverAsync(project);
        var (_, folder) = await lab.FetchAsync(project, delivery.Id);

        (delivery.Rows, delivery.Unfit).ShouldBe((1, 1));
        (await File.ReadAllTextAsync(Path.Combine(folder, "data", "preference", "unfit.jsonl"))).ShouldContain(items[0].Id.ToString());
    }

    [Fact]
    public async Task Deliveries_OfAnotherLab_AreNotThere()
    {
        await using var lab = await WorkingLab.StartAsync();
        var project = await lab.ProjectAsync(Row("one", "alpha", "beta"));
        await lab.AnswerAsync((_, _) => ("alpha", 1));
        var delivery = await WorkingLab.DeliverAsync(project);
        var foreign = (await lab.OtherOwnerAsync()).Project(lab.ProjectId);

        (await foreign.DeliveriesAsync()).Problem!.Status.ShouldBe(404);
        (await foreign.DeliverAsync(new DeliveryBody("trl-preference"))).Problem!.Status.ShouldBe(404);
        (await foreign.DeliveryAsync(delivery.Id)).Problem!.Status.ShouldBe(404);
        (await foreign.DownloadAsync(delivery.Id, Path.Combine(lab.Folder, "stolen"))).Problem!.Status.ShouldBe(404);
        (await lab.Annotators[0].Project(lab.ProjectId).DeliveriesAsync()).Problem!.Status.ShouldBe(403);
    }

    [Fact]
    public async Task Deliver_UnknownShapeOrNoKey_SaysWhichFieldIsWrong()
    {
        await using var lab = await WorkingLab.StartAsync();
        var project = await lab.ProjectAsync(Row("one", "alpha", "beta"));

        var shape = await project.DeliverAsync(new DeliveryBody("no-such-shape"));
        var recipient = await project.DeliverAsync(new DeliveryBody("trl-preference", "AAAA"));

        (shape.Problem!.Status, shape.Problem.More!["field"].GetString()).ShouldBe((400, "shape"));
        (recipient.Problem!.Status, recipient.Problem.More!["field"].GetString()).ShouldBe((400, "recipient"));
    }

    private static string Row(string prompt, string one, string two) =>
        JsonSerializer.Serialize(new Dictionary<string, string> { ["prompt"] = prompt, ["response_1"] = one, ["response_2"] = two });

    /// <summary>Rows of a file by prompt; by item where there is no prompt.</summary>
    private static async Task<Dictionary<string, JsonElement>> RowsAsync(string folder, string file) =>
        (await File.ReadAllLinesAsync(Path.Combine(folder, "data", "preference", $"{file}.jsonl")))
            .Select(line => JsonDocument.Parse(line).RootElement)
            .ToDictionary(row => row.TryGetProperty("prompt", out var prompt) ? prompt.ToString() : row.GetProperty("item").ToString());

    private static async Task SetAsync(WorkingLab lab, Guid delivery, Action<DeliveryRow> change)
    {
        await using var scope = lab.App.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        change(await db.Deliveries.SingleAsync(row => row.Id == delivery));
        await db.SaveChangesAsync();
    }
}
