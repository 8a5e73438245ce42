using System.Reflection;
using Cofferdam.Vault.Contract;
using Microsoft.AspNetCore.Http;

namespace Cofferdam.Workforce.Access;

/// <summary>Who makes this request at the vendor. Handlers take it as a parameter; sign-in puts it on the request.</summary>
/// <param name="Vendor">The vendor, which its vault knows as a lab.</param>
/// <param name="Person">The person's name in the vendor's receipts; of an expert also the name of the key of what is held about them.</param>
/// <param name="Session">The sign-in session; receipts name it.</param>
public sealed record VendorActor(Guid Account, LabId Vendor, Guid Person, VendorRole Role, Guid Session)
{
    public Principal Principal { get; } = Principal.Person(Person);

    /// <summary>The key of what is held about this person.</summary>
    public ProjectId Own => new(Person);

    /// <summary>Binds the actor as a handler parameter.</summary>
    /// <exception cref="InvalidOperationException">The endpoint lacks an authorization policy: a bug.</exception>
    public static ValueTask<VendorActor?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult<VendorActor?>(context.Features.Get<VendorActor>()
            ?? throw new InvalidOperationException($"'{context.Request.Path}' is not behind a policy of the vendor's."));
}
