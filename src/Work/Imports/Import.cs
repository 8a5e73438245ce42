using Cofferdam.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Work.Imports;

public enum ImportState : byte
{
    /// <summary>Announced; its content has not come yet.</summary>
    Waiting = 0,
    Receiving = 1,

    /// <summary>Its good rows are items now.</summary>
    Done = 2,

    /// <summary>It had bad rows and was to be refused in that case; nothing of it was kept.</summary>
    Refused = 3,

    /// <summary>The line broke or the server stopped; nothing of it was kept.</summary>
    Interrupted = 4,

    /// <summary>It is not what it must be as a whole, such as UTF-16 text; nothing of it was kept.</summary>
    Failed = 5,

    /// <summary>The project has had this very file; nothing of it was kept.</summary>
    Known = 6,

    /// <summary>What it brought was taken out again.</summary>
    Undone = 7,
}

/// <summary>What a row does whose external id the project has already.</summary>
public enum KnownRows : byte
{
    /// <summary>It is a bad row.</summary>
    Refuse = 0,

    /// <summary>It becomes the new version of that item; the old one is kept as history.</summary>
    Update = 1,

    /// <summary>It is passed over and counted.</summary>
    Skip = 2,
}

/// <summary>What happens to a file that has bad rows.</summary>
public enum BadRows : byte
{
    /// <summary>Good rows are kept; bad ones are reported.</summary>
    Keep = 0,

    /// <summary>Nothing is kept.</summary>
    Refuse = 1,
}

/// <summary>One file of items. Its id is the id of the record that holds file name and mapping.</summary>
public sealed class Import
{
    public required Guid Id { get; init; }

    public required Guid Project { get; init; }

    public required ImportState State { get; set; }

    public required BadRows BadRows { get; init; }

    /// <summary>Rows seen; empty lines are none.</summary>
    public long Rows { get; set; }

    public long Imported { get; set; }

    public long Bad { get; set; }

    /// <summary>Bytes read.</summary>
    public long Bytes { get; set; }

    public KnownRows Updates { get; init; }

    /// <summary>Items of earlier imports that got a new version.</summary>
    public long Updated { get; set; }

    public long Skipped { get; set; }

    /// <summary>Keyed fingerprint of its content, 32 bytes; null until it is read to its end.</summary>
    public byte[]? Fingerprint { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Pseudonym.</summary>
    public required Guid CreatedBy { get; init; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }
}

/// <summary>A run of bad rows in one sealed record.</summary>
public sealed class ImportReport
{
    public required Guid Import { get; init; }

    public required int Ordinal { get; init; }

    public required Guid Record { get; init; }
}

public static class ImportSets
{
    extension(AppDb db)
    {
        public DbSet<Import> Imports => db.Set<Import>();

        public DbSet<ImportReport> ImportReports => db.Set<ImportReport>();
    }
}

file sealed class ImportConfiguration : IEntityTypeConfiguration<Import>
{
    public void Configure(EntityTypeBuilder<Import> builder) => builder.HasKey(import => import.Id);
}

file sealed class ReportConfiguration : IEntityTypeConfiguration<ImportReport>
{
    public void Configure(EntityTypeBuilder<ImportReport> builder) => builder.HasKey(report => new { report.Import, report.Ordinal });
}
