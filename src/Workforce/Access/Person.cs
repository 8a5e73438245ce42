using Cofferdam.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Workforce.Access;

/// <summary>The vendor whose node this is. Its id is its id in the vault.</summary>
public sealed class Vendor
{
    public required Guid Id { get; init; }

    /// <summary>Its name in addresses: <c>[a-z0-9-]{1,40}</c>.</summary>
    public required string Slug { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Somebody with an account at the vendor, expert or staff.</summary>
public sealed class Person
{
    /// <summary>Also the name in the vendor's receipts, and of the key of what is held about the person.</summary>
    public required Guid Id { get; init; }

    public required Guid Vendor { get; init; }

    public required Guid Account { get; init; }

    /// <summary>The account's handle.</summary>
    public required string Name { get; set; }

    public required VendorRole Role { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? LeftAt { get; set; }
}

public static class PersonSets
{
    extension(AppDb db)
    {
        public DbSet<Vendor> Vendors => db.Set<Vendor>();

        public DbSet<Person> People => db.Set<Person>();
    }
}

file sealed class VendorConfiguration : IEntityTypeConfiguration<Vendor>
{
    public void Configure(EntityTypeBuilder<Vendor> builder) => builder.HasKey(vendor => vendor.Id);
}

file sealed class PersonConfiguration : IEntityTypeConfiguration<Person>
{
    public void Configure(EntityTypeBuilder<Person> builder)
    {
        builder.HasKey(person => person.Id);
        builder.HasOne<Vendor>().WithMany().HasForeignKey(person => person.Vendor);
        builder.HasOne<Account>().WithMany().HasForeignKey(person => person.Account);
    }
}
