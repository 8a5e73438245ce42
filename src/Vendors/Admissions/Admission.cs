using Cofferdam.Storage;
using Cofferdam.Work.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Vendors.Admissions;

/// <summary>How far a vendor's person has come at the lab. Kept as a number: never change one.</summary>
public enum AdmissionState : byte
{
    /// <summary>Staff have to decide first.</summary>
    Waiting = 1,

    /// <summary>May enrol.</summary>
    Admissible = 2,

    /// <summary>Staff do not want them.</summary>
    Declined = 3,

    /// <summary>Works here, while the vendor vouches for them.</summary>
    Enrolled = 4,

    /// <summary>Taken back by the vendor, or ended by the lab.</summary>
    Withdrawn = 5,

    /// <summary>The vendor has stopped vouching without a word.</summary>
    Lapsed = 6,
}

/// <summary>A vendor's person at the lab, known by what the vendor states.</summary>
internal sealed class Admission
{
    /// <summary>Made of engagement and subject: see <see cref="Vault.Contract.Subject.Pseudonym"/>.</summary>
    public required Guid Pseudonym { get; init; }

    public required Guid Engagement { get; init; }

    public required Role Role { get; set; }

    public required AdmissionState State { get; set; }

    /// <summary>JSON of <see cref="AdmissionFacts"/>: codes and days.</summary>
    public required string Facts { get; set; }

    /// <summary>When the vendor's word runs out.</summary>
    public required DateTimeOffset Until { get; set; }

    public required DateTimeOffset FirstAt { get; init; }

    public DateTimeOffset? EnrolledAt { get; set; }

    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>Pseudonym of who of the staff decided.</summary>
    public Guid? DecidedBy { get; set; }
}

/// <summary>What the vendor's newest statement says of somebody.</summary>
/// <param name="Skills">Codes.</param>
/// <param name="Qualifications">Codes.</param>
/// <param name="Agreements">As <c>code/version</c>.</param>
/// <param name="TrainedUntil">Last day that training is in date.</param>
public sealed record AdmissionFacts(IReadOnlyList<string> Skills, IReadOnlyList<string> Qualifications, IReadOnlyList<string> Agreements, DateOnly? TrainedUntil);

internal static class AdmissionSets
{
    extension(AppDb db)
    {
        public DbSet<Admission> Admissions => db.Set<Admission>();
    }
}

file sealed class AdmissionConfiguration : IEntityTypeConfiguration<Admission>
{
    public void Configure(EntityTypeBuilder<Admission> builder) => builder.HasKey(admission => admission.Pseudonym);
}
