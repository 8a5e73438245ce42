using System.Collections.Concurrent;
using System.Security.Cryptography;
using Cofferdam.Server.SignIn;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Labs;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Server.Access;

/// <summary>Who belongs to which lab, kept in memory for the requests that ask again.</summary>
/// <remarks>Only what was found is kept: a lab or membership that is new is seen at once.</remarks>
internal sealed class Memberships(SigningKeys keys, Sessions sessions)
{
    private readonly ConcurrentDictionary<string, LabId> labs = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(LabId Lab, Guid Account), (Role Role, Guid Pseudonym, Guid? Engagement)> members = new();
    private int changes;

    /// <summary>The lab of a slug; null where there is none.</summary>
    public async ValueTask<LabId?> LabAsync(string slug, AppDb db, CancellationToken cancellation)
    {
        if (labs.TryGetValue(slug, out var known))
            return known;
        var id = await db.Labs.AsNoTracking().Where(lab => lab.Slug == slug).Select(lab => (Guid?)lab.Id).SingleOrDefaultAsync(cancellation);
        return id is { } found ? labs.GetOrAdd(slug, new LabId(found)) : null;
    }

    /// <summary>Who the signed-in person is at a lab; null where a stranger.</summary>
    public async ValueTask<Actor?> ActorAsync(SignedIn signedIn, LabId lab, string slug, AppDb db, IHeaderDictionary headers, CancellationToken cancellation)
    {
        if (!members.TryGetValue((lab, signedIn.Account), out var member))
        {
            var before = Volatile.Read(ref changes);
            var row = await db.Members.AsNoTracking()
                .SingleOrDefaultAsync(row => row.Lab == lab.Value && row.Account == signedIn.Account && row.LeftAt == null, cancellation);
            if (row is null)
                return null;
            member = members.GetOrAdd((lab, signedIn.Account), (row.Role, row.Pseudonym, row.Engagement));
            // What was read may have changed before it was kept.
            if (Volatile.Read(ref changes) != before)
                members.TryRemove((lab, signedIn.Account), out _);
        }

        // A token is bound to nothing: the program that has it has a key of its own.
        var proofs = signedIn.Token is null
            ? new RequestProofs(headers, keys, signedIn.Key, key => sessions.BindAsync(signedIn.Session, key, db))
            : new RequestProofs(headers, keys);
        return new Actor(signedIn.Account, lab, slug, member.Role, member.Pseudonym, signedIn.Session, member.Engagement, proofs, signedIn.PasskeyAt);
    }

    /// <summary>A membership has changed or ended: no request that begins after this goes by what it was.</summary>
    public void Forget(LabId lab, Guid account)
    {
        Interlocked.Increment(ref changes);
        members.TryRemove((lab, account), out _);
    }

    /// <summary>
    /// The name in a lab's receipts of somebody who is not a member: the same at each try, and another at each lab.
    /// Account ids are random, so that nobody finds one from its pseudonym.
    /// </summary>
    public static Principal Stranger(LabId lab, Guid account)
    {
        Span<byte> both = stackalloc byte[32];
        lab.Value.TryWriteBytes(both, bigEndian: true, out _);
        account.TryWriteBytes(both[16..], bigEndian: true, out _);
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(both, hash);
        // UUID version 8 (RFC 9562 §5.8).
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return Principal.Person(new Guid(hash[..16], bigEndian: true));
    }
}
