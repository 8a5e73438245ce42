using Cofferdam.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Work.Reports;

/// <summary>An annotator's word that something is wrong with an item. Its id is the id of the record with the text.</summary>
public sealed class Report
{
    public required Guid Id { get; init; }

    public required Guid Project { get; init; }

    public required Guid Slot { get; init; }

    public required Guid Person { get; init; }

    public required DateTimeOffset ReportedAt { get; init; }
}

public static class ReportSets
{
    extension(AppDb db)
    {
        public DbSet<Report> Reports => db.Set<Report>();
    }
}

file sealed class ReportConfiguration : IEntityTypeConfiguration<Report>
{
    public void Configure(EntityTypeBuilder<Report> builder) => builder.HasKey(report => report.Id);
}
