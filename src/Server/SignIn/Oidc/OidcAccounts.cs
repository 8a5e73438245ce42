using System.Text;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Labs;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Server.SignIn.Oidc;

/// <summary>Finds the account of an identity, or makes it where the lab has said so. An address or a name is never taken for one.</summary>
internal sealed class OidcAccounts(AppDb db, NodeSecrets secrets, Enrolment enrolment, Sessions sessions, ILookupNormalizer normalizer)
{
    private const string LoginProvider = "oidc";

    /// <summary>Signs in.</summary>
    /// <returns>The session's cookie.</returns>
    public async Task<OidcResult<string>> AdmitAsync(
        LabId lab, OidcSettings settings, OidcIdentity identity, OidcTransaction transaction, CancellationToken cancellation)
    {
        if (settings.EmailDomains.Count > 0 && !(identity.Email is { } email && settings.EmailDomains.Contains(email[(email.LastIndexOf('@') + 1)..])))
            return OidcFault.OtherDomain;

        var login = await LoginAsync(lab, identity, cancellation);
        var account = await db.UserLogins.AsNoTracking()
            .Where(row => row.LoginProvider == login.LoginProvider && row.ProviderKey == login.ProviderKey)
            .Select(row => (Guid?)row.UserId).SingleOrDefaultAsync(cancellation);
        var memberships = account is null ? [] : await db.Members.AsNoTracking().Where(row => row.Account == account && row.LeftAt == null).ToListAsync(cancellation);
        if (transaction.Link is { } link)
            return memberships.Count > 0 ? OidcFault.HasAccount : await EnrolAsync(link, transaction.Account!, lab, login, cancellation);
        if (account is not { } known)
            return await JoinAsync(lab, settings, identity, login, cancellation);
        if (memberships.Count == 0)
            return OidcFault.Left;
        // One lab's provider has no say at another, and none over people whom a vendor answers for.
        if (memberships.Exists(row => row.Lab != lab.Value || row.Engagement is not null))
            return OidcFault.NotStaff;
        var cookie = sessions.Start(db, known, SessionKind.Oidc);
        await db.SaveChangesAsync(cancellation);
        return cookie;
    }

    /// <summary>
    /// What an identity is found by: a mark under the node's key of lab, issuer and subject, so that the table of logins
    /// tells nobody who people are elsewhere, and one person at two labs is two.
    /// </summary>
    private async Task<UserLoginInfo> LoginAsync(LabId lab, OidcIdentity identity, CancellationToken cancellation)
    {
        // The length keeps two pairs of issuer and subject apart that are one text together.
        var text = $"{lab.Value:N} {identity.Issuer.Length} {identity.Issuer} {identity.Subject}";
        var mark = await secrets.MarkAsync("oidc", Encoding.UTF8.GetBytes(text), cancellation);
        return new UserLoginInfo(LoginProvider, Convert.ToHexStringLower(mark), null);
    }

    private async Task<OidcResult<string>> EnrolAsync(string link, string name, LabId lab, UserLoginInfo login, CancellationToken cancellation)
    {
        if (await enrolment.LookAsync(link, cancellation) is not Look.Valid { Invitation: { Engagement: null } invitation } || invitation.Lab != lab.Value)
            return OidcFault.LinkSpent;
        var account = new Account { Id = Guid.CreateVersion7(), UserName = name };
        return await enrolment.EnrolAsync(invitation, account, passkey: null, totp: null, cancellation, login) switch
        {
            (EnrolOutcome.Enrolled, { } cookie) => cookie,
            (EnrolOutcome.NameTaken, _) => OidcFault.NameTaken,
            _ => OidcFault.LinkSpent,
        };
    }

    private async Task<OidcResult<string>> JoinAsync(LabId lab, OidcSettings settings, OidcIdentity identity, UserLoginInfo login, CancellationToken cancellation)
    {
        var roles = identity.Groups.Where(settings.Roles.ContainsKey).Select(group => settings.Roles[group]).ToHashSet();
        if (roles.Count == 0)
            return OidcFault.NotInvited;
        // In groups of both: an auditor who also runs projects would audit themselves; the lab sees a project manager.
        var role = roles.Contains(Role.ProjectManager) ? Role.ProjectManager : Role.Auditor;
        var account = new Account { Id = Guid.CreateVersion7(), UserName = await FreeNameAsync(identity.Handle, cancellation) };
        return await enrolment.JoinAsync(lab, role, account, login, cancellation) is { } cookie ? cookie : OidcFault.NameTaken;
    }

    /// <summary>The handle as far as names go here, with a number where somebody has it.</summary>
    private async Task<string> FreeNameAsync(string? handle, CancellationToken cancellation)
    {
        var letters = string.Concat((handle ?? "").Split('@')[0].Where(EnrolmentNames.IsLetter).Take(EnrolmentNames.Longest - 5));
        var name = letters.Length < EnrolmentNames.Shortest ? "staff" : letters;
        for (var number = 1; ; number++)
        {
            var tried = number == 1 ? name : $"{name}-{number}";
            var normalized = normalizer.NormalizeName(tried);
            if (number == 9999 || !await db.Users.AnyAsync(account => account.NormalizedUserName == normalized, cancellation))
                return tried;
        }
    }
}
