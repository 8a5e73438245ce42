using System.Text.Json;
using Cofferdam.Server.SignIn;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Workforce.Access;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Server.Vendor;

/// <summary>Enrolment links of a vendor node make people of the vendor, each with a key for what is held about them.</summary>
internal sealed class VendorAdmission(IVault vault, TimeProvider time) : IAdmission
{
    public async ValueTask<(string From, string Role)?> OfAsync(Invitation invitation, AppDb db, CancellationToken cancellation)
    {
        if (invitation.CreatedBy is { } maker && !await db.People.AnyAsync(person => person.Id == maker && person.LeftAt == null, cancellation))
            return null;
        var slug = await db.Vendors.Where(vendor => vendor.Id == invitation.Lab).Select(vendor => vendor.Slug).SingleAsync(cancellation);
        return (slug, JsonNamingPolicy.CamelCase.ConvertName(((VendorRole)invitation.Role).ToString()));
    }

    public void Admit(NewMember member, AppDb db)
    {
        var now = time.GetUtcNow();
        db.Add(new Person
        {
            Id = Guid.CreateVersion7(now),
            Vendor = member.Lab,
            Account = member.Account.Id,
            Name = member.Account.UserName!,
            Role = (VendorRole)member.Role,
            CreatedAt = now,
        });
    }

    public async Task AdmittedAsync(Invitation invitation, Account account, AppDb db)
    {
        var person = await db.People.Where(person => person.Account == account.Id).Select(person => person.Id).SingleAsync();
        await vault.CreateProjectAsync(new LabId(invitation.Lab), new ProjectId(person));
    }

    public async Task<Belonging> BelongingAsync(Guid account, AppDb db, CancellationToken cancellation) => new(
        [],
        await db.People.AsNoTracking()
            .Where(person => person.Account == account && person.LeftAt == null)
            .Join(db.Vendors, person => person.Vendor, vendor => vendor.Id, (person, vendor) => new SessionVendor(vendor.Slug, person.Role, person.Id))
            .SingleOrDefaultAsync(cancellation));
}
