using System.Runtime.InteropServices;

[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]

namespace Cofferdam.Durable;

/// <summary>Makes names durable: a new or renamed file survives a power cut only once its folder is synced too.</summary>
public static partial class DurableFolder
{
    /// <summary>fsync of a folder. Does nothing on Windows, where renames are journalled and folders cannot be opened.</summary>
    /// <exception cref="IOException">The folder cannot be opened or synced.</exception>
    public static void Sync(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;

        const int readOnly = 0;
        var descriptor = Open(folder, readOnly);
        if (descriptor < 0)
            throw Failed(folder);
        try
        {
            if (Fsync(descriptor) != 0)
                throw Failed(folder);
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    private static IOException Failed(string folder) =>
        new($"The folder {folder} cannot be synced: {Marshal.GetLastPInvokeErrorMessage()}.");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
