using System.Text.Json;
using Cofferdam.Quality.Bias;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Quality.Tests.Bias;

public sealed class BiasScanningTests
{
    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Run_AnswersOfTwoPeople_CountsSidesAndLeavesReceipts(string database)
    {
        await using var room = await QualityRoom.CreateAsync(database);
        var (ada, bob) = (Guid.NewGuid(), Guid.NewGuid());
        foreach (var shown in new[] { "left", "left", "right", "tie" })
            await room.SealAnswerAsync(ada, shown);
        // Given twice to one task: the first counts.
        var slot = Guid.CreateVersion7();
        await room.SealAnswerAsync(bob, "right", slot);
        room.Time.Advance(TimeSpan.FromSeconds(1));
        await room.SealAnswerAsync(bob, "left", slot);
        var scan = await room.AddScanAsync();

        (await room.Scanning.RunAsync(room.Lab, scan, CancellationToken.None)).ShouldBe((ScanState.Done, null));

        var receipts = await room.Vault.ReceiptsAsync(new ReceiptQuery(room.Lab, new ProjectId(room.Project), Acts: [Act.Open]));
        receipts.ShouldAllBe(receipt => receipt.Purpose == Purpose.Figures && receipt.Principal == Principal.Service);
        receipts.Sum(receipt => receipt.Records.Count).ShouldBe(5);
        var found = await FoundAsync(room, scan);
        found.OrderBy(sides => sides.Person == ada ? 0 : 1).ShouldBe([new Sides(ada, 2, 1, 1), new Sides(bob, 0, 1, 0)]);
        (await room.NumberAsync("SELECT total FROM bias_scan")).ShouldBe(6);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Run_MoreAnswersThanOneReceiptLists_OpensThemInRuns(string database)
    {
        await using var room = await QualityRoom.CreateAsync(database);
        var ada = Guid.NewGuid();
        for (var i = 0; i < 260; i++)
            await room.SealAnswerAsync(ada, i % 2 == 0 ? "left" : "right");
        var scan = await room.AddScanAsync();

        await room.Scanning.RunAsync(room.Lab, scan, CancellationToken.None);

        (await FoundAsync(room, scan)).ShouldBe([new Sides(ada, 130, 130, 0)]);
        (await room.Vault.ReceiptsAsync(new ReceiptQuery(room.Lab, Acts: [Act.Open]))).Count(receipt => receipt.Principal == Principal.Service).ShouldBe(2);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Run_ForWhoIsSuspended_OpensNothing(string database)
    {
        await using var room = await QualityRoom.CreateAsync(database);
        await room.SealAnswerAsync(Guid.NewGuid(), "left");
        var scan = await room.AddScanAsync();
        await room.Vault.SuspendAsync(new SuspendRequest(room.Lab, new Scope(ScopeKind.Person, scan.RequestedBy), ReasonClass.Other, Principal.Service));

        (await room.Scanning.RunAsync(room.Lab, scan, CancellationToken.None)).ShouldBe((ScanState.Failed, "suspended"));

        (await room.Vault.ReceiptsAsync(new ReceiptQuery(room.Lab, Acts: [Act.Open]))).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Run_AProjectThatIsSuspended_OpensNothing(string database)
    {
        await using var room = await QualityRoom.CreateAsync(database);
        await room.SealAnswerAsync(Guid.NewGuid(), "left");
        var scan = await room.AddScanAsync();
        await room.Vault.SuspendAsync(new SuspendRequest(room.Lab, new Scope(ScopeKind.Project, room.Project), ReasonClass.Other, Principal.Service));

        (await room.Scanning.RunAsync(room.Lab, scan, CancellationToken.None)).ShouldBe((ScanState.Failed, "suspended"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Run_StoppedMeanwhile_OpensNoFurtherRun(string database)
    {
        await using var room = await QualityRoom.CreateAsync(database);
        var scan = await room.AddScanAsync();
        await room.SealAnswerAsync(Guid.NewGuid(), "left");
        await room.SealAnswerAsync(Guid.NewGuid(), "left");
        (await room.Scanning.EndAsync(scan, ScanState.Cancelled, null, CancellationToken.None)).ShouldBeTrue();

        (await room.Scanning.RunAsync(room.Lab, scan, CancellationToken.None)).State.ShouldBe(ScanState.Running);

        (await room.Vault.ReceiptsAsync(new ReceiptQuery(room.Lab, Acts: [Act.Open]))).Count.ShouldBe(1);
        (await room.Scanning.EndAsync(scan, ScanState.Done, null, CancellationToken.None)).ShouldBeFalse();
    }

    private static async Task<IReadOnlyList<Sides>> FoundAsync(QualityRoom room, BiasScan scan)
    {
        var opened = (OpenOutcome.Opened)await room.Vault.OpenAsync(new OpenRequest(
            room.Lab, new ProjectId(room.Project), Principal.Person(scan.RequestedBy), Act.Open, Purpose.Figures, [new(RecordKind.Figures, new RecordId(scan.Id))]));
        return JsonSerializer.Deserialize(opened.Records[0].Plaintext.Span, QualityJson.Default.SealedSides)!.People;
    }
}
