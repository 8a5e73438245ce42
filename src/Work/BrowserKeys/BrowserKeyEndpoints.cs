using System.Buffers.Text;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Labs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.BrowserKeys;

/// <param name="PublicKey">A point of P-256, uncompressed (SEC 1 §2.3.3): 65 bytes, base64url.</param>
public sealed record BrowserKeyRequest(string PublicKey);

/// <summary>A key that somebody's opens and acts are signed with.</summary>
/// <param name="Person">Pseudonym.</param>
/// <param name="Engagement">Null: of the lab's own staff.</param>
/// <param name="PublicKey">65 bytes, base64url: whoever has it can check the receipts that name the key.</param>
/// <param name="Thumbprint">RFC 7638 with SHA-256, base64url.</param>
/// <param name="Waiting">Not enrolled yet: it waits for a colleague's signature.</param>
public sealed record BrowserKeyView(
    Guid Id, Guid Person, string? Name, Guid? Engagement, string PublicKey, string Thumbprint, DateTimeOffset Since, DateTimeOffset? RevokedAt, bool Waiting = false);

/// <summary>
/// The browser keys of a lab. The first of its staff is enrolled on the server's word; every other one by an owner whose
/// own key is, with a signature that the vault checks.
/// </summary>
internal static class BrowserKeyEndpoints
{
    public static void MapBrowserKeyEndpoints(this RouteGroupBuilder lab)
    {
        var keys = lab.MapGroup("/browser-keys");
        keys.MapGet("", List).RequireAuthorization(Policies.Observer);
        keys.MapPost("", Enrol).RequireAuthorization(Policies.Staff).RequireNotSuspended().NotForTokens();
        keys.MapPost("/{browserKey:guid}/approve", Approve).RequireAuthorization(Policies.Owner).RequireNotSuspended();
        keys.MapDelete("/{browserKey:guid}", Revoke).RequireAuthorization(Policies.Staff).RequireNotSuspended().NotForTokens();
    }

    private static async Task<Ok<List<BrowserKeyView>>> List(Actor actor, IVault vault, AppDb db, CancellationToken cancellation)
    {
        var names = await db.NamesAsync(actor.Lab, cancellation);
        var enrolled = await vault.EnrolledKeysAsync(actor.Lab, cancellation: cancellation);
        var waiting = await db.PendingKeys.AsNoTracking().Where(key => key.Lab == actor.Lab.Value).OrderBy(key => key.Id).ToListAsync(cancellation);
        return TypedResults.Ok(waiting.Select(key => View(key, names.GetValueOrDefault(key.Person)))
            .Concat(enrolled.Select(key => View(key, names.GetValueOrDefault(key.Pseudonym)))).ToList());
    }

    private static async Task<Results<Created<BrowserKeyView>, Accepted<BrowserKeyView>, ProblemHttpResult>> Enrol(
        BrowserKeyRequest request, Actor actor, IVault vault, AppDb db, SigningKeys keys, TimeProvider time, CancellationToken cancellation)
    {
        if (Read(request.PublicKey) is not { } point)
            return Problems.Invalid("A browser key is a point of P-256: 65 bytes, base64url.", "publicKey");
        if (actor.Engagement is not null)
            return Problems.Of(StatusCodes.Status403Forbidden, "not-staff", "A vendor's people enrol with the link that the vendor sends them.");
        var row = new PendingKey { Id = Guid.CreateVersion7(time.GetUtcNow()), Lab = actor.Lab.Value, Person = actor.Pseudonym, PublicKey = point, AskedAt = time.GetUtcNow() };
        switch (await vault.EnrolStaffKeyAsync(actor.Lab, actor.Pseudonym, point, actor.Principal, cancellation: CancellationToken.None))
        {
            case StaffKeyOutcome.Enrolled enrolled:
                keys.Forget(actor.Lab, actor.Pseudonym);
                return TypedResults.Created(Address(actor), View(row, name: null) with { Id = enrolled.Key, Waiting = false });
            case StaffKeyOutcome.Invalid:
                return Taken();
            default:
                if (await db.PendingKeys.AnyAsync(key => key.Lab == row.Lab && key.PublicKey == point, cancellation))
                    return Taken();
                // One at a time: whoever asks anew has lost the browser that asked before.
                await db.PendingKeys.Where(key => key.Lab == row.Lab && key.Person == row.Person).ExecuteDeleteAsync(CancellationToken.None);
                db.PendingKeys.Add(row);
                await db.SaveChangesAsync(CancellationToken.None);
                return TypedResults.Accepted(Address(actor), View(row, name: null));
        }
    }

