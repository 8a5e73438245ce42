using System.Globalization;

namespace Cofferdam.Server.Doctor;

/// <summary>Whether plaintext and keys in memory can reach a disk: core files and swap.</summary>
internal static class MemoryFinding
{
    /// <param name="proc">Folder of <c>proc(5)</c>; where there is none, nothing can be said.</param>
    public static Finding Of(string proc)
    {
        var limits = Path.Combine(proc, "self", "limits");
        if (!File.Exists(limits))
            return new("memory", false, "Whether core files and swap are off cannot be told on this system. Turn them off.");
        List<string> open = [];
        if (CoreBytes(File.ReadLines(limits)) != 0)
            open.Add("core files (set 'ulimit -c 0', or LimitCORE=0)");
        var swaps = Path.Combine(proc, "swaps");
        if (File.Exists(swaps) && File.ReadLines(swaps).Skip(1).Any())
            open.Add("swap (turn it off, or encrypt it)");
        return open.Count == 0
            ? new("memory", true, "Memory of the process reaches no disk: no core files, no swap.")
            : new("memory", false, $"Memory of the process can reach a disk: {string.Join(" and ", open)}.");
    }

    // "Max core file size        0                    unlimited            bytes": the soft limit counts.
    private static long? CoreBytes(IEnumerable<string> limits)
    {
        const string name = "Max core file size";
        var line = limits.FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
        var soft = line?[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return long.TryParse(soft, CultureInfo.InvariantCulture, out var bytes) ? bytes : null;
    }
}
