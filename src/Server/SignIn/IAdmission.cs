using Cofferdam.Storage;

namespace Cofferdam.Server.SignIn;

/// <summary>What an enrolment link lets in to: a lab, or the vendor. One for each role of a node.</summary>
internal interface IAdmission
{
    /// <summary>Who invites, and as what; null where the link is worth nothing any more, as where its maker is suspended.</summary>
    ValueTask<(string From, string Role)?> OfAsync(Invitation invitation, AppDb db, CancellationToken cancellation);

    /// <summary>Adds the account to the lab or vendor; the caller saves it, together with the account.</summary>
    void Admit(NewMember member, AppDb db);

    /// <summary>The account is there.</summary>
    Task AdmittedAsync(Invitation invitation, Account account, AppDb db);

    /// <summary>Where an account belongs.</summary>
    Task<Belonging> BelongingAsync(Guid account, AppDb db, CancellationToken cancellation);
}

/// <summary>An account on its way into a lab, or a vendor.</summary>
/// <param name="Lab">The lab, or the vendor.</param>
/// <param name="Role">Number of the role there.</param>
internal sealed record NewMember(Guid Lab, byte Role, Guid? Engagement, Account Account);
