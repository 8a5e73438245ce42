using Cofferdam.Vault.Contract;

namespace Cofferdam.Workforce.Access;

/// <summary>What sign-in does for the vendor's rooms: lets people in, and forgets them.</summary>
public interface IVendorAccounts
{
    /// <summary>Makes a single-use enrolment link.</summary>
    /// <param name="by">Person who makes it; null where nobody does, as with a listing.</param>
    Task<AccountInvitation> InviteAsync(LabId vendor, VendorRole role, Guid? by, CancellationToken cancellation);

    /// <summary>Takes every way of signing in from an account, ends its sessions and gives it another name. Runs in the caller's transaction.</summary>
    Task ForgetAsync(Guid account, string name);
}

/// <param name="Token">Follows <c>#</c> in the link; it is in no store.</param>
public sealed record AccountInvitation(Guid Id, string Token, DateTimeOffset Expires);
