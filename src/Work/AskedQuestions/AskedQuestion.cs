using Cofferdam.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cofferdam.Work.AskedQuestions;

/// <summary>A question that somebody asked from inside a task. Its id is the id of the record with its words.</summary>
public sealed class AskedQuestion
{
    public required Guid Id { get; init; }

    public required Guid Project { get; init; }

    public required Guid Slot { get; init; }

    /// <summary>Pseudonym.</summary>
    public required Guid Person { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>Record of the answer's words; null until there is one.</summary>
    public Guid? Answer { get; init; }

    /// <summary>Pseudonym.</summary>
    public Guid? AnsweredBy { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>Question and answer were put into the draft of the guidelines.</summary>
    public required bool Published { get; init; }
}

public static class AskedQuestionSets
{
    extension(AppDb db)
    {
        public DbSet<AskedQuestion> AskedQuestions => db.Set<AskedQuestion>();
    }
}

file sealed class AskedQuestionConfiguration : IEntityTypeConfiguration<AskedQuestion>
{
    public void Configure(EntityTypeBuilder<AskedQuestion> builder) => builder.HasKey(question => question.Id);
}
