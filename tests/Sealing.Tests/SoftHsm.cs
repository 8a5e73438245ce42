using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Cofferdam.Sealing.Tests;

/// <summary>SoftHSM2 of the distribution with a token of its own; tests that use it say "skipped" where it is not installed.</summary>
public sealed partial class SoftHsm : IDisposable
{
    public const string Library = "/usr/lib/softhsm/libsofthsm2.so";
    public const string Token = "cofferdam tests";
    private const string Tool = "/usr/bin/softhsm2-util";
    private const string Pin = "9173-0482";

    private readonly SecretFiles files = new();
    private readonly string folder = Directory.CreateTempSubdirectory("cofferdam-token-").FullName;

    public SoftHsm()
    {
        var configuration = Path.Combine(folder, "softhsm2.conf");
        File.WriteAllText(configuration, $"directories.tokendir = {Directory.CreateDirectory(Path.Combine(folder, "tokens"))}\nlog.level = ERROR\n");
        // The library asks the C runtime, which does not see what .NET sets.
        _ = SetEnvironment("SOFTHSM2_CONF", configuration, 1);
        Environment.SetEnvironmentVariable("SOFTHSM2_CONF", configuration);
        PinFile = Secret("pin", Pin);
        // Before the library is loaded, which looks for tokens once.
        if (File.Exists(Tool))
            InitialiseToken();
    }

    public string PinFile { get; }

    /// <summary>A custodian on the token.</summary>
    public Pkcs11Custodian Custodian(string? pinFile = null)
    {
        Assert.SkipUnless(File.Exists(Library) && File.Exists(Tool), "SoftHSM2 is not installed (apt-get install softhsm2).");
        return new Pkcs11Custodian(Library, Token, pinFile ?? PinFile);
    }

    public string Secret(string name, string content) => files.Write(name, content);

    public void Dispose()
    {
        files.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static void InitialiseToken()
    {
        using var making = Process.Start(new ProcessStartInfo(Tool, ["--init-token", "--free", "--label", Token, "--pin", Pin, "--so-pin", "5830-1174"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        making.StandardOutput.ReadToEnd();
        making.WaitForExit();
        making.ExitCode.ShouldBe(0);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
