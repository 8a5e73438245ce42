using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;

namespace Cofferdam.Vendors.Admissions;

/// <summary>What admission needs of accounts and sessions, which are the server's.</summary>
public interface IExpertMembers
{
    /// <summary>
    /// Ends somebody's membership at once: no request that begins after it returns is let in, leases go back to the queue,
    /// drafts stay. Does nothing where there is no member.
    /// </summary>
    Task EndAsync(LabId lab, Guid pseudonym);

    /// <summary>Lets a member of before in, or in again, as what the vendor states. Does nothing where there is none.</summary>
    /// <param name="role">Annotator or reviewer.</param>
    Task ReturnAsync(LabId lab, Guid pseudonym, Role role);
}
