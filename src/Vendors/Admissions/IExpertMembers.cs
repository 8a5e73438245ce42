using Cofferdam.Vault.Contract;

namespace Cofferdam.Vendors.Admissions;

/// <summary>What admission needs of accounts and sessions, which are the server's.</summary>
public interface IExpertMembers
{
    /// <summary>
    /// Ends somebody's membership at once: no request that begins after it returns is let in, leases go back to the queue,
    /// drafts stay. Does nothing where there is no member.
    /// </summary>
    Task EndAsync(LabId lab, Guid pseudonym);

    /// <summary>Lets a member of before in again. Does nothing where there is none.</summary>
    Task ReturnAsync(LabId lab, Guid pseudonym);
}
