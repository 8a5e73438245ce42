using Cofferdam.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Workforce.Pay;

/// <summary>What pay must know of an expert: by which clock their days are cut and which floor holds for them. Who they are it does not know.</summary>
public sealed class PayPerson
{
    public required Guid Expert { get; init; }

    /// <summary>IANA name of a time zone. A change counts for events from then on.</summary>
    public required string Zone { get; set; }

    /// <summary>ISO 3166-1 or 3166-2 code of where they work, such as <c>DE</c> or <c>US-CA</c>; null: not said.</summary>
    public string? Place { get; set; }

    /// <summary>Record with name and account for payouts; null: not said.</summary>
    public Guid? Details { get; set; }
}

public static class PayPersonSets
{
    extension(AppDb db)
    {
        public DbSet<PayPerson> PayPeople => db.Set<PayPerson>();
    }
}

file sealed class PayPersonConfiguration : IEntityTypeConfiguration<PayPerson>
{
    public void Configure(EntityTypeBuilder<PayPerson> builder) => builder.HasKey(person => person.Expert);
}
