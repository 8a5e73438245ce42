using FsCheck;
using FsCheck.Fluent;

namespace Cofferdam.Ledger.Tests;

public sealed class CompactRangeTests
{
    [Fact]
    public void Root_NoLeaves_IsTheHashOfNothing() =>
        Convert.ToHexStringLower(new CompactRange().Root()).ShouldBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");

    // Leaves and roots of transparency-dev/merkle, testonly/constants.go, after the Certificate Transparency code.
    [Fact]
    public void Root_EightPublishedLeaves_IsThePublishedRootAfterEach()
    {
        string[] leaves =
        [
            "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
        ];
        string[] roots =
        [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ];

        var tree = new CompactRange();
        foreach (var (leaf, root) in leaves.Zip(roots))
        {
            tree.Append(MerkleTree.HashLeaf(Convert.FromHexString(leaf)));
            Convert.ToHexStringLower(tree.Root()).ShouldBe(root);
        }
    }

    [Fact]
    public void Root_AnySize_IsTheRootOfTheRecursiveDefinition()
    {
        var leaves = Enumerable.Range(0, 300).Select(i => MerkleTree.HashLeaf(BitConverter.GetBytes(i))).ToArray();
        var tree = new CompactRange();
        for (var size = 1; size <= leaves.Length; size++)
        {
            tree.Append(leaves[size - 1]);
            tree.Root().ShouldBe(Recursive(leaves.AsSpan(0, size)));
        }
    }

    [Fact]
    public void Parse_WhatToBytesWrote_GoesOnAsIfNeverStopped() => Prop.ForAll<byte, byte>((before, after) =>
    {
        var tree = new CompactRange();
        for (var i = 0; i < before; i++)
            tree.Append(MerkleTree.HashLeaf([(byte)i]));
        var restarted = CompactRange.Parse(tree.ToBytes());
        for (var i = 0; i < after; i++)
        {
            tree.Append(MerkleTree.HashLeaf([(byte)i]));
            restarted.Append(MerkleTree.HashLeaf([(byte)i]));
        }

        return restarted.Size == tree.Size && restarted.Root().AsSpan().SequenceEqual(tree.Root());
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData("00000000000000")]
    [InlineData("0000000000000001")]
    [InlineData("0000000000000000ff")]
    [InlineData("ffffffffffffffff")]
    public void Parse_NotACompactRange_Throws(string hex) =>
        Should.Throw<FormatException>(() => CompactRange.Parse(Convert.FromHexString(hex)));

    [Fact]
    public void Append_NotAHash_Throws() => Should.Throw<ArgumentException>(() => new CompactRange().Append(new byte[31]));

    private static byte[] Recursive(ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.Length == 1)
            return leaves[0];
        var split = 1;
        while (split * 2 < leaves.Length)
            split *= 2;
        return MerkleTree.HashNode(Recursive(leaves[..split]), Recursive(leaves[split..]));
    }
}
