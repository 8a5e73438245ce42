using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cofferdam.ApiClient;
using Cofferdam.Delivery.About;
using Cofferdam.Delivery.Shapes;
using Cofferdam.TestKit;
using Microsoft.Data.Sqlite;

namespace Cofferdam.Delivery.Tests;

public sealed class PackageContentTests
{
    private const string Questions =
        """
        {"key":"pair","type":"pairwise","title":"Which?","required":true,"points":5,"tie":true},
        {"key":"kind","type":"choice","title":"What?","options":[{"value":"x","label":"X"},{"value":"y","label":"Y"}]},
        {"key":"who","type":"spans","title":"Who?","labels":[{"value":"PER","label":"Person"}]}
        """;

    private const string PreferA = """{"pair":{"preference":"a","strength":1,"shown":"left"},"kind":{"values":["x"],"prelabel":"kept"},"who":{"spans":[{"start":0,"end":3,"label":"PER"}]}}""";
    private const string PreferB = """{"pair":{"preference":"b","strength":2,"shown":"left"},"kind":{"values":["y"],"prelabel":"changed"},"who":{"spans":[]}}""";

    public static TheoryData<string> Databases => TestStore.Databases;

    public static TheoryData<string> Shapes => [.. Shape.All.Select(shape => shape.Name)];

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Deliver_AnyShape_HasItsFileEveryAnswerAndADescriptionThatHolds(string shape)
    {
        await using var lab = await WorkingLab.StartAloneAsync();
        var work = await SealedWork.StartAsync(lab, Questions);
        await work.ItemAsync(Content("one"), null, PreferA, PreferA, PreferB);

        var delivery = await WorkingLab.DeliverAsync(work.Project, new DeliveryBody(shape));
        var (manifest, folder) = await lab.FetchAsync(work.Project, delivery.Id);

        delivery.Rows.ShouldBeGreaterThan(0);
        (delivery.Ties, delivery.Unfit).ShouldBe((0, 0));
        var known = Shape.All.Single(one => one.Name == shape);
        new FileInfo(Path.Combine(folder, "data", known.Folder, known.File)).Length.ShouldBeGreaterThan(0);
        (await File.ReadAllLinesAsync(Path.Combine(folder, "answers.jsonl"))).Length.ShouldBe(3);
        (manifest.Delivery.Shape, manifest.Delivery.Votes, manifest.Delivery.Since).ShouldBe((shape, "majority", null));

        var described = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "croissant.json")))!.AsObject();
        CroissantRules.Faults(described).ShouldBeEmpty();
        var files = described["distribution"]!.AsArray().Select(file => (Name: (string)file!["contentUrl"]!, Hash: (string)file["sha256"]!)).ToList();
        files.Select(file => file.Name).ShouldBe(manifest.Files.Select(file => file.Name).Where(name => name != "croissant.json"), ignoreOrder: true);
        foreach (var (name, hash) in files)
            Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(folder, name)))).ShouldBe(hash, name);
        foreach (var field in described["recordSet"]!.AsArray().SelectMany(set => set!["field"]!.AsArray()))
        {
            var first = JsonElement.Parse((await File.ReadAllLinesAsync(Path.Combine(folder, (string)field!["source"]!["fileObject"]!["@id"]!)))[0]);
            first.TryGetProperty((string)field["source"]!["extract"]!["column"]!, out _).ShouldBeTrue((string)field["@id"]!);
        }

        var datasheet = await File.ReadAllTextAsync(Path.Combine(folder, "datasheet.md"));
        datasheet.ShouldStartWith("# Name of the project");
        datasheet.ShouldContain("3 answers by 3 people to 1 items");
        datasheet.ShouldContain("2 were kept and 1 changed");
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Deliver_SinceAnEarlierOne_HoldsWhatHasChangedAndNamesIt(string database)
    {
        await using var lab = await WorkingLab.StartAloneAsync(database);
        var work = await SealedWork.StartAsync(lab, Questions);
        await work.ItemAsync(Content("same"), null, PreferA);
        var corrected = await work.ItemAsync(Content("corrected"), null, PreferA);
        var withdrawn = await work.ItemAsync(Content("withdrawn"), null, PreferA);
        var joined = await work.ItemAsync(Content("joined"), null, PreferA, null);
        var whole = await WorkingLab.DeliverAsync(work.Project);
        await work.AcceptAsync(corrected, 0, PreferB);
        await work.ReturnAsync(withdrawn);
        await work.AcceptAsync(joined, 1, PreferA);
        var added = await work.ItemAsync(Content("added"), null, PreferA);

        var changes = await WorkingLab.DeliverAsync(work.Project, new DeliveryBody("trl-preference", Since: whole.Id));
        var (manifest, folder) = await lab.FetchAsync(work.Project, changes.Id);
        var rows = (await File.ReadAllLinesAsync(Path.Combine(folder, "data", "preference", "train.jsonl"))).Select(line => JsonElement.Parse(line)).ToList();
        var nothing = await WorkingLab.DeliverAsync(work.Project, new DeliveryBody("trl-preference", Since: changes.Id));

        (whole.Rows, changes.Rows, changes.Withdrawn).ShouldBe((4, 3, 1));
        (changes.Since, manifest.Delivery.Since).ShouldBe((whole.Id, whole.Id));
        rows.Select(row => row.GetProperty("item").GetGuid()).ShouldBe([corrected, joined, added], ignoreOrder: true);
        rows.Single(row => row.GetProperty("item").GetGuid() == corrected).GetProperty("chosen").GetString().ShouldBe("beta");
        (await File.ReadAllTextAsync(Path.Combine(folder, "data", "preference", "withdrawn.jsonl"))).ShouldContain(withdrawn.ToString());
        (nothing.Rows, nothing.Withdrawn, nothing.State).ShouldBe((0, 0, "done"));
    }

    [Fact]
    public async Task Deliver_SinceWhatIsNoBase_SaysWhichFieldIsWrong()
    {
        await using var lab = await WorkingLab.StartAloneAsync();
        var work = await SealedWork.StartAsync(lab, Questions);
        await work.ItemAsync(Content("one"), null, PreferA);
        var whole = await WorkingLab.DeliverAsync(work.Project);

        foreach (var body in (DeliveryBody[])[new("raw", Since: whole.Id), new("trl-preference", Votes: "all", Since: whole.Id), new("trl-preference", Since: Guid.CreateVersion7())])
            (await work.Project.DeliverAsync(body)).Problem!.More!["field"].GetString().ShouldBe("since");
        (await work.Project.DeliverAsync(new DeliveryBody("raw", Batches: [Guid.CreateVersion7()]))).Problem!.More!["field"].GetString().ShouldBe("batches");
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Deliver_SomeBatches_HoldsTheirItemsOnly(string database)
    {
        await using var lab = await WorkingLab.StartAloneAsync(database);
        var work = await SealedWork.StartAsync(lab, Questions);
        var (wanted, other) = (await work.BatchAsync(), await work.BatchAsync());
        var item = await work.ItemAsync(Content("in"), wanted, PreferA);
        await work.ItemAsync(Content("out"), other, PreferA);

        var delivery = await WorkingLab.DeliverAsync(work.Project, new DeliveryBody("raw", Batches: [wanted]));
        var (manifest, _) = await lab.FetchAsync(work.Project, delivery.Id);

        delivery.Items.ShouldBe(1);
        manifest.Delivery.Batches.ShouldBe([wanted]);
        (await work.Project.DeliveriesAsync()).OrThrow().ShouldHaveSingleItem().Id.ShouldBe(delivery.Id);
        _ = item;
    }

    [Fact]
    public async Task Deliver_AllVotes_EachAnswerMakesARowOfItsOwn_Argilla3274()
    {
        await using var lab = await WorkingLab.StartAloneAsync();
        var work = await SealedWork.StartAsync(lab, Questions);
        await work.ItemAsync(Content("one"), null, PreferA, PreferB);

        var delivery = await WorkingLab.DeliverAsync(work.Project, new DeliveryBody("trl-preference", Votes: "all"));
        var rows = await work.RowsAsync(delivery.Id, "data/preference/train.jsonl");

        rows.Select(row => row.GetProperty("chosen").GetString()).ShouldBe(["alpha", "beta"], ignoreOrder: true);
        rows.ShouldAllBe(row => row.GetProperty("votes").GetArrayLength() == 1);
    }

    [Fact]
    public async Task Deliver_OneBadDocument_IsListedAndTheRestDelivered_Inception2002()
    {
        await using var lab = await WorkingLab.StartAloneAsync();
        var work = await SealedWork.StartAsync(lab, Questions);
        await work.ItemAsync(Content("good"), null, PreferA);
        var noJson = await work.ItemAsync("not even JSON", null, PreferA);
        var strange = await work.ItemAsync(Content("strange"), null, """{"pair":{"preference":5}}""");
        var edited = await work.ItemAsync(Content("edited"), null, PreferA);
        await lab.RestartAsync(async () =>
        {
            await using var vault = new SqliteConnection($"Data Source={Directory.GetFiles(lab.DataFolder, "vault.db", SearchOption.AllDirectories).Single()};Pooling=False");
            await vault.OpenAsync();
            await using var edit = vault.CreateCommand();
            edit.CommandText = "UPDATE record SET sealed = zeroblob(length(sealed)) WHERE id = @id";
            edit.Parameters.AddWithValue("@id", edited.ToByteArray(bigEndian: true));
            (await edit.ExecuteNonQueryAsync()).ShouldBe(1);
        });

        var delivery = await WorkingLab.DeliverAsync(work.Project);
        var unfit = await work.RowsAsync(delivery.Id, "data/preference/unfit.jsonl");

        unfit.ToDictionary(row => row.GetProperty("item").GetGuid(), row => row.GetProperty("reason").GetString()).ShouldBe(
            new Dictionary<Guid, string?>
            {
                [noJson] = "a record of it cannot be read",
                [strange] = "a record of it cannot be read",
                [edited] = "a record is missing, or not as it was sealed",
            },
            ignoreOrder: true);
        (delivery.State, delivery.Rows, delivery.Unfit).ShouldBe(("done", 1, 3));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Deliver_MoreItemsThanFitOneStatementOrReceipt_IsMadeInTheBackground_LabelStudio5262_Doccano1507(string database)
    {
        const int Items = 700;
        await using var lab = await WorkingLab.StartAloneAsync(database);
        var work = await SealedWork.StartAsync(lab, Questions);
        for (var i = 0; i < Items; i++)
            await work.ItemAsync(Content($"{i}"), null, PreferA);

        var asked = (await work.Project.DeliverAsync(new DeliveryBody("trl-preference"))).OrThrow();
        var whole = await WorkingLab.EndOfAsync(work.Project, asked.Id);
        var changes = await WorkingLab.DeliverAsync(work.Project, new DeliveryBody("trl-preference", Since: whole.Id));

        asked.State.ShouldBe("making");
        (whole.State, whole.Taken, whole.Rows).ShouldBe(("done", Items, Items));
        (changes.State, changes.Taken, changes.Rows).ShouldBe(("done", Items, 0));
        (await work.RowsAsync(whole.Id, "data/preference/train.jsonl")).Count.ShouldBe(Items);
    }

    private static string Content(string name) => $$"""{"v":1,"external":"{{name}}","prompt":"{{name}}","a":"alpha","b":"beta","text":"Ana sings.","fields":{} }""";
}
