using System.Text;
using Cofferdam.Durable;
using Cofferdam.Ledger;

namespace Cofferdam.Witness;

/// <summary>The witness's key and its memory, which belong together: one without the other must not sign.</summary>
/// <remarks>
/// A witness that forgot what it signed would sign another history under the same key. So the data folder names the key
/// whose memory it is, and a key without that folder starts nothing.
/// </remarks>
internal sealed class WitnessFolders : IDisposable
{
    private const string KeyFile = "witness.key";
    private const string MarkFile = "witness.vkey";

    private readonly FileStream alone;

    private WitnessFolders(FileStream alone, LogSigner key, string data)
    {
        this.alone = alone;
        Key = key;
        Data = data;
    }

    public LogSigner Key { get; }

    public string Data { get; }

    /// <summary>Takes up both folders, and makes key and mark where neither is there.</summary>
    /// <exception cref="StartupException">They do not belong together, are in use, or others may read the key.</exception>
    public static async Task<WitnessFolders> OpenAsync(WitnessOptions options)
    {
        Make(options.KeyFolder);
        Make(options.DataFolder);
        var locked = Lock(options.DataFolder);
        try
        {
            var keyFile = Path.Combine(options.KeyFolder, KeyFile);
            var mark = Path.Combine(options.DataFolder, MarkFile);
            if (!File.Exists(keyFile))
                await FirstRunAsync(options, keyFile, mark);
            var key = Signer(options.Name, Read(keyFile));
            if (!File.Exists(mark))
            {
                throw new StartupException(
                    $"The data folder has no memory of the key in {options.KeyFolder}. A witness that forgot what it signed must not sign again: put the folder back, or take a new key and name, and tell the logs.");
            }

            if ((await File.ReadAllTextAsync(mark)).TrimEnd('\n') != key.Cosigner.ToString())
                throw new StartupException("The data folder is the memory of another key or name. Give the name and the folders that belong together.");
            return new WitnessFolders(locked, key, options.DataFolder);
        }
        catch
        {
            await locked.DisposeAsync();
            throw;
        }
    }

    public void Dispose() => alone.Dispose();

    private static async Task FirstRunAsync(WitnessOptions options, string keyFile, string mark)
    {
        if (Directory.EnumerateFiles(options.DataFolder, "*" + WatchedLog.FileEnd).Any())
            throw new StartupException($"The key whose memory lies in {options.DataFolder} is missing from {options.KeyFolder}. Put it back, or take new folders and a new name.");

        // The mark first: a key alone, left by a crash in between, would look like one that lost its memory.
        var seed = Ed25519.GenerateKey();
        await WriteAsync(mark, $"{Signer(options.Name, seed).Cosigner}\n");
        await WriteAsync(keyFile, Convert.ToBase64String(seed) + "\n");
    }

    private static LogSigner Signer(string name, byte[] seed)
    {
        try
        {
            return new LogSigner(name, seed);
        }
        catch (ArgumentException e)
        {
            throw new StartupException("Give the witness a name with --name: not empty, without white space and plus signs.", e);
        }
    }

    private static byte[] Read(string keyFile)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(keyFile) & ~DurableFile.Mode) != UnixFileMode.None)
            throw new StartupException($"Others may read the key file {keyFile}. Set its mode to 600; where others could have read it, take a new key and name.");
        var seed = new byte[Ed25519.SeedBytes + 1];
        return Convert.TryFromBase64String(File.ReadAllText(keyFile).TrimEnd('\n'), seed, out var length) && length == Ed25519.SeedBytes
            ? seed[..length]
            : throw new StartupException($"The key file {keyFile} does not hold a key: put back the right one.");
    }

    private static Task WriteAsync(string path, string text) =>
        DurableFile.WriteAsync(path, overwrite: true, async file => await file.WriteAsync(Encoding.UTF8.GetBytes(text)));

    private static void Make(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static FileStream Lock(string folder)
    {
        try
        {
            return new FileStream(Path.Combine(folder, "witness.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new StartupException("Another witness process has the data folder. Stop it first.", e);
        }
    }
}
