using Cofferdam.Storage;

namespace Cofferdam.Delivery;

/// <summary>Where packages lie, each sealed or encrypted as a whole, under names that say nothing.</summary>
internal sealed class PackageFolder(StoreOptions options)
{
    private readonly string folder = Path.Combine(options.DataFolder, "packages");

    /// <summary>Folder for rows that wait, on the same disk; made if missing.</summary>
    public string Waiting
    {
        get
        {
            var path = Path.Combine(folder, "waiting");
            Directory.CreateDirectory(path);
            return path;
        }
    }

    public string PathOf(Guid delivery) => Path.Combine(folder, $"{delivery:N}.package");

    /// <summary>Removes what is left of makings that ended with the server; to be called before one begins.</summary>
    /// <param name="kept">Deliveries whose packages stay.</param>
    public void Clean(IReadOnlySet<Guid> kept)
    {
        if (!Directory.Exists(folder))
            return;
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var isKept = Path.GetExtension(path) == ".package" && Guid.TryParseExact(Path.GetFileNameWithoutExtension(path), "N", out var delivery) && kept.Contains(delivery);
            if (!isKept)
                File.Delete(path);
        }
    }

    public void Remove(Guid delivery)
    {
        if (Directory.Exists(folder))
            File.Delete(PathOf(delivery));
    }
}
