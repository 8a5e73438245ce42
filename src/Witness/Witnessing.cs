using Cofferdam.Ledger;

namespace Cofferdam.Witness;

/// <summary>The logs that this witness watches. Everything it does can be asked of it here; <see cref="WitnessApp"/> puts HTTP around it.</summary>
internal sealed class Witnessing : IDisposable
{
    private readonly WitnessFolders folders;
    private readonly Dictionary<string, WatchedLog> byOrigin;
    private readonly Dictionary<string, WatchedLog> byId;

    private Witnessing(WitnessFolders folders, IReadOnlyCollection<WatchedLog> logs)
    {
        this.folders = folders;
        byOrigin = logs.ToDictionary(log => log.Origin, StringComparer.Ordinal);
        byId = logs.ToDictionary(log => log.Id, StringComparer.Ordinal);
    }

    /// <summary>What others check this witness's cosignatures with.</summary>
    public VerifierKey Key => folders.Key.Cosigner;

    public IEnumerable<string> Origins => byOrigin.Keys;

    /// <exception cref="StartupException">The options cannot be followed, or the witness's memory is not whole.</exception>
    public static async Task<Witnessing> OpenAsync(WitnessOptions options)
    {
        var keys = Keys(options).ToList();
        if (keys.Count == 0)
            throw new StartupException("Name the logs to watch with --log VKEY or --logs FILE.");
        var opened = await WitnessFolders.OpenAsync(options);
        try
        {
            List<WatchedLog> logs = [.. keys
                .GroupBy(key => key.Name, StringComparer.Ordinal)
                .Select(origin => new WatchedLog(opened.Key, [.. origin.Distinct()], opened.Data, options.Time))];
            foreach (var log in logs)
                await log.LoadAsync();
            return new Witnessing(opened, logs);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <returns>Null where no such log is watched.</returns>
    public WatchedLog? OfOrigin(string origin) => byOrigin.GetValueOrDefault(origin);

    /// <param name="id">SHA-256 of its origin, in lower-case hex.</param>
    /// <returns>Null where no such log is watched.</returns>
    public WatchedLog? OfId(string id) => byId.GetValueOrDefault(id);

    public void Dispose()
    {
        foreach (var log in byOrigin.Values)
            log.Dispose();
        folders.Dispose();
    }

    private static IEnumerable<VerifierKey> Keys(WitnessOptions options)
    {
        foreach (var text in options.Logs.Concat(options.LogsFile is { } file ? Lines(file) : []))
        {
            yield return VerifierKey.TryParse(text, out var key) && key.Algorithm == VerifierKey.Ed25519Note
                ? key
                : throw new StartupException($"'{text}' is not the key of a log: write name+id+key, as its operator gives it (Ed25519, type 0x01).");
        }
    }

    private static IEnumerable<string> Lines(string file)
    {
        try
        {
            return File.ReadAllLines(file).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The file of logs {file} cannot be read.", e);
        }
    }
}
