namespace Cofferdam.Sealing;

/// <summary>Passphrases, PINs and tokens: files of one line, read for every use, so that one renewed or taken away counts at once.</summary>
internal static class SecretFile
{
    private const int MostBytes = 16 * 1024;

    private static UnixFileMode Others => UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <returns>The first line, without white space around it.</returns>
    /// <exception cref="KeyCustodyException">It is not there, is empty, or others may read it.</exception>
    public static string Line(string path)
    {
        var line = Text(path).Split('\n', 2)[0].Trim();
        return line.Length > 0 ? line : throw new KeyCustodyException($"The file {path} is empty in its first line.");
    }

    /// <returns>All of it.</returns>
    /// <exception cref="KeyCustodyException">It is not there, or others may read it.</exception>
    public static string Text(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            // A group may read it: that is how secrets are handed to services.
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.SafeFileHandle) & Others) != UnixFileMode.None)
                throw new KeyCustodyException($"The file {path} can be used by others. Run: chmod 600 {path}");
            if (file.Length > MostBytes)
                throw new KeyCustodyException($"The file {path} is longer than any passphrase, PIN or token.");
            using var reader = new StreamReader(file);
            return reader.ReadToEnd();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KeyCustodyException($"The file {path} is not there or cannot be read by the account this program runs under.", e);
        }
    }
}
