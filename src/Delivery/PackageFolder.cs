using Cofferdam.Storage;

namespace Cofferdam.Delivery;

/// <summary>Where packages lie, each sealed or encrypted as a whole, under names that say nothing.</summary>
internal sealed class PackageFolder(StoreOptions options)
{
    private readonly string folder = Path.Combine(options.DataFolder, "packages");

    public string PathOf(Guid delivery) => Path.Combine(folder, $"{delivery:N}.package");

    /// <summary>A folder of its own for what is not whole yet.</summary>
    public string Begin(Guid delivery)
    {
        Abandon(delivery);
        var work = WorkOf(delivery);
        Directory.CreateDirectory(work);
        return work;
    }

    /// <summary>Removes whatever a making left behind.</summary>
    public void Abandon(Guid delivery)
    {
        if (Directory.Exists(WorkOf(delivery)))
            Directory.Delete(WorkOf(delivery), recursive: true);
        File.Delete(PathOf(delivery));
    }

    /// <summary>Puts the finished file in its place, durably, and removes the rest.</summary>
    public void Finish(Guid delivery, string finished)
    {
        using (var file = new FileStream(finished, FileMode.Open, FileAccess.ReadWrite))
            file.Flush(flushToDisk: true);
        File.Move(finished, PathOf(delivery), overwrite: true);
        Directory.Delete(WorkOf(delivery), recursive: true);
    }

    private string WorkOf(Guid delivery) => Path.Combine(folder, $"{delivery:N}.part");
}
