using System.Security.Cryptography;
using Cofferdam.Ledger;

namespace Cofferdam.Package;

/// <summary>Length, SHA-256, number of rows and Merkle root of a file, taken as its bytes pass, at constant memory.</summary>
internal sealed class RowDigest : IDisposable
{
    private readonly IncrementalHash content = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash leaf = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly CompactRange rows = new();
    private bool inRow;

    /// <summary>Bytes seen.</summary>
    public long Bytes { get; private set; }

    /// <summary>The bytes seen end in the middle of a row.</summary>
    public bool EndsInsideRow => inRow;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        content.AppendData(bytes);
        Bytes += bytes.Length;
        for (var end = bytes.IndexOf((byte)'\n'); end >= 0; end = bytes.IndexOf((byte)'\n'))
        {
            AppendToRow(bytes[..end]);
            EndRow();
            bytes = bytes[(end + 1)..];
        }

        if (!bytes.IsEmpty)
            AppendToRow(bytes);
    }

    /// <summary>The file as a manifest lists it. Ends the digest.</summary>
    /// <param name="hasRows">It is a file of rows.</param>
    public PackageFile Finish(string name, bool hasRows) => new(
        name,
        Bytes,
        Convert.ToHexStringLower(content.GetHashAndReset()),
        hasRows ? rows.Size : null,
        hasRows ? Convert.ToBase64String(rows.Root()) : null);

    public void Dispose()
    {
        content.Dispose();
        leaf.Dispose();
    }

    // A leaf hash is SHA-256(0x00 ‖ row), RFC 6962 §2.1.
    private void AppendToRow(ReadOnlySpan<byte> part)
    {
        if (!inRow)
            leaf.AppendData([0]);
        inRow = true;
        leaf.AppendData(part);
    }

    private void EndRow()
    {
        Span<byte> hash = stackalloc byte[MerkleTree.HashBytes];
        leaf.GetHashAndReset(hash);
        rows.Append(hash);
        inRow = false;
    }
}
