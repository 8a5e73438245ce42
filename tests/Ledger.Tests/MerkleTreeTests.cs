using System.Text.Json;
using Cofferdam.TestKit;

namespace Cofferdam.Ledger.Tests;

public sealed class MerkleTreeTests
{
    [Fact]
    public void VerifyInclusion_PublishedCases_AgreesWithAll() => RunAll("merkle/inclusion", 98, test =>
        MerkleTree.VerifyInclusion(
            Unsigned(test, "leafIdx"), Unsigned(test, "treeSize"), Base64(test, "leafHash"), Proof(test), Base64(test, "root")));

    [Fact]
    public void VerifyConsistency_PublishedCases_AgreesWithAll() => RunAll("merkle/consistency", 98, test =>
        MerkleTree.VerifyConsistency(
            Unsigned(test, "size1"), Unsigned(test, "size2"), Base64(test, "root1"), Base64(test, "root2"), Proof(test)));

    // A real certificate log: its signed tree head, a proof of entry 10,000, and a proof from an older head.
    [Fact]
    public void Verify_CertificateLog_IsConsistent()
    {
        var head = Vectors.PublishedJson("sumdb-argon2020/sth.json");
        var (size, root) = (head.GetProperty("tree_size").GetInt64(), Base64(head, "sha256_root_hash"));
        var entry = Vectors.PublishedJson("sumdb-argon2020/entries.json").GetProperty("entries")[0];
        var inclusion = Vectors.PublishedJson("sumdb-argon2020/proof.json");
        var consistency = Vectors.PublishedJson("sumdb-argon2020/consistency.json");
        var olderRoot = Convert.FromBase64String("AuIZ5V6sDUj1vn3Y1K85oOaQ7y+FJJKtyRTl1edIKBQ=");

        MerkleTree.VerifyInclusion(
            inclusion.GetProperty("leaf_index").GetInt64(), size, MerkleTree.HashLeaf(Base64(entry, "leaf_input")), Proof(inclusion, "audit_path"), root)
            .ShouldBeTrue();
        MerkleTree.VerifyConsistency(3_654_490, size, olderRoot, root, Proof(consistency, "consistency")).ShouldBeTrue();
    }

    private static void RunAll(string folder, int expected, Func<JsonElement, bool> verify)
    {
        var files = Directory.GetFiles(Vectors.Published(folder), "*.json", SearchOption.AllDirectories);
        files.Length.ShouldBe(expected);
        foreach (var file in files)
        {
            using var test = JsonDocument.Parse(File.ReadAllBytes(file));
            verify(test.RootElement).ShouldBe(!test.RootElement.GetProperty("wantErr").GetBoolean(), $"{file}: {test.RootElement.Text("desc")}");
        }
    }

    // Some cases have sizes beyond 2^63, which no tree of ours has: negative here, and refused as such.
    private static long Unsigned(JsonElement test, string name) => unchecked((long)test.GetProperty(name).GetUInt64());

    private static byte[] Base64(JsonElement test, string name) =>
        test.GetProperty(name) is { ValueKind: JsonValueKind.String } value ? value.GetBytesFromBase64() : [];

    private static ReadOnlyMemory<byte>[] Proof(JsonElement test, string name = "proof") =>
        test.GetProperty(name) is { ValueKind: JsonValueKind.Array } proof
            ? [.. proof.EnumerateArray().Select(hash => new ReadOnlyMemory<byte>(hash.GetBytesFromBase64()))]
            : [];
}
