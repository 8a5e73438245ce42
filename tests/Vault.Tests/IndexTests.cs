using Cofferdam.TestKit;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Index;
using Xunit;

namespace Cofferdam.Vault.Tests;

/// <summary>The index says where to look, and is believed in nothing else.</summary>
public sealed class IndexTests
{
    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Receipts_HalfIndexedHalfNot_AreFoundByEverythingTheyName(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var began = DateTimeOffset.UtcNow;
        var record = await fixture.SealAsync("one");
        var other = await fixture.SealAsync("other");
        var engagement = Guid.NewGuid();
        var vendors = new Principal(PrincipalKind.Person, Guid.NewGuid(), engagement);
        await fixture.OpenAsync(record);
        await fixture.OpenAsync(vendors, record, other);
        await fixture.Vault.RebuildIndexAsync(fixture.Lab);
        await fixture.OpenAsync(vendors, record);
        await fixture.OpenAsync(other);
        await fixture.Vault.RecordRefusalAsync(new RefusalNote(fixture.Lab, fixture.Expert, RefusalReason.NotAllowed, [record.Id.Value]));

        (await FindAsync(fixture, query => query with { Record = record.Id })).Select(r => r.Act).ShouldBe([Act.Refuse, Act.Open, Act.Open, Act.Open]);
        (await FindAsync(fixture, query => query with { Engagement = engagement })).Count.ShouldBe(2);
        (await FindAsync(fixture, query => query with { Engagement = engagement, Record = other.Id })).Count.ShouldBe(1);
        (await FindAsync(fixture, query => query with { Process = fixture.Vault.Identity.Process, Purpose = Purpose.Task })).Count.ShouldBe(4);
        (await FindAsync(fixture, query => query with { Process = Guid.NewGuid() })).ShouldBeEmpty();
        (await FindAsync(fixture, query => query with { From = began, Acts = [Act.Open] })).Count.ShouldBe(4);
        (await FindAsync(fixture, query => query with { To = began.AddMinutes(-1) })).ShouldBeEmpty();
        var page = await FindAsync(fixture, query => query with { Record = record.Id, Limit = 3 });
        (await FindAsync(fixture, query => query with { Record = record.Id, Before = page[^1].Sequence })).Single().Principal.ShouldBe(fixture.Expert);
        (await fixture.Door.CheckIndexAsync(fixture.Lab)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Receipts_RowsPutIntoTheIndex_AddNothing(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var record = await fixture.SealAsync("one");
        var other = await fixture.SealAsync("other");
        await fixture.OpenAsync(record);
        await fixture.Vault.RebuildIndexAsync(fixture.Lab);
        (await fixture.EditAsync(
            "INSERT INTO receipt_subject (lab, subject, sequence) SELECT lab, @other, sequence FROM receipt_subject WHERE subject = @id",
            ("@other", other.Id.Value), ("@id", record.Id.Value))).ShouldBe(1);

        (await FindAsync(fixture, query => query with { Record = other.Id })).ShouldBeEmpty();
        (await fixture.Door.CheckIndexAsync(fixture.Lab)).ShouldBe([new IndexFinding.Surplus(1)]);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Receipts_RowsTakenFromTheIndex_AreFoundMissingAndComeBackWithANewOne(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var record = await fixture.SealAsync("one");
        var opened = (await fixture.OpenAsync(record)).ShouldBeOfType<OpenOutcome.Opened>();
        await fixture.Vault.RebuildIndexAsync(fixture.Lab);
        (await fixture.EditAsync("DELETE FROM receipt_subject WHERE subject = @id", ("@id", record.Id.Value))).ShouldBe(1);
        (await fixture.EditAsync("UPDATE receipt_span SET earliest = latest + 1 WHERE lab = (SELECT number FROM lab WHERE id = @lab)", ("@lab", fixture.Lab.Value))).ShouldBe(1);

        (await fixture.Door.CheckIndexAsync(fixture.Lab)).ShouldBe([new IndexFinding.Missing(opened.Receipt), new IndexFinding.WrongTimes(0)]);

        await fixture.Vault.RebuildIndexAsync(fixture.Lab);
        (await fixture.Door.CheckIndexAsync(fixture.Lab)).ShouldBeEmpty();
        (await FindAsync(fixture, query => query with { Record = record.Id })).Single().Sequence.ShouldBe(opened.Receipt);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Receipts_ColumnsEdited_ShowTheReceiptAsUnfitAndAddNothingSound(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var opened = (await fixture.OpenAsync(await fixture.SealAsync("one"))).ShouldBeOfType<OpenOutcome.Opened>();
        var framed = Principal.Person(Guid.NewGuid());
        await fixture.OpenAsync(framed, await fixture.SealAsync("two"));
        const string edit = "UPDATE receipt SET principal = @framed, act = 2 WHERE principal = @expert AND act = 1";
        (await fixture.EditAsync(edit, ("@framed", framed.Pseudonym), ("@expert", fixture.Expert.Pseudonym))).ShouldBe(1);

        var theirs = await FindAsync(fixture, query => query with { Principal = framed.Pseudonym });

        theirs.Where(receipt => receipt.Fits).Select(receipt => receipt.Act).ShouldBe([Act.Open]);
        theirs.Single(receipt => !receipt.Fits).Sequence.ShouldBe(opened.Receipt);
        (await fixture.Door.CheckIndexAsync(fixture.Lab)).ShouldContain(new IndexFinding.Unfit(opened.Receipt));
    }

    [Theory]
    [InlineData("sqlite", "what")]
    [InlineData("sqlite", "who")]
    [InlineData("sqlite", "leaf")]
    [InlineData("postgres", "what")]
    [InlineData("postgres", "who")]
    [InlineData("postgres", "leaf")]
    public async Task Receipts_PartEditedBeforeOrAfterIndexing_ShowItAsUnfit(string database, string part)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var record = await fixture.SealAsync("one");
        var opened = (await fixture.OpenAsync(record)).ShouldBeOfType<OpenOutcome.Opened>();
        var later = (await fixture.OpenAsync(record)).ShouldBeOfType<OpenOutcome.Opened>();
        var edit = $"UPDATE receipt SET {part} = (SELECT {part} FROM receipt WHERE act = 8 LIMIT 1) WHERE act = 1 AND (id & 1099511627775) = @sequence";
        (await fixture.EditAsync(edit, ("@sequence", opened.Receipt))).ShouldBe(1);
        await fixture.Vault.RebuildIndexAsync(fixture.Lab);
        (await fixture.EditAsync(edit, ("@sequence", later.Receipt))).ShouldBe(1);

        var found = await FindAsync(fixture, query => query with { Record = record.Id });

        found.Select(receipt => (receipt.Sequence, receipt.Fits)).ShouldBe([(later.Receipt, false), (opened.Receipt, false)]);
        (await FindAsync(fixture, query => query with { Acts = [Act.CreateKey] })).ShouldAllBe(receipt => receipt.Fits);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Receipts_SaltKeyTakenAway_AreFoundAndNotSaidToFit(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var record = await fixture.SealAsync("one");
        var opened = (await fixture.OpenAsync(record)).ShouldBeOfType<OpenOutcome.Opened>();
        (await fixture.EditAsync("DELETE FROM salt_key WHERE principal = @expert", ("@expert", fixture.Expert.Pseudonym))).ShouldBe(1);
        await fixture.ReopenAsync();

        var found = await FindAsync(fixture, query => query with { Record = record.Id });

        // Nobody erased this person: what does not fit could be of this record, and is shown.
        found.ShouldContain(receipt => receipt.Sequence == opened.Receipt);
        found.ShouldAllBe(receipt => !receipt.Fits);
    }

    private static Task<IReadOnlyList<ReceiptEntry>> FindAsync(VaultFixture fixture, Func<ReceiptQuery, ReceiptQuery> query) =>
        fixture.Vault.ReceiptsAsync(query(new ReceiptQuery(fixture.Lab)));
}
