namespace Cofferdam.Cli.Demo;

/// <summary>Looks through files as they lie on disk.</summary>
internal static class AtRestSearch
{
    private const int BlockBytes = 1 << 20;

    /// <summary>Files under a folder that give a canary away, and bytes looked at.</summary>
    public static (IReadOnlyList<string> Found, long Bytes) Search(string folder, Canary canary)
    {
        var found = new List<string>();
        var bytes = 0L;
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            // A name is at rest as well.
            if (path.Contains(canary.Mark, StringComparison.Ordinal))
                found.Add(path);
            try
            {
                // Pipes and sockets have no length, and reading a pipe waits for its writer.
                if (new FileInfo(path).Length == 0)
                    continue;
                using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
                bytes += file.Length;
                if (Contains(file, canary))
                    found.Add(path);
            }
            catch (FileNotFoundException)
            {
                // Gone since it was listed.
            }
        }

        return (found, bytes);
    }

    private static bool Contains(FileStream file, Canary canary)
    {
        var block = new byte[BlockBytes];
        var kept = 0;
        int read;
        while ((read = file.Read(block, kept, block.Length - kept)) > 0)
        {
            var filled = block.AsSpan(0, kept + read);
            foreach (var pattern in canary.Patterns)
                if (filled.IndexOf(pattern) >= 0)
                    return true;

            // What stands across two blocks is seen with the second.
            kept = Math.Min(canary.LongestPattern - 1, filled.Length);
            filled[^kept..].CopyTo(block);
        }

        return false;
    }
}
