using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Cofferdam.Sealing.Pkcs11;

/// <summary>
/// Sessions with one token, told by its label. A session does one thing at a time, so each use takes one out; the login
/// belongs to all of them, and lasts as long as one is open.
/// </summary>
internal sealed class TokenSessions(string library, string token, string pinFile) : IDisposable
{
    private readonly ConcurrentBag<Session> free = [];
    private readonly Lock connecting = new();

    // Written under `connecting`. A session of an older connection is not used again.
    private Connection? connection;
    private byte[]? refusedPin;
    private bool disposed;

    private sealed record Connection(Module Module, nuint Slot, nuint Anchor);

    private sealed record Session(Connection Of, nuint Handle);

    /// <summary>Does something in a session of its own; connects anew and does it once more where the token had gone.</summary>
    /// <exception cref="KeyCustodyException">There is no such library or token, or it takes not this PIN.</exception>
    /// <exception cref="Pkcs11Exception">The call failed for another reason.</exception>
    public T Use<T>(Func<Module, nuint, T> work)
    {
        try
        {
            return UseOnce(work);
        }
        catch (Pkcs11Exception gone) when (gone.Disconnected)
        {
            return UseOnce(work);
        }
    }

    /// <summary>As if the token had been pulled out.</summary>
    internal void Disconnect()
    {
        var current = Current();
        current.Module.CloseAllSessions(current.Slot);
    }

    public void Dispose()
    {
        lock (connecting)
        {
            disposed = true;
            while (free.TryTake(out var session))
                session.Of.Module.CloseSession(session.Handle);
            connection?.Module.CloseSession(connection.Anchor);
            connection = null;
        }
    }

    private T UseOnce<T>(Func<Module, nuint, T> work)
    {
        var current = Current();
        var session = Take(current);
        try
        {
            var result = work(current.Module, session.Handle);
            free.Add(session);
            return result;
        }
        catch (Exception failed)
        {
            // What failed halfway may still be under way in its session.
            current.Module.CloseSession(session.Handle);
            if (failed is Pkcs11Exception { Disconnected: true })
                Forget(current);
            throw;
        }
    }

    private Session Take(Connection current)
    {
        while (free.TryTake(out var session))
        {
            if (ReferenceEquals(session.Of, current))
                return session;
        }

        try
        {
            return new Session(current, current.Module.OpenSession(current.Slot));
        }
        catch (Pkcs11Exception failed) when (failed.Disconnected)
        {
            Forget(current);
            throw;
        }
    }

    private void Forget(Connection gone)
    {
        lock (connecting)
        {
            if (ReferenceEquals(connection, gone))
                connection = null;
        }
    }

    private Connection Current()
    {
        lock (connecting)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            return connection ??= Connect();
        }
    }

    private Connection Connect()
    {
        var module = Module.Load(library);
        // Numbers of slots change when a token is made or plugged in; labels do not.
        var slots = module.SlotsWithToken().Where(slot => string.Equals(module.TokenLabel(slot), token, StringComparison.Ordinal)).ToArray();
        if (slots is not [var slot])
        {
            throw new KeyCustodyException(slots.Length == 0
                ? $"There is no token with the label \"{token}\" behind {library}. Plug it in or initialise it, check the label, and start again: some libraries look for tokens once."
                : $"There are {slots.Length} tokens with the label \"{token}\" behind {library}. Leave one of them there.");
        }

        var anchor = module.OpenSession(slot);
        try
        {
            Login(module, anchor);
            return new Connection(module, slot, anchor);
        }
        catch
        {
            module.CloseSession(anchor);
            throw;
        }
    }

    private void Login(Module module, nuint session)
    {
        var pin = Encoding.UTF8.GetBytes(SecretFile.Line(pinFile));
        try
        {
            // A few wrong PINs lock a token for good: one that was refused is not tried again.
            var digest = SHA256.HashData(pin);
            if (refusedPin is not null && CryptographicOperations.FixedTimeEquals(digest, refusedPin))
                throw Refused("refused the PIN before, and it is not tried again");
            try
            {
                module.Login(session, pin);
            }
            catch (Pkcs11Exception e) when (e.Result is Result.PinIncorrect or Result.PinInvalid or Result.PinLenRange)
            {
                refusedPin = digest;
                throw Refused("refuses the PIN", e);
            }
            catch (Pkcs11Exception e) when (e.Result is Result.PinLocked or Result.PinExpired)
            {
                throw new KeyCustodyException($"The PIN of the token \"{token}\" is locked or has expired. Have its security officer set a new one.", e);
            }
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pin);
        }
    }

    private KeyCustodyException Refused(string what, Exception? inner = null) =>
        new($"The token \"{token}\" {what}. Put the right one into {pinFile}; too many wrong ones lock the token.", inner);
}
