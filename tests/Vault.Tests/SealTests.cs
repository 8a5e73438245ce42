using System.Text;
using Cofferdam.Vault.Contract;
using Xunit;

namespace Cofferdam.Vault.Tests;

/// <summary>Promise 3: a record opens only as what it is; heads move on one at a time.</summary>
public sealed class SealTests
{
    public static TheoryData<string> Databases => VaultFixture.Shapes;

    [Theory, MemberData(nameof(Databases))]
    public async Task Seal_NewVersion_IsTheHeadThatOpens(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var record = await fixture.SealAsync("first");

        var outcome = await SealAsync(fixture, record, "second", expected: 1);

        outcome.ShouldBeOfType<SealOutcome.Sealed>().Versions.ShouldBe([2]);
        var opened = (await fixture.OpenAsync(record)).ShouldBeOfType<OpenOutcome.Opened>().Records.Single();
        opened.Version.ShouldBe(2);
        Encoding.UTF8.GetString(opened.Plaintext.Span).ShouldBe("second");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Seal_StaleVersion_ConflictsAndSealsNoneOfTheRequest(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var record = await fixture.SealAsync("first");
        await SealAsync(fixture, record, "second", expected: 1);
        var fresh = RecordId.New();

        var outcome = await fixture.Vault.SealAsync(new SealRequest(fixture.Lab, fixture.Project, fixture.Expert,
            [new SealItem(RecordKind.Item, fresh, "x"u8.ToArray(), 0), new SealItem(record.Kind, record.Id, "late"u8.ToArray(), 1)]));

        outcome.ShouldBe(new SealOutcome.Conflict(record.Id, 2));
        (await fixture.OpenAsync(new RecordRef(RecordKind.Item, fresh))).ShouldBeOfType<OpenOutcome.Refused>();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Seal_WithoutExpectationFromManyAtOnce_KeepsEveryVersionOnce(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var record = await fixture.SealAsync("0");

        var outcomes = await Task.WhenAll(Enumerable.Range(1, 20).Select(i => Task.Run(() => SealAsync(fixture, record, $"{i}", expected: null))));

        outcomes.Select(o => o.ShouldBeOfType<SealOutcome.Sealed>().Versions.Single()).Order().ShouldBe(Enumerable.Range(2, 20).Select(v => (long)v));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Open_BytesEditedSwappedOrRolledBackUnderTheHead_IsRefused(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var edited = await fixture.SealAsync("edited");
        var truncated = await fixture.SealAsync("truncated");
        var swapped = await fixture.SealAsync("swapped");
        var resized = await fixture.SealAsync("resized");
        var other = await fixture.SealAsync("other");
        var rolledBack = await fixture.SealAsync("old");
        await SealAsync(fixture, rolledBack, "new", expected: 1);
        const string cut = "UPDATE record SET sealed = substr(sealed, 1, length(sealed) - 1) WHERE id = @id";
        await fixture.EditAsync(cut, ("@id", truncated.Id.Value));
        await fixture.EditAsync("UPDATE record SET sealed = (SELECT sealed FROM record WHERE id = @other), content_id = (SELECT content_id FROM record WHERE id = @other) WHERE id = @id",
            ("@id", swapped.Id.Value), ("@other", other.Id.Value));
        await fixture.EditAsync("UPDATE record SET sealed = (SELECT sealed FROM record_history WHERE id = @id), content_id = (SELECT content_id FROM record_history WHERE id = @id) WHERE id = @id",
            ("@id", rolledBack.Id.Value));
        await fixture.EditAsync("UPDATE record SET content_id = (SELECT content_id FROM record WHERE id = @other) WHERE id = @id",
            ("@id", edited.Id.Value), ("@other", other.Id.Value));

        await fixture.EditAsync("UPDATE record SET bytes = 1 WHERE id = @id", ("@id", resized.Id.Value));

        foreach (var record in new[] { edited, truncated, swapped, rolledBack, resized })
        {
            var refused = (await fixture.OpenAsync(record)).ShouldBeOfType<OpenOutcome.Refused>();
            refused.Reason.ShouldBe(RefusalReason.NotAsSealed);
            (await fixture.ReceiptAsync(refused.Receipt)).Refusal.ShouldBe(RefusalReason.NotAsSealed);
        }

        (await fixture.OpenAsync(other)).ShouldBeOfType<OpenOutcome.Opened>();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Remove_Records_LeavesNoneToOpenAndAReceipt(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var kept = await fixture.SealAsync("kept");
        var section = await fixture.SealAsync("gone", RecordKind.GuidelineSection);
        await fixture.OpenAsync(section);

        await fixture.Vault.RemoveAsync(fixture.Lab, fixture.Project, fixture.Expert, [section, new RecordRef(RecordKind.Answer, kept.Id)]);

        (await fixture.OpenAsync(section)).ShouldBeOfType<OpenOutcome.Refused>().Reason.ShouldBe(RefusalReason.NotFound);
        (await fixture.OpenAsync(kept)).ShouldBeOfType<OpenOutcome.Opened>();
        var removal = (await fixture.Vault.ReceiptsAsync(new ReceiptQuery(fixture.Lab, Acts: [Act.Remove]))).Single();
        removal.Records.Single().Id.ShouldBe(section.Id);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task List_OfAKind_GivesTheProjectsOwnInOrder(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var since = DateTimeOffset.UtcNow;
        RecordRef[] items = [await fixture.SealAsync("1"), await fixture.SealAsync("2")];
        await fixture.SealAsync("not an item", RecordKind.Answer);

        var listed = new List<RecordId>();
        await foreach (var id in fixture.Vault.ListAsync(fixture.Lab, fixture.Project, RecordKind.Item, since.AddSeconds(-1)))
            listed.Add(id);

        listed.ShouldBe(items.Select(i => i.Id).OrderBy(id => id.Value));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Fingerprint_SameBytes_IsTheSameInAProjectAndAnotherInTheNext(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var other = ProjectId.New();
        await fixture.Vault.CreateProjectAsync(fixture.Lab, other);
        ReadOnlyMemory<byte>[] value = ["external id 1"u8.ToArray()];

        var here = (await fixture.Vault.FingerprintAsync(fixture.Lab, fixture.Project, value)).Single();

        (await fixture.Vault.FingerprintAsync(fixture.Lab, fixture.Project, value)).Single().ShouldBe(here);
        (await fixture.Vault.FingerprintAsync(fixture.Lab, other, value)).Single().ShouldNotBe(here);
    }

    private static Task<SealOutcome> SealAsync(VaultFixture fixture, RecordRef record, string text, long? expected) =>
        fixture.Vault.SealAsync(new SealRequest(fixture.Lab, fixture.Project, fixture.Expert, [new SealItem(record.Kind, record.Id, Encoding.UTF8.GetBytes(text), expected)]));
}
