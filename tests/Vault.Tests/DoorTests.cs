using System.Runtime.Versioning;
using System.Text;
using Cofferdam.Ledger;
using Cofferdam.Vault.Contract;
using Xunit;

namespace Cofferdam.Vault.Tests;

/// <summary>Promise 1: no receipt, no disclosure.</summary>
public sealed class DoorTests
{
    public static TheoryData<string> Databases => VaultFixture.Shapes;

    [Theory, MemberData(nameof(Databases))]
    public async Task Open_SealedRecord_HandsOutPlaintextUnderAReceiptThatNamesIt(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var item = await fixture.SealAsync("two answers to a question");
        var slot = Guid.NewGuid();

        var outcome = await fixture.Vault.OpenAsync(
            new OpenRequest(fixture.Lab, fixture.Project, fixture.Expert, Act.Open, Purpose.Task, [item], Assignment: slot));

        var opened = outcome.ShouldBeOfType<OpenOutcome.Opened>();
        Encoding.UTF8.GetString(opened.Records.Single().Plaintext.Span).ShouldBe("two answers to a question");
        var receipt = await fixture.ReceiptAsync(opened.Receipt);
        receipt.Act.ShouldBe(Act.Open);
        receipt.Principal.ShouldBe(fixture.Expert);
        receipt.Assignment.ShouldBe(slot);
        receipt.Purpose.ShouldBe(Purpose.Task);
        var line = receipt.Records.Single();
        (line.Kind, line.Id, line.Version, line.Bytes, line.Again).ShouldBe((RecordKind.Item, item.Id, 1, 25, false));
        Receipt.Verify(receipt.Leaf.Span, receipt.What.Span, receipt.Who.Span, receipt.Salt.Span).ShouldBeTrue();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Open_ManyAtOnce_UnsealsExactlyWhatReceiptsList(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        List<RecordRef> items = [];
        for (var i = 0; i < 40; i++)
            items.Add(await fixture.SealAsync($"item {i}"));
        var unsealsBefore = (await fixture.Vault.FiguresAsync()).Unseals;

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 400).Select(i => Task.Run(async () =>
            await fixture.OpenAsync(Principal.Person(new Guid(i % 7, 0, 0, new byte[8])), items[i % 40], items[(i + 1) % 40]))));

        outcomes.ShouldAllBe(o => o is OpenOutcome.Opened);
        outcomes.Cast<OpenOutcome.Opened>().Select(o => o.Receipt).Distinct().Count().ShouldBe(400);
        var listed = 0;
        await foreach (var receipt in fixture.Vault.LedgerAsync(fixture.Lab))
            listed += receipt.Act == Act.Open ? receipt.Records.Count : 0;
        listed.ShouldBe(800);
        ((await fixture.Vault.FiguresAsync()).Unseals - unsealsBefore).ShouldBe(800);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Open_SecondTime_IsRecordedAsAgain(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var item = await fixture.SealAsync("text");
        await fixture.OpenAsync(item);

        var second = (await fixture.OpenAsync(item)).ShouldBeOfType<OpenOutcome.Opened>();

        (await fixture.ReceiptAsync(second.Receipt)).Records.Single().Again.ShouldBeTrue();
    }

    [Theory]
    [InlineData("sqlite", "receipt")]
    [InlineData("sqlite", "disclosed")]
    [InlineData("postgres", "receipt")]
    [InlineData("postgres", "disclosed")]
    public async Task Open_StoreFailsAtAnyStep_OpensNothingAndRecovers(string database, string table)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var item = await fixture.SealAsync("text");
        var before = await fixture.Vault.HeadAsync(fixture.Lab);
        var unseals = (await fixture.Vault.FiguresAsync()).Unseals;
        await fixture.BreakAsync(table);

        (await Should.ThrowAsync<VaultUnavailableException>(async () => await fixture.OpenAsync(item))).Trouble.ShouldBe(VaultTrouble.Store);

