namespace Cofferdam.Package;

/// <summary>Everything that was checked about a package.</summary>
/// <param name="Manifest">What the package says it is; null where it could not be read. Believe it only if the report is sound.</param>
/// <param name="Checks">In the order they were made.</param>
public sealed record PackageReport(PackageManifest? Manifest, IReadOnlyList<PackageCheck> Checks)
{
    /// <summary>Every check was made and passed.</summary>
    public bool IsSound => Manifest is not null && Checks.All(check => check.Passed);
}

/// <summary>One check.</summary>
/// <param name="Subject">The file it is about; the package's own name where it is about the whole.</param>
/// <param name="Finding">What is wrong, in words for a person; null where the check passed.</param>
public sealed record PackageCheck(PackageCheckKind Kind, string Subject, string? Finding)
{
    public bool Passed => Finding is null;
}

public enum PackageCheckKind
{
    /// <summary>It can be read at all, and nothing stands before, between or behind its files.</summary>
    Readable,

    /// <summary>The private key given opens it.</summary>
    Decryption,

    /// <summary>There is a manifest of a known format, and no name in it is unsafe or doubled.</summary>
    Manifest,

    /// <summary>The manifest is signed by the key given.</summary>
    Signature,

    /// <summary>The signed manifest names the key that the package was encrypted to, so that nobody has passed it on as their own.</summary>
    Recipient,

    /// <summary>A file of the manifest is there, once.</summary>
    Present,

    /// <summary>Every file that is there is in the manifest.</summary>
    Expected,

    /// <summary>A file's length and SHA-256 are those of the manifest.</summary>
    Content,

    /// <summary>A file's number of rows is that of the manifest.</summary>
    RowCount,

    /// <summary>The Merkle root over a file's rows is that of the manifest.</summary>
    RowsRoot,
}
