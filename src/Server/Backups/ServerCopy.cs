using System.Formats.Tar;
using Cofferdam.Durable;
using Cofferdam.Server.Hardening;
using Cofferdam.Storage;
using Microsoft.Data.Sqlite;

namespace Cofferdam.Server.Backups;

/// <summary>
/// The server's own part of a backup, by pipe: its database as of one moment and the packages of deliveries, as a tar archive.
/// It is sealed by whoever holds keys at the other end; no copy in clear stays on a disk.
/// </summary>
internal static class ServerCopy
{
    /// <summary>After the archive where the rest of the backup has been restored; without it nothing is kept.</summary>
    public const byte Kept = (byte)'K';

    private const string Packages = "packages";
    private const string Aside = ".restoring";

    /// <summary>Writes the archive, while a server may work on the store.</summary>
    /// <exception cref="StartupException">There is no such store.</exception>
    public static async Task WriteAsync(NodeOptions options, Stream to, CancellationToken cancellation = default)
    {
        var database = Path.Combine(RequireSqlite(options), DatabaseOf(options));
        if (!File.Exists(database))
            throw new StartupException($"There is no node in {options.DataFolder} to back up.");
        var copy = Path.Combine(options.DataFolder, $".{Guid.NewGuid():N}.backup");
        try
        {
            await DurableFile.WriteAsync(copy, overwrite: false, _ => Task.CompletedTask);
            Copy(database, copy);
            await using var tar = new TarWriter(to, leaveOpen: true);
            // Before the packages: each that the database has is then there, or was deleted since.
            await tar.WriteEntryAsync(copy, DatabaseOf(options), cancellation);
            var packages = Path.Combine(options.DataFolder, Packages);
            foreach (var file in Directory.Exists(packages) ? Directory.EnumerateFiles(packages) : [])
                await WriteIfThereAsync(tar, file, cancellation);
        }
        finally
        {
            foreach (var file in new[] { copy, copy + "-wal", copy + "-shm", copy + "-journal" })
                File.Delete(file);
        }
    }

    /// <summary>Puts the archive into a folder that holds no node, once <see cref="Kept"/> came after it.</summary>
    /// <param name="ready">Called once it is known that there is room for it.</param>
    /// <returns>False where it did not; nothing was changed.</returns>
    /// <exception cref="StartupException">There is a node already.</exception>
    public static async Task<bool> ReadAsync(NodeOptions options, Stream from, Action ready, CancellationToken cancellation = default)
    {
        var folder = RequireSqlite(options);
        if (File.Exists(Path.Combine(folder, DatabaseOf(options))) || Directory.Exists(Path.Combine(folder, Packages)))
            throw new StartupException($"There is a node already in {folder}. Choose an empty data folder.");
        var aside = Path.Combine(folder, Aside);
        if (Directory.Exists(aside))
            Directory.Delete(aside, recursive: true);
        MakeFolder(Path.Combine(aside, Packages));
        ready();
        try
        {
            if (!await TakeAsync(from, aside, DatabaseOf(options), cancellation))
                return false;
            Directory.Move(Path.Combine(aside, Packages), Path.Combine(folder, Packages));
            File.Move(Path.Combine(aside, DatabaseOf(options)), Path.Combine(folder, DatabaseOf(options)));
            DurableFolder.Sync(folder);
            return true;
        }
        finally
        {
            Directory.Delete(aside, recursive: true);
        }
    }

    private static async Task<bool> TakeAsync(Stream from, string aside, string database, CancellationToken cancellation)
    {
        await using (var tar = new TarReader(from, leaveOpen: true))
        {
            try
            {
                while (await tar.GetNextEntryAsync(copyData: false, cancellation) is { } entry)
                {
                    // Names are ours; whatever else is no part of a backup.
                    var name = entry.Name == database ? database : Path.Combine(Packages, Path.GetFileName(entry.Name));
                    if (entry.DataStream is { } content)
                        await DurableFile.WriteAsync(Path.Combine(aside, name), overwrite: false, file => content.CopyToAsync(file, cancellation));
                }
            }
            catch (Exception e) when (e is EndOfStreamException or InvalidDataException)
            {
                return false;
            }
        }

        using var rest = new MemoryStream();
        await from.CopyToAsync(rest, cancellation);
        return rest.ToArray() is [.., Kept] && File.Exists(Path.Combine(aside, database));
    }

    private static void Copy(string from, string to)
    {
        using var store = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = from, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString);
        using var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = to, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ConnectionString);
        store.Open();
        copy.Open();
        store.BackupDatabase(copy);
    }

    private static async Task WriteIfThereAsync(TarWriter tar, string file, CancellationToken cancellation)
    {
        try
        {
            await tar.WriteEntryAsync(file, $"{Packages}/{Path.GetFileName(file)}", cancellation);
        }
        catch (FileNotFoundException)
        {
            // Its delivery ended since the folder was listed.
        }
    }

    private static string DatabaseOf(NodeOptions options) => StoreOptions.FileOf(options.Role);

    private static string RequireSqlite(NodeOptions options) => options.Store == "sqlite"
        ? options.DataFolder
        : throw new StartupException("The server's part of a backup is made of SQLite alone. On PostgreSQL take schema work (of a vendor node: workforce) with pg_dump.");

    private static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, DurableFile.Mode | UnixFileMode.UserExecute);
    }
}
