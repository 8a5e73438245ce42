using System.Security.Cryptography;
using System.Text;

namespace Cofferdam.Package.Tests;

/// <summary>A temporary folder, keys, and a small package in it.</summary>
public abstract class PackageTests : IDisposable
{
    protected const string Rows = "data/preference/train.jsonl";
    protected const string Ties = "data/preference/ties.jsonl";

    protected static readonly DeliveryFacts Facts = new(
        Guid.NewGuid(), new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero), Guid.NewGuid(), Guid.NewGuid(), "trl-preference", [1, 2], [1], "majority", [],
        new LedgerCheckpoint(100, Convert.ToBase64String(new byte[32])), new ReceiptRange(90, 99), "0.1.0+test", true);

    protected string Folder { get; } = Directory.CreateTempSubdirectory("cofferdam-package-").FullName;

    protected DeliveryKey Signer { get; } = new(DeliveryKey.GenerateSeed());

    protected ECDiffieHellman Recipient { get; } = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        Signer.Dispose();
        Recipient.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    protected string In(string name) => Path.Combine(Folder, name);

    protected async Task<string> MakeAsync(bool encrypted = false, string name = "delivery.tar")
    {
        await using var package = new PackageWriter(Folder);
        await using (var train = package.AddRows(Rows))
        await using (var ties = package.AddRows(Ties))
        {
            await train.WriteRowAsync(Utf8("""{"prompt":"a","chosen":"b","rejected":"c"}"""));
            await ties.WriteRowAsync(Utf8("""{"prompt":"d"}"""));
            await train.WriteRowAsync(Utf8("""{"prompt":"é","chosen":"f","rejected":"g"}"""));
        }

        package.AddFile("datasheet.md", Utf8("# Datasheet\n"));
        await package.CompleteAsync(In(name), Facts, Signer, encrypted ? RecipientKey.Of(Recipient) : null);
        return In(name);
    }

    protected Task<PackageReport> VerifyAsync(string path, ECDiffieHellman? key = null) => PackageVerifier.VerifyAsync(path, Signer.PublicKey, key);

    protected static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
