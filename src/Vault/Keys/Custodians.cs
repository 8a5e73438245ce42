using Cofferdam.Sealing;

namespace Cofferdam.Vault.Keys;

/// <summary>The custodians that this vault was started with. The first takes new labs; key files can always be read.</summary>
internal sealed class Custodians : IDisposable
{
    private const string KeyFile = "file";

    private readonly List<IKeyCustodian> all = [];

    public Custodians(VaultOptions options)
    {
        try
        {
            foreach (var choice in options.Custodians)
                all.Add(choice.Create(options.KeyFolder, options.Time));
            if (!all.Exists(custodian => IsKeyFile(custodian.Name)))
                all.Add(CustodianChoice.Parse(KeyFile).Create(options.KeyFolder, options.Time));
            if (all.DistinctBy(custodian => custodian.Name).Count() < all.Count)
                throw new ArgumentException("Two custodians have one name. Name each kind once.", nameof(options));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public IKeyCustodian Default => all[0];

    public IReadOnlyList<string> Names => [.. all.Select(custodian => custodian.Name)];

    /// <summary>The custodian of that name. Of key files, with a passphrase or without, any reads all.</summary>
    public IKeyCustodian? Find(string name) =>
        all.Find(custodian => custodian.Name == name) ?? (IsKeyFile(name) ? all.Find(custodian => IsKeyFile(custodian.Name)) : null);

    /// <summary>The custodian of a key that is wrapped already.</summary>
    /// <exception cref="KeyCustodyException">The vault was started without it.</exception>
    public IKeyCustodian Of(string name) => Find(name)
        ?? throw new KeyCustodyException($"A lab's root key is with the custodian \"{name}\", which this vault was started without. Start it with that one among its custodians.");

    public void Dispose() => all.ForEach(custodian => custodian.Dispose());

    private static bool IsKeyFile(string name) => name is KeyFile || name.StartsWith(KeyFile + "+", StringComparison.Ordinal);
}
