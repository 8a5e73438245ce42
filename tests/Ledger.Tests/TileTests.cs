namespace Cofferdam.Ledger.Tests;

public sealed class TileTests
{
    // Examples of C2SP tlog-tiles.
    [Theory]
    [InlineData("tile/0/x001/x234/067", 0, 1_234_067, 256)]
    [InlineData("tile/0/273.p/112", 0, 273, 112)]
    [InlineData("tile/entries/x123/456.p/1", TilePath.EntryLevel, 123_456, 1)]
    [InlineData("tile/7/000", 7, 0, 256)]
    public void TryParse_Path_IsWrittenAgainTheSame(string path, int level, long index, int width)
    {
        TilePath.TryParse(path, out var tile).ShouldBeTrue();
        tile.ShouldBe(new TilePath(level, index, width));
        tile.ToString().ShouldBe(path);
    }

    [Theory]
    [InlineData("tile/0/1")]
    [InlineData("tile/00/001")]
    [InlineData("tile/8/001")]
    [InlineData("tile/-1/001")]
    [InlineData("tile/0/x000/001")]
    [InlineData("tile/0/001/002")]
    [InlineData("tile/0/001.p/0")]
    [InlineData("tile/0/001.p/256")]
    [InlineData("tile/0/001.p/01")]
    [InlineData("tile/0/001.p")]
    [InlineData("tile/0/../001")]
    [InlineData("tile/data/001")]
    [InlineData("checkpoint")]
    public void TryParse_NotATile_IsFalse(string path) => TilePath.TryParse(path, out _).ShouldBeFalse();

    // The example of C2SP tlog-tiles: 70,000 entries.
    [Fact]
    public void WidthAt_SeventyThousand_IsAsInTheSpecification()
    {
        (TilePath.WidthAt(0, 272, 70_000), TilePath.WidthAt(0, 273, 70_000), TilePath.WidthAt(0, 274, 70_000)).ShouldBe((256, 112, 0));
        (TilePath.WidthAt(1, 0, 70_000), TilePath.WidthAt(1, 1, 70_000)).ShouldBe((256, 17));
        (TilePath.WidthAt(2, 0, 70_000), TilePath.WidthAt(3, 0, 70_000)).ShouldBe((1, 0));
    }

    [Fact]
    public async Task Proofs_EverySizeAndLeafOfASmallLog_Verify()
    {
        var leaves = TestLogs.Leaves(600);
        int[] sizes = [1, 2, 255, 256, 257, 511, 512, 513, 600];
        var log = await TestLogs.InMemoryAsync(leaves, sizes);
        var roots = new List<byte[]> { MerkleTree.EmptyRoot.ToArray() };
        var tree = new CompactRange();
        foreach (var leaf in leaves)
        {
            tree.Append(MerkleTree.HashLeaf(leaf.Span));
            roots.Add(tree.Root());
        }

        foreach (var size in sizes)
        {
            var prover = new TileProver(log, size);
            (await prover.RootAsync()).ShouldBe(roots[size]);
            for (var index = 0; index < size; index++)
            {
                var hash = MerkleTree.HashLeaf(leaves[index].Span);
                var proof = await prover.InclusionAsync(index);
                MerkleTree.VerifyInclusion(index, size, hash, proof, roots[size]).ShouldBeTrue($"{index} in {size}");
            }

            for (var older = 1; older <= size; older++)
            {
                var proof = await prover.ConsistencyAsync(older);
                MerkleTree.VerifyConsistency(older, size, roots[older], roots[size], proof).ShouldBeTrue($"{older} to {size}");
            }
        }
    }

    [Fact]
    public async Task Proofs_BigLog_ReadFewTiles()
    {
        var log = new EndlessLog();
        var prover = new TileProver(log, 10_000_000);

        await prover.InclusionAsync(1_234_567);
        log.Read.ShouldBeLessThanOrEqualTo(6);
        log.Read = 0;
        await new TileProver(log, 10_000_000).ConsistencyAsync(7_654_321);
        log.Read.ShouldBeLessThanOrEqualTo(6);
    }

    [Fact]
    public async Task Verify_Proof_HoldsForItsLeafAlone()
    {
        var leaves = TestLogs.Leaves(300);
        var log = await TestLogs.InMemoryAsync(leaves);
        var proof = new TlogProof(271, await new TileProver(log, 300).InclusionAsync(271), log.Files["checkpoint"], leaves[271]);

        TlogProof.TryParse(proof.ToBytes(), out var read).ShouldBeTrue();

        read!.ToBytes().ShouldBe(proof.ToBytes());
        TlogProof.TryParse((proof with { Extra = null }).ToBytes(), out var bare).ShouldBeTrue();
        bare!.Extra.ShouldBeNull();
        read.Extra!.Value.ToArray().ShouldBe(leaves[271].ToArray());
        read.Verify(MerkleTree.HashLeaf(leaves[271].Span), TestLogs.Policy).ShouldBeOfType<ProofOutcome.Proved>().Cosigned.ShouldBe(["one"]);
        read.Verify(MerkleTree.HashLeaf(leaves[270].Span), TestLogs.Policy).ShouldBeOfType<ProofOutcome.NotIncluded>();
        (read with { Index = 270 }).Verify(MerkleTree.HashLeaf(leaves[271].Span), TestLogs.Policy).ShouldBeOfType<ProofOutcome.NotIncluded>();
        var other = new LogSigner("lab.test/ledger/b", TestLogs.Seed(9));
        read.Verify(MerkleTree.HashLeaf(leaves[271].Span), WitnessPolicy.ForLog(other.Verifier)).ShouldBeOfType<ProofOutcome.NotTrusted>();
    }

    /// <summary>Has every tile that is asked for.</summary>
    private sealed class EndlessLog : LogSource
    {
        public int Read { get; set; }

        public override ValueTask<byte[]?> ReadAsync(string path, int maxBytes, CancellationToken cancellation = default)
        {
            Read++;
            TilePath.TryParse(path, out var tile).ShouldBeTrue();
            return ValueTask.FromResult<byte[]?>(new byte[tile.Width * MerkleTree.HashBytes]);
        }
    }
}