        (await fixture.Vault.FiguresAsync()).Unseals.ShouldBe(unseals);
        (await fixture.Vault.HeadAsync(fixture.Lab)).Size.ShouldBe(before.Size);
        await fixture.MendAsync(table);
        (await fixture.OpenAsync(item)).ShouldBeOfType<OpenOutcome.Opened>().Receipt.ShouldBe(before.Size);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Open_OtherLabProjectOrKind_IsRefusedAndRecorded(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var item = await fixture.SealAsync("text");
        var otherLab = new LabId(Guid.CreateVersion7());
        var otherProject = ProjectId.New();
        await fixture.Vault.CreateLabAsync(otherLab, "other");
        await fixture.Vault.CreateProjectAsync(otherLab, fixture.Project);
        await fixture.Vault.CreateProjectAsync(fixture.Lab, otherProject);
        OpenRequest Asking(LabId lab, ProjectId project, RecordRef record) => new(lab, project, fixture.Expert, Act.Open, Purpose.Task, [record]);

        foreach (var request in new[]
        {
            Asking(otherLab, fixture.Project, item),
            Asking(fixture.Lab, otherProject, item),
            Asking(fixture.Lab, ProjectId.New(), item),
            Asking(fixture.Lab, fixture.Project, new RecordRef(RecordKind.GuidelineSection, item.Id)),
            Asking(fixture.Lab, fixture.Project, new RecordRef(RecordKind.Item, RecordId.New())),
        })
        {
            var refused = (await fixture.Vault.OpenAsync(request)).ShouldBeOfType<OpenOutcome.Refused>();
            refused.Reason.ShouldBe(RefusalReason.NotFound);
            var receipt = (await fixture.Vault.ReceiptAsync(request.Lab, refused.Receipt)).ShouldNotBeNull();
            receipt.Act.ShouldBe(Act.Refuse);
            receipt.Principal.ShouldBe(fixture.Expert);
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Open_OneOfSeveralMissing_HandsOutNone(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var item = await fixture.SealAsync("text");
        var unseals = (await fixture.Vault.FiguresAsync()).Unseals;

        (await fixture.OpenAsync(item, new RecordRef(RecordKind.Item, RecordId.New()))).ShouldBeOfType<OpenOutcome.Refused>();

        (await fixture.Vault.FiguresAsync()).Unseals.ShouldBe(unseals);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Open_BeyondTheHoursFirstReads_IsRefusedUntilTheNextEvenAfterARestart(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database, Policy.Default with { PersonPerHour = 2 });
        var items = new[] { await fixture.SealAsync("1"), await fixture.SealAsync("2"), await fixture.SealAsync("3") };
        await fixture.OpenAsync(items[0]);
        await fixture.OpenAsync(items[1]);
        await fixture.ReopenAsync();

        var refused = (await fixture.OpenAsync(items[2])).ShouldBeOfType<OpenOutcome.Refused>();

        refused.Reason.ShouldBe(RefusalReason.FirstReadsSpent);
        (await fixture.OpenAsync(items[0])).ShouldBeOfType<OpenOutcome.Opened>("what was read may be read again");
        (await fixture.OpenAsync(Principal.Person(Guid.NewGuid()), items[2])).ShouldBeOfType<OpenOutcome.Opened>("limits are per person");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Open_TooManyRereads_IsRefused(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database, Policy.Default with { RereadsPerMinute = 0 });
        var item = await fixture.SealAsync("1");
        await fixture.OpenAsync(item);

        (await fixture.OpenAsync(item)).ShouldBeOfType<OpenOutcome.Refused>().Reason.ShouldBe(RefusalReason.RereadsSpent);
    }

    [Fact, UnsupportedOSPlatform("windows")]
    public async Task OpenAsync_NewDataFolder_IsItsOwnersAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix modes.");
        await using var fixture = await VaultFixture.CreateAsync("sqlite");

        File.GetUnixFileMode(fixture.Options.DataFolder).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task OpenAsync_KeyFolderInsideDataFolder_IsRefused()
    {
        await using var fixture = await VaultFixture.CreateAsync("sqlite");

        await Should.ThrowAsync<ArgumentException>(() => VaultNode.OpenAsync(fixture.Options with { KeyFolder = Path.Combine(fixture.Options.DataFolder, "keys") }));
    }

    [Fact]
    public async Task OpenAsync_KeyFolderLinkedIntoDataFolder_IsRefused()
    {
        await using var fixture = await VaultFixture.CreateAsync("sqlite");
        var folder = Directory.CreateTempSubdirectory("cofferdam-test-").FullName;
        var data = Directory.CreateDirectory(Path.Combine(folder, "data")).FullName;
        var link = Directory.CreateSymbolicLink(Path.Combine(folder, "link"), data).FullName;

        foreach (var (keys, at) in ((string, string)[])[(Path.Combine(link, "keys"), data), (Path.Combine(data, "keys"), link), (link, data)])
            await Should.ThrowAsync<ArgumentException>(() => VaultNode.OpenAsync(fixture.Options with { KeyFolder = keys, DataFolder = at }));
    }

    [Fact, UnsupportedOSPlatform("windows")]
    public async Task OpenAsync_KeyFileReadableByOthers_IsRefused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "File modes are a Unix thing.");
        await using var fixture = await VaultFixture.CreateAsync("sqlite");
        await fixture.CloseAsync();
        foreach (var key in Directory.GetFiles(fixture.Options.KeyFolder))
            File.SetUnixFileMode(key, File.GetUnixFileMode(key) | UnixFileMode.OtherRead);

        await Should.ThrowAsync<VaultUnavailableException>(() => VaultNode.OpenAsync(fixture.Options));
    }
}
