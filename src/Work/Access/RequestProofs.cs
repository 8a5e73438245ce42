using System.Buffers.Text;
using Cofferdam.Vault.Contract;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Cofferdam.Work.Access;

/// <summary>One open that a person is to sign.</summary>
public sealed record WantedOpen(ProjectId Project, Act Act, Purpose Purpose, Guid? Assignment, IReadOnlyList<RecordRef> Records);

/// <summary>One act that a person is to sign.</summary>
/// <param name="Content">SHA-256 of what is done (see <see cref="SignedBytes"/>), 32 bytes.</param>
public sealed record WantedAct(string Name, byte[] Content);

/// <summary>
/// The proofs that one request brought, and what it opened so far for somebody who signs. Proofs are taken in the order
/// in which things are opened; where one is missing, all of it is told, so that the page signs it and asks again.
/// </summary>
/// <param name="keys">The person's enrolled keys.</param>
/// <param name="bound">The key of this session; null where it has used none yet.</param>
/// <param name="bind">Binds the session to the first key that it used; false where it is another's by then.</param>
public sealed class RequestProofs(IHeaderDictionary headers, SigningKeys keys, Guid? bound = null, Func<Guid, ValueTask<bool>>? bind = null)
{
    /// <summary><c>key.nonce.signature</c>, separated by commas: the key a UUID, the others base64url.</summary>
    public const string Header = "Cofferdam-Proof";

    /// <summary>Names the key that the page has, where the session is not bound to one yet.</summary>
    public const string KeyHeader = "Cofferdam-Key";

    /// <summary>Most opens of one request that are signed; as many proofs fit into its headers.</summary>
    public const int Most = 128;

    private readonly List<WantedOpen> opens = [];
    private readonly List<WantedAct> acts = [];
    private Queue<Proof>? offered;
    private bool isBound = bound is not null;

    /// <summary>Something was not done for want of a signature.</summary>
    public bool IsLacking { get; private set; }

    public IReadOnlyList<WantedOpen> Opens => opens;

    public IReadOnlyList<WantedAct> Acts => acts;

    /// <summary>A proof of this request is of another key than the session's: whoever sends it has the cookie, and not the browser.</summary>
    public bool IsOfAnotherKey => bound is { } own && Read(headers[Header]).Any(proof => proof.Key != own);

    /// <summary>Keys of this person that may sign: the session's own, or while it has none all of them.</summary>
    public async ValueTask<IReadOnlyList<Guid>> KeysAsync(Actor actor, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var all = await keys.OfAsync(actor.Lab, actor.Pseudonym, cancellation);
        return bound is { } own ? (all.Contains(own) ? [own] : []) : all;
    }

    /// <summary>The key that nonces are made for: the session's, else the one that the page says it has; null where there is none.</summary>
    public async ValueTask<Guid?> KeyAsync(Actor actor, CancellationToken cancellation)
    {
        var mine = await KeysAsync(actor, cancellation);
        var said = Guid.TryParse(headers[KeyHeader], out var wanted) ? wanted : Read(headers[Header]).FirstOrDefault()?.Key;
        return said is { } key && mine.Contains(key) ? key : mine.Count > 0 ? mine[0] : null;
    }

    /// <summary>Whether whoever asks signs what they open: who has a key does. Who else has to, the vault says.</summary>
    public ValueTask<bool> MustSignAsync(Actor actor, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var mine = keys.OfAsync(actor.Lab, actor.Pseudonym, cancellation);
        return mine.IsCompletedSuccessfully ? new(mine.Result.Count > 0) : AnyAsync(mine);

        static async ValueTask<bool> AnyAsync(ValueTask<IReadOnlyList<Guid>> mine) => (await mine).Count > 0;
    }

    /// <summary>Notes an open, and takes its proof.</summary>
    /// <returns>Null where the request brought none.</returns>
    internal Proof? Take(WantedOpen open)
    {
        opens.Add(open);
        return Next();
    }

    /// <summary>Notes an act, and takes its proof. A request that does both opens first.</summary>
    internal Proof? Take(WantedAct act)
    {
        acts.Add(act);
        return (offered ??= new(Read(headers[Header]))).TryDequeue(out var proof) ? proof : null;
    }

    /// <summary>Whether there is a proof for each of as many opens.</summary>
    internal bool Has(int count) => (offered ??= new(Read(headers[Header]))).Count >= count;

    /// <summary>The vault took none, or did not take the one that was given.</summary>
    internal void Lack(Actor actor)
    {
        IsLacking = true;
        // Perhaps the keys are not what they were a minute ago.
        keys.Forget(actor.Lab, actor.Pseudonym);
    }

    /// <summary>The vault took this key's proof.</summary>
    /// <returns>False where the session is another key's.</returns>
    internal async ValueTask<bool> UsedAsync(Guid key)
    {
        if (isBound || bind is null)
            return true;
        return isBound = await bind(key);
    }

    private Proof? Next()
    {
        if ((offered ??= new(Read(headers[Header]))).TryDequeue(out var proof))
            return proof;
        IsLacking = true;
        return null;
    }

    private static IEnumerable<Proof> Read(StringValues lines)
    {
        foreach (var line in lines)
        {
            foreach (var one in (line ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                // What cannot be read is no proof, and is asked for again.
                if (one.Split('.') is [var id, var nonce, var signature] && Guid.TryParse(id, out var key)
                    && TryDecode(nonce, SignedBytes.NonceBytes) is { } nonceBytes && TryDecode(signature, SignedBytes.SignatureBytes) is { } signed)
                    yield return new Proof(key, nonceBytes, signed);
            }
        }
    }

    private static byte[]? TryDecode(string text, int length)
    {
        var bytes = new byte[length];
        return Base64Url.IsValid(text, out var decoded) && decoded == length && Base64Url.TryDecodeFromChars(text, bytes, out _) ? bytes : null;
    }
}
