using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Server.SignIn;

/// <summary>What an enrolment token is worth now.</summary>
internal abstract record Look
{
    private Look() { }

    /// <summary>It works, once.</summary>
    /// <param name="From">The lab, or the vendor, that invites.</param>
    /// <param name="Role">What whoever uses it will be there.</param>
    public sealed record Valid(Invitation Invitation, string From, string Role) : Look;

    /// <summary>No link has this token.</summary>
    public sealed record Unknown : Look;

    /// <summary>Somebody enrolled with it, it was taken back, or who made it is suspended.</summary>
    public sealed record Spent : Look;
    public sealed record Expired : Look;
}

internal enum EnrolOutcome
{
    Enrolled,

    /// <summary>The link was used, taken back or ran out in the meantime.</summary>
    LinkSpent,
    NameTaken,
}

/// <summary>Accounts come to be by single-use links, and by nothing else.</summary>
internal sealed class Enrolment(
    AppDb db, IAdmission admission, UserManager<Account> accounts, IUserStore<Account> store, Sessions sessions, SignInOptions options, TimeProvider time)
{
    /// <summary>Adds an invitation; the caller saves it.</summary>
    /// <param name="by">Of the lab, or the vendor.</param>
    /// <param name="lab">The lab, or the vendor.</param>
    /// <param name="role">Number of the role there.</param>
    /// <returns>The token, which is in no store.</returns>
    public (Invitation Invitation, string Token) Invite(Guid lab, byte role, Guid? by, Guid? engagement = null)
    {
        var (token, hash) = SecretToken.Create();
        var now = time.GetUtcNow();
        var invitation = new Invitation
        {
            Id = Guid.CreateVersion7(now),
            Lab = lab,
            Role = role,
            TokenHash = hash,
            CreatedBy = by,
            Engagement = engagement,
            CreatedAt = now,
            ExpiresAt = now + options.InvitationLifetime,
        };
        db.Add(invitation);
        return (invitation, token);
    }

    public async Task<Look> LookAsync(string? token, CancellationToken cancellation)
    {
        if (SecretToken.HashOf(token) is not { } hash
            || await db.Set<Invitation>().AsNoTracking().SingleOrDefaultAsync(row => row.TokenHash == hash, cancellation) is not { } invitation)
            return new Look.Unknown();
        if (invitation.UsedAt is not null || invitation.RevokedAt is not null)
            return new Look.Spent();
        if (time.GetUtcNow() >= invitation.ExpiresAt)
            return new Look.Expired();
        return await admission.OfAsync(invitation, db, cancellation) is { } of ? new Look.Valid(invitation, of.From, of.Role) : new Look.Spent();
    }

    /// <summary>Account, membership, way of signing in and first session, together with the end of the link: all or none.</summary>
    /// <param name="account">New; with the hash of its password where it signs in with one.</param>
    /// <param name="passkey">Attested, or null.</param>
    /// <param name="totp">Base32 secret that goes with the password, or null.</param>
    /// <param name="login">At the lab's identity provider, or null.</param>
    /// <returns>The session's cookie, where enrolled.</returns>
    public async Task<(EnrolOutcome Outcome, string? Cookie)> EnrolAsync(
        Invitation invitation, Account account, UserPasskeyInfo? passkey, string? totp, CancellationToken cancellation, UserLoginInfo? login = null)
    {
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var consumed = await db.Set<Invitation>()
            .Where(row => row.Id == invitation.Id && row.UsedAt == null && row.RevokedAt == null && row.ExpiresAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.UsedAt, now), cancellation);
        if (consumed == 0)
            return (EnrolOutcome.LinkSpent, null);

        if (!await TryCreateAsync(account, now))
            return (EnrolOutcome.NameTaken, null);
        if (passkey is not null)
            Require(await accounts.AddOrUpdatePasskeyAsync(account, passkey));
        if (totp is not null)
        {
            await ((IUserAuthenticatorKeyStore<Account>)store).SetAuthenticatorKeyAsync(account, totp, cancellation);
            Require(await accounts.UpdateAsync(account));
        }

        if (login is not null)
        {
            // Of an account that has left the lab: who is invited again begins anew.
            await db.UserLogins.Where(row => row.LoginProvider == login.LoginProvider && row.ProviderKey == login.ProviderKey).ExecuteDeleteAsync(cancellation);
            Require(await accounts.AddLoginAsync(account, login));
        }

        var kind = login is not null ? SessionKind.Oidc : passkey is not null ? SessionKind.Passkey : SessionKind.Password;
        var cookie = await AdmitAsync(new NewMember(invitation.Lab, invitation.Role, invitation.Engagement, account), kind, cancellation);
        await transaction.CommitAsync(cancellation);
        await admission.AdmittedAsync(invitation, account, db);
        return (EnrolOutcome.Enrolled, cookie);
    }

    /// <summary>Account, membership and first session of somebody whom the lab's identity provider vouches for, without a link: all or none.</summary>
    /// <returns>The session's cookie; null where name or login was taken meanwhile.</returns>
    public async Task<string?> JoinAsync(LabId lab, Role role, Account account, UserLoginInfo login, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (!await TryCreateAsync(account, time.GetUtcNow()) || !await TryAddAsync(account, login))
            return null;
        var cookie = await AdmitAsync(new NewMember(lab.Value, (byte)role, Engagement: null, account), SessionKind.Oidc, cancellation);
        await transaction.CommitAsync(cancellation);
        return cookie;
    }

    private async Task<string> AdmitAsync(NewMember member, SessionKind kind, CancellationToken cancellation)
    {
        admission.Admit(member, db);
        var cookie = sessions.Start(db, member.Account.Id, kind);
        await db.SaveChangesAsync(cancellation);
        return cookie;
    }

    private async Task<bool> TryAddAsync(Account account, UserLoginInfo login)
    {
        try
        {
            return (await accounts.AddLoginAsync(account, login)).Succeeded;
        }
        catch (DbUpdateException)
        {
            // The same person joined twice at once.
            return false;
        }
    }

    private async Task<bool> TryCreateAsync(Account account, DateTimeOffset now)
    {
        account.CreatedAt = now;
        try
        {
            return (await accounts.CreateAsync(account)).Succeeded;
        }
        catch (DbUpdateException)
        {
            // Somebody took the name between Identity's look and its insert.
            return false;
        }
    }

    private static void Require(IdentityResult result)
    {
        if (!result.Succeeded)
            throw new InvalidOperationException($"Identity refused: {string.Join(", ", result.Errors.Select(error => error.Code))}.");
    }
}
