using System.Collections.Concurrent;

namespace Cofferdam.Vault.Keys;

/// <summary>Keys that were unwrapped, until they are dropped.</summary>
/// <remarks>
/// What was read before a drop is not kept after it: a reader adds to the dictionary that it looked into, and a drop puts
/// another in its place. So a key that was destroyed does not come back by a slow reader.
/// </remarks>
internal sealed class KeyCache<TName, TKey>
    where TName : notnull
    where TKey : class
{
    private volatile ConcurrentDictionary<TName, TKey> kept = new();

    public TKey? GetOrRead(TName name, Func<TName, TKey?> read)
    {
        var here = kept;
        if (here.TryGetValue(name, out var key))
            return key;
        return read(name) is { } found ? here.GetOrAdd(name, found) : null;
    }

    public void Drop() => kept = new();
}