    private static async Task<Results<Ok<BrowserKeyView>, ProblemHttpResult>> Approve(
        Guid browserKey, Actor actor, IVault vault, AppDb db, SigningKeys keys, CancellationToken cancellation)
    {
        if (await db.PendingKeys.AsNoTracking().SingleOrDefaultAsync(key => key.Id == browserKey && key.Lab == actor.Lab.Value, cancellation) is not { } waiting)
            return Problems.NotFound();
        var proof = actor.ProofOf(SignedBytes.StaffKey, SignedBytes.StaffKeyAct(waiting.Person, waiting.PublicKey));
        switch (await vault.EnrolStaffKeyAsync(actor.Lab, waiting.Person, waiting.PublicKey, actor.Principal, proof, CancellationToken.None))
        {
            case StaffKeyOutcome.Enrolled enrolled:
                keys.Forget(actor.Lab, waiting.Person);
                await db.PendingKeys.Where(key => key.Id == browserKey).ExecuteDeleteAsync(CancellationToken.None);
                return TypedResults.Ok(View(waiting, name: null) with { Id = enrolled.Key, Waiting = false });
            case StaffKeyOutcome.Invalid:
                return Taken();
            default:
                return Problems.NotSigned();
        }
    }

    /// <summary>Revokes a key, or takes back one that waits. One's own, and for an owner anybody's; people of a vendor's for all of the staff.</summary>
    private static async Task<Results<NoContent, ProblemHttpResult>> Revoke(
        Guid browserKey, Actor actor, IVault vault, AppDb db, SigningKeys keys, CancellationToken cancellation)
    {
        var owner = actor.Role is Role.Owner;
        if (await db.PendingKeys.Where(key => key.Id == browserKey && key.Lab == actor.Lab.Value && (owner || key.Person == actor.Pseudonym)).ExecuteDeleteAsync(cancellation) > 0)
            return TypedResults.NoContent();
        var key = (await vault.EnrolledKeysAsync(actor.Lab, cancellation: cancellation)).FirstOrDefault(key => key.Id == browserKey && key.RevokedAt is null);
        if (key is null)
            return Problems.NotFound();
        if (!owner && key.Engagement is null && key.Pseudonym != actor.Pseudonym)
            return Problems.Of(StatusCodes.Status403Forbidden, "not-yours", "A colleague's key is revoked by its owner, or by an owner of the lab.");
        if (await vault.RevokeKeyAsync(actor.Lab, browserKey, actor.Principal, CancellationToken.None) is null)
        {
            return Problems.Of(StatusCodes.Status409Conflict, "last-key",
                "This is the last key of the lab's staff: without it the server's word would be enough again. Enrol another first.");
        }

        keys.Forget(actor.Lab, key.Pseudonym);
        return TypedResults.NoContent();
    }

    private static ProblemHttpResult Taken() =>
        Problems.Of(StatusCodes.Status409Conflict, "key-taken", "This key is enrolled or waiting already, or is none. Make a new one.");

    private static string Address(Actor actor) => $"/api/labs/{actor.LabSlug}/browser-keys";

    private static byte[]? Read(string text)
    {
        var bytes = new byte[SignedBytes.PublicKeyBytes];
        return text is not null && Base64Url.IsValid(text, out var length) && length == bytes.Length && Base64Url.TryDecodeFromChars(text, bytes, out _) && BrowserKey.IsPoint(bytes) ? bytes : null;
    }

    private static BrowserKeyView View(PendingKey key, string? name) => new(
        key.Id, key.Person, name, null, Base64Url.EncodeToString(key.PublicKey), Base64Url.EncodeToString(BrowserKey.Thumbprint(key.PublicKey)), key.AskedAt, RevokedAt: null, Waiting: true);

    private static BrowserKeyView View(EnrolledKey key, string? name) => new(
        key.Id, key.Pseudonym, name, key.Engagement, Base64Url.EncodeToString(key.PublicKey.Span), Base64Url.EncodeToString(key.Thumbprint.Span), key.Since, key.RevokedAt);
}
