using Cofferdam.Durable;
using Microsoft.Data.Sqlite;

namespace Cofferdam.Vault;

/// <summary><c>vault.db</c>, copied by SQLite's own online backup.</summary>
internal sealed class SqliteCopy(string folder) : StoreCopy
{
    private readonly string path = Path.Combine(folder, "vault.db");

    public override string Name => "vault.db";

    public override async Task<NodeRoot> NodeAsync(CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(path, SqliteOpenMode.ReadOnly, cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = NodeSql;
        command.Parameters.AddWithValue("@node", Guid.Empty.ToByteArray());
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new NodeRoot(reader.GetString(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetFieldValue<byte[]>(2))
            : throw new VaultStoreException($"There is no vault in {path} to back up.");
    }

    /// <remarks>The copy lies in the data folder, for its owner alone, and is deleted again.</remarks>
    public override async Task ReadAsync(Func<Stream, Task> take, CancellationToken cancellation)
    {
        var aside = Path.Combine(folder, $".{Guid.NewGuid():N}.backup");
        try
        {
            await using (Create(aside))
            {
                // Made here, so that it is for its owner alone from the first byte on.
            }

            await using (var store = await OpenAsync(path, SqliteOpenMode.ReadOnly, cancellation))
            await using (var copy = await OpenAsync(aside, SqliteOpenMode.ReadWrite, cancellation))
                store.BackupDatabase(copy);
            await using var bytes = new FileStream(aside, FileMode.Open, FileAccess.Read, FileShare.None, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
            await take(bytes);
        }
        finally
        {
            foreach (var file in new[] { aside, aside + "-wal", aside + "-shm", aside + "-journal" })
                File.Delete(file);
        }
    }

    public override Task<bool> IsEmptyAsync(CancellationToken cancellation) => Task.FromResult(!File.Exists(path));

    public override async Task WriteAsync(Stream content, Func<Task> whole, CancellationToken cancellation)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, DurableFile.Mode | UnixFileMode.UserExecute);
        await DurableFile.WriteAsync(path, overwrite: false, async file =>
        {
            await content.CopyToAsync(file, cancellation);
            await whole();
        });
    }

    private static FileStream Create(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = DurableFile.Mode;
        return new FileStream(file, options);
    }

    private static async Task<SqliteConnection> OpenAsync(string file, SqliteOpenMode mode, CancellationToken cancellation)
    {
        if (!File.Exists(file))
            throw new VaultStoreException($"There is no vault in {file} to back up.");
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellation);
        return connection;
    }
}
