namespace Cofferdam.Sealing.Tests;

/// <summary>Files as secrets are kept: in a folder of their own, for their owner alone.</summary>
internal sealed class SecretFiles : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("cofferdam-secrets-").FullName;

    public string Write(string name, string content)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, content);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
