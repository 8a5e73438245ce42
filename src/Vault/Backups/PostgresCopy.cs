using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Cofferdam.Vault.Store;
using Npgsql;

namespace Cofferdam.Vault;

/// <summary>Schema <c>vault</c>, copied by <c>pg_dump</c> and put back by <c>pg_restore</c>, through pipes: no copy in clear on a disk.</summary>
internal sealed class PostgresCopy(string uri) : StoreCopy
{
    private readonly NpgsqlConnectionStringBuilder where = new(PostgresVaultStore.ConnectionString(uri)) { Pooling = false };

    public override string Name => "vault.pgdump";

    public override async Task<NodeRoot> NodeAsync(CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(where.ConnectionString);
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(NodeSql, connection);
        command.Parameters.AddWithValue("@node", Guid.Empty);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new NodeRoot(reader.GetString(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetFieldValue<byte[]>(2))
            : throw new VaultStoreException("There is no vault in this database to back up.");
    }

    public override async Task ReadAsync(Func<Stream, Task> take, CancellationToken cancellation)
    {
        using var dump = Start("pg_dump", "--format=custom", "--schema=vault", "--no-owner", "--no-privileges");
        dump.StandardInput.Close();
        var said = dump.StandardError.ReadToEndAsync(cancellation);
        try
        {
            await take(dump.StandardOutput.BaseStream);
            await EndAsync(dump, said, cancellation);
        }
        finally
        {
            Stop(dump);
        }
    }

    public override async Task<bool> IsEmptyAsync(CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(where.ConnectionString);
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand("SELECT count(*) FROM pg_catalog.pg_namespace WHERE nspname = 'vault'", connection);
        return (long)(await command.ExecuteScalarAsync(cancellation))! == 0;
    }

    /// <remarks>In one transaction. Where the content breaks off, the program is stopped before it can commit.</remarks>
    public override async Task WriteAsync(Stream content, Func<Task> whole, CancellationToken cancellation)
    {
        using var restore = Start("pg_restore", $"--dbname={where.Database}", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges");
        restore.StandardOutput.Close();
        var said = restore.StandardError.ReadToEndAsync(cancellation);
        try
        {
            try
            {
                await content.CopyToAsync(restore.StandardInput.BaseStream, cancellation);
                await whole();
                restore.StandardInput.Close();
            }
            catch (IOException) when (restore.HasExited)
            {
                // It gave up before it had read everything, and says why.
            }

            await EndAsync(restore, said, cancellation);
        }
        finally
        {
            Stop(restore);
        }
    }

    private static async Task EndAsync(Process process, Task<string> said, CancellationToken cancellation)
    {
        await process.WaitForExitAsync(cancellation);
        if (process.ExitCode != 0)
            throw new VaultStoreException($"{process.StartInfo.FileName} failed: {(await said).Trim()}");
    }

    private static void Stop(Process process)
    {
        try
        {
            if (!process.HasExited)
                process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended.
        }
    }

    // The password goes by the environment: arguments can be listed by others.
    private Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PGHOST"] = where.Host;
        start.Environment["PGPORT"] = where.Port.ToString(CultureInfo.InvariantCulture);
        start.Environment["PGUSER"] = where.Username;
        start.Environment["PGDATABASE"] = where.Database;
        if (where.Password is { } password)
            start.Environment["PGPASSWORD"] = password;
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new VaultStoreException($"The program {program} is not here. Install PostgreSQL's client programs of the database's release or newer (on Debian: postgresql-client).", e);
        }
    }
}
