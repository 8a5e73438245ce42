using System.Text;
using Cofferdam.Ledger;
using Cofferdam.TestKit;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Heads;
using Xunit;

namespace Cofferdam.Vault.Tests;

/// <summary>Promise 3: an older version put back whole does not open, whether the vault was running or not.</summary>
public sealed class HeadTests
{
    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Open_OldVersionPutBackWhileRunning_IsRefusedAndNothingIsBuiltUponIt(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var draft = await fixture.SealAsync("first", RecordKind.Draft);
        await CopyRowAsync(fixture, draft);
        await SealAsync(fixture, draft, "second", 1);
        await PutBackAsync(fixture, draft);

        (await fixture.OpenAsync(draft)).ShouldBeOfType<OpenOutcome.Refused>().Reason.ShouldBe(RefusalReason.NotAsSealed);
        (await SealAsync(fixture, draft, "third", 1)).ShouldBe(new SealOutcome.Conflict(draft.Id, 2));
        (await SealAsync(fixture, draft, "third", null)).ShouldBe(new SealOutcome.Conflict(draft.Id, 2));
        await fixture.Vault.RemoveAsync(fixture.Lab, fixture.Project, fixture.Expert, [draft]);
        await fixture.ReopenAsync();
        (await StandingAsync(fixture)).ShouldBe("sound", "what was removed counts no more");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Open_OldVersionWithHistoryPutBackWhileStopped_IsNamedAndRefusedAlone(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var section = await fixture.SealAsync("first", RecordKind.GuidelineDraft);
        var other = await fixture.SealAsync("other", RecordKind.GuidelineDraft);
        await CopyRowAsync(fixture, section);
        await SealAsync(fixture, section, "second", 1);
        await SealAsync(fixture, other, "second", 1);
        await fixture.CloseAsync();
        await PutBackAsync(fixture, section);
        await fixture.ReopenAsync();

        (await StandingAsync(fixture)).ShouldBe("rolledBack");
        (await fixture.OpenAsync(section)).ShouldBeOfType<OpenOutcome.Refused>().Reason.ShouldBe(RefusalReason.NotAsSealed);
        (await fixture.OpenAsync(other)).ShouldBeOfType<OpenOutcome.Opened>();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Open_DraftPutBackWhileStopped_RefusesWhatMayHaveChangedUntilItIsSealedAnewOrAccepted(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var draft = await fixture.SealAsync("first", RecordKind.Draft);
        var other = await fixture.SealAsync("other", RecordKind.Draft);
        var item = await fixture.SealAsync("item");
        await CopyRowAsync(fixture, draft);
        await SealAsync(fixture, draft, "second", 1);
        await fixture.CloseAsync();
        await PutBackAsync(fixture, draft);
        await fixture.ReopenAsync();

        (await StandingAsync(fixture)).ShouldBe("disputed");
        foreach (var record in new[] { draft, other })
            (await fixture.OpenAsync(record)).ShouldBeOfType<OpenOutcome.Refused>().Reason.ShouldBe(RefusalReason.NotAsSealed);
        (await fixture.OpenAsync(item)).ShouldBeOfType<OpenOutcome.Opened>("there never was another version");
        (await SealAsync(fixture, other, "typed on", null)).ShouldBeOfType<SealOutcome.Sealed>();
        (await fixture.OpenAsync(other)).ShouldBeOfType<OpenOutcome.Opened>();

        fixture.AcceptVersions = true;
        await fixture.ReopenAsync();
        (await StandingAsync(fixture)).ShouldBe("accepted");
        fixture.AcceptVersions = false;
        await fixture.ReopenAsync();
        (await StandingAsync(fixture)).ShouldBe("sound");
        (await fixture.OpenAsync(draft)).ShouldBeOfType<OpenOutcome.Opened>();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Open_RemovedRecordPutBack_IsRefusedWhileRunningAndFoundAtTheStartWhereItHadVersions(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var draft = await fixture.SealAsync("first", RecordKind.Draft);
        await SealAsync(fixture, draft, "second", 1);
        await CopyRowAsync(fixture, draft);
        await fixture.Vault.RemoveAsync(fixture.Lab, fixture.Project, fixture.Expert, [draft]);
        await PutBackAsync(fixture, draft);

        (await fixture.OpenAsync(draft)).ShouldBeOfType<OpenOutcome.Refused>().Reason.ShouldBe(RefusalReason.NotAsSealed);
        await fixture.ReopenAsync();
        (await StandingAsync(fixture)).ShouldBe("disputed");
        (await fixture.OpenAsync(draft)).ShouldBeOfType<OpenOutcome.Refused>().Reason.ShouldBe(RefusalReason.NotAsSealed);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Start_LedgerRowPutBackOrItsSealTakenAway_IsDisputed(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var draft = await fixture.SealAsync("first", RecordKind.Draft);
        await SealAsync(fixture, draft, "second", 1);
        await fixture.CloseAsync();
        await fixture.EditAsync("CREATE TABLE kept AS SELECT * FROM ledger");
        await fixture.ReopenAsync();
        await fixture.CloseAsync();
        const string putBack = "UPDATE ledger SET size = kept.size, frontier = kept.frontier, heads = kept.heads FROM kept WHERE kept.lab = ledger.lab";
        await fixture.EditAsync(putBack);
        // The log's folder would tell at once: here it is gone too.
        Directory.Delete(fixture.LogFolder, recursive: true);

        // The first receipt of the start would take the number of one that is there.
        await Should.ThrowAsync<VaultStoreException>(fixture.ReopenAsync);
        await fixture.EditAsync("DELETE FROM receipt WHERE (id & 1099511627775) >= (SELECT size FROM kept WHERE kept.lab = (id >> 40))");
        await fixture.EditAsync("UPDATE ledger SET heads = @none", ("@none", Array.Empty<byte>()));
        await fixture.ReopenAsync();
        (await StandingAsync(fixture)).ShouldBe("disputed");
    }

    [Fact]
    public void Move_ThereAndBack_IsWhereItWas()
    {
        var key = new byte[32];
        var (one, two) = (Guid.NewGuid(), Guid.NewGuid());
        HeadSum sum = new(), other = new();
        sum.Move(key, one, 0, 5);
        sum.Move(key, two, 1, 2);
        sum.Move(key, one, 5, 6);
        other.Move(key, two, 0, 2);
        sum.IsSameAs(other).ShouldBeFalse();
        other.Move(key, one, 0, 6);
        sum.IsSameAs(other).ShouldBeTrue();
        sum.Move(key, one, 6, 0);
        sum.Move(key, two, 2, 1);
        sum.Value.ToArray().ShouldBe(new byte[32]);
    }

    [Fact]
    public void TryOpen_AnotherLabSizeFrontierOrByte_IsFalse()
    {
        var (key, lab, sum) = (new byte[32], Guid.NewGuid(), new HeadSum());
        sum.Move(key, lab, 0, 7);
        byte[] frontier = [1, 2, 3];
        var bytes = HeadSeal.Seal(key, lab, 9, frontier, sum);

        HeadSeal.TryOpen(key, lab, 9, frontier, bytes, out var opened).ShouldBeTrue();
        opened!.IsSameAs(sum).ShouldBeTrue();
        HeadSeal.TryOpen(key, Guid.NewGuid(), 9, frontier, bytes, out _).ShouldBeFalse();
        HeadSeal.TryOpen(key, lab, 8, frontier, bytes, out _).ShouldBeFalse();
        HeadSeal.TryOpen(key, lab, 9, [1, 2], bytes, out _).ShouldBeFalse();
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 1;
            HeadSeal.TryOpen(key, lab, 9, frontier, bytes, out _).ShouldBeFalse();
            bytes[i] ^= 1;
        }
    }

    private static Task<SealOutcome> SealAsync(VaultFixture fixture, RecordRef record, string text, long? expected) =>
        fixture.Vault.SealAsync(new SealRequest(fixture.Lab, fixture.Project, fixture.Expert, [new SealItem(record.Kind, record.Id, Encoding.UTF8.GetBytes(text), expected)]));

    private static async Task CopyRowAsync(VaultFixture fixture, RecordRef record) =>
        (await fixture.EditAsync("CREATE TABLE put_aside AS SELECT * FROM record WHERE id = @id", ("@id", record.Id.Value))).ShouldBeGreaterThanOrEqualTo(-1);

    private static async Task PutBackAsync(VaultFixture fixture, RecordRef record)
    {
        await fixture.EditAsync("DELETE FROM record WHERE id = @id", ("@id", record.Id.Value));
        (await fixture.EditAsync("INSERT INTO record SELECT * FROM put_aside WHERE id = @id", ("@id", record.Id.Value))).ShouldBe(1);
    }

    /// <summary>What the receipt of the last start says of the versions.</summary>
    private static async Task<string> StandingAsync(VaultFixture fixture)
    {
        var start = (await fixture.Vault.ReceiptsAsync(new ReceiptQuery(fixture.Lab, Acts: [Act.Start], Limit: 1))).Single();
        return Receipt.Parse(start.What.Span, start.Who.Span).Particulars.Single(particular => particular.Key == "versions").Value;
    }
}
