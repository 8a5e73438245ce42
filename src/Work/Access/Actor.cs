using System.Reflection;
using Cofferdam.Vault.Contract;
using Microsoft.AspNetCore.Http;

namespace Cofferdam.Work.Access;

/// <summary>Who makes this request, at which lab. Handlers take it as a parameter; sign-in puts it on the request.</summary>
/// <param name="Account">The account on this node.</param>
/// <param name="Lab">The lab of the route.</param>
/// <param name="LabSlug">Its name in routes.</param>
/// <param name="Pseudonym">The person's name in this lab's receipts.</param>
/// <param name="Session">The sign-in session, or the API token; receipts name it.</param>
/// <param name="Engagement">The engagement of a vendor's that the person works under; null for the lab's own people.</param>
/// <param name="Proofs">What the request brought of the person's own signatures; null where nobody could sign.</param>
/// <param name="PasskeyAt">When the person last used a passkey in this session; null: never.</param>
public sealed record Actor(
    Guid Account, LabId Lab, string LabSlug, Role Role, Guid Pseudonym, Guid Session, Guid? Engagement = null,
    RequestProofs? Proofs = null, DateTimeOffset? PasskeyAt = null)
{
    public Principal Principal { get; } = Principal.Person(Pseudonym, Engagement);

    public bool IsStaff => Role is Role.ProjectManager or Role.Owner;

    /// <summary>Sees no content: whatever is read for an auditor stays shut.</summary>
    public bool IsAuditor => Role is Role.Auditor;

    /// <summary>Binds the actor as a handler parameter.</summary>
    /// <exception cref="InvalidOperationException">The endpoint lacks an authorization policy: a bug.</exception>
    public static ValueTask<Actor?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult<Actor?>(context.Features.Get<Actor>()
            ?? throw new InvalidOperationException($"'{context.Request.Path}' is not behind a lab policy."));
}
