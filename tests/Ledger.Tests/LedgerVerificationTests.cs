namespace Cofferdam.Ledger.Tests;

public sealed class LedgerVerificationTests
{
    private readonly List<LedgerEntry> ledger = Ledgers.Make(10);
    private readonly byte[] root = Ledgers.Root(Ledgers.Make(10));

    [Fact]
    public async Task VerifyAsync_AsKept_IsSound() => (await VerifyAsync()).ShouldBe(new LedgerFinding.Sound(10));

    [Fact]
    public async Task VerifyAsync_Empty_IsSound() =>
        (await LedgerVerification.VerifyAsync(AsyncEnumerable.Empty<LedgerEntry>(), 0, MerkleTree.EmptyRoot)).ShouldBe(new LedgerFinding.Sound(0));

    [Fact]
    public async Task VerifyAsync_EntryRemoved_SaysWhere()
    {
        ledger.RemoveAt(4);
        (await VerifyAsync()).ShouldBe(new LedgerFinding.OutOfSequence(4, 5));
    }

    [Fact]
    public async Task VerifyAsync_EntriesSwapped_SaysWhere()
    {
        (ledger[2], ledger[3]) = (ledger[3], ledger[2]);
        (await VerifyAsync()).ShouldBe(new LedgerFinding.OutOfSequence(2, 3));
    }

    [Fact]
    public async Task VerifyAsync_LastEntriesCut_SaysHowMany()
    {
        ledger.RemoveRange(7, 3);
        (await VerifyAsync()).ShouldBe(new LedgerFinding.WrongSize(10, 7));
    }

    [Fact]
    public async Task VerifyAsync_EntryAdded_SaysSo()
    {
        ledger.Add(Ledgers.Entry(10, 10));
        (await VerifyAsync()).ShouldBe(new LedgerFinding.WrongSize(10, 11));
    }

    [Fact]
    public async Task VerifyAsync_ReceiptEdited_SaysWhere()
    {
        ledger[6] = ledger[6] with { What = Ledgers.Entry(6, 99).What };
        (await VerifyAsync()).ShouldBe(new LedgerFinding.NotCommitted(6));
    }

    [Fact]
    public async Task VerifyAsync_ReceiptAndLeafRewritten_HasAnotherRoot()
    {
        ledger[6] = Ledgers.Entry(6, 99);
        (await VerifyAsync()).ShouldBeOfType<LedgerFinding.WrongRoot>().Found.ToArray().ShouldBe(Ledgers.Root(ledger));
    }

    [Fact]
    public async Task VerifyAsync_NotALeaf_SaysWhere()
    {
        ledger[1] = ledger[1] with { Leaf = new byte[200] };
        (await VerifyAsync()).ShouldBe(new LedgerFinding.NotALeaf(1));
    }

    private Task<LedgerFinding> VerifyAsync() => LedgerVerification.VerifyAsync(ledger.ToAsyncEnumerable(), 10, root);
}
