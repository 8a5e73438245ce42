using Cofferdam.Vault;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Wire;

namespace Cofferdam.VaultHost;

/// <summary>The server processes that are connected: one door each, for as long as one of their connections lives.</summary>
internal sealed class Callers(VaultNode vault, ListenerOptions options)
{
    private readonly Lock gate = new();
    private readonly Dictionary<(int Process, Guid Instance), Caller> callers = [];
    private readonly Dictionary<string, Load> hosts = new(StringComparer.Ordinal);

    /// <summary>Lets a connection in; the first of its process opens the door.</summary>
    /// <exception cref="WireException">The hello is not fit, or tells another story than the process's first.</exception>
    /// <exception cref="VaultUnavailableException">The door cannot be opened now.</exception>
    public async Task<Caller> EnterAsync(int process, Hello hello)
    {
        if (hello.Caller.Host.Length is < 1 or > 100 || hello.Caller.Build.Length is < 1 or > 200)
            throw new WireException("a hello names no host or build");
        // Of this machine, whatever it says: a Unix socket has no other callers, and another name would be another budget.
        hello = hello with { Caller = hello.Caller with { Host = Environment.MachineName } };
        Caller caller;
        lock (gate)
        {
            var key = (process, hello.Instance);
            if (!callers.TryGetValue(key, out caller!))
            {
                if (!hosts.TryGetValue(hello.Caller.Host, out var host))
                    hosts[hello.Caller.Host] = host = new Load(options.RequestsPerHost);
                callers[key] = caller = new Caller(key, hello.Caller, new Load(options.RequestsPerProcess), host, OpenAsync(hello.Caller));
            }
            else if (caller.Says != hello.Caller)
            {
                throw new WireException("a hello differs from the first of its process");
            }

            caller.Connections++;
        }

        try
        {
            await caller.Door;
            return caller;
        }
        catch
        {
            await LeaveAsync(caller);
            throw;
        }
    }

    /// <summary>One connection less. The last closes the door, and with it the receipts say that the process stopped.</summary>
    public async Task LeaveAsync(Caller caller)
    {
        lock (gate)
        {
            if (--caller.Connections > 0)
                return;
            callers.Remove(caller.Key);
            if (!callers.Values.Any(other => ReferenceEquals(other.Host, caller.Host)))
                hosts.Remove(caller.Says.Host);
        }

        if (caller.Door.IsCompletedSuccessfully)
            await (await caller.Door).DisposeAsync();
    }

    // Off the lock: it commits receipts.
    private Task<VaultDoor> OpenAsync(CallerProcess caller) => Task.Run(() => vault.ConnectAsync(caller, ownProcess: true));
}

/// <summary>One server process.</summary>
internal sealed class Caller((int Process, Guid Instance) key, CallerProcess says, Load own, Load host, Task<VaultDoor> door)
{
    public (int Process, Guid Instance) Key => key;

    public CallerProcess Says => says;

    public Load Host => host;

    public Task<VaultDoor> Door => door;

    /// <summary>Held by the lock of <see cref="Callers"/>.</summary>
    public int Connections { get; set; }

    /// <summary>Takes one request on, where neither the process nor its host has too many under way.</summary>
    public bool TryTake()
    {
        if (!own.TryTake())
            return false;
        if (host.TryTake())
            return true;
        own.Release();
        return false;
    }

    public void Release()
    {
        own.Release();
        host.Release();
    }
}

/// <summary>Requests under way, up to a limit.</summary>
internal sealed class Load(int limit)
{
    private int taken;

    public bool TryTake()
    {
        if (Interlocked.Increment(ref taken) <= limit)
            return true;
        Interlocked.Decrement(ref taken);
        return false;
    }

    public void Release() => Interlocked.Decrement(ref taken);
}
