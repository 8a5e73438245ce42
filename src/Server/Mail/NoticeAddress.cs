using Cofferdam.Storage;
using Cofferdam.Work.Notices;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Server.Mail;

/// <summary>That an account wants notices by e-mail. The address itself is a sealed record of the node's.</summary>
internal sealed class NoticeAddress
{
    public required Guid Account { get; init; }

    /// <summary>Record of the address.</summary>
    public required Guid Record { get; set; }

    /// <summary>The sum of the <see cref="NoticeTopic"/>s wanted.</summary>
    public required byte Topics { get; set; }

    /// <summary>Keyed fingerprint of the code that was mailed to it; null once it was given back.</summary>
    public byte[]? CodeMark { get; set; }
    public int CodeTries { get; set; }
    public required DateTimeOffset CodeSentAt { get; set; }
    public DateTimeOffset? ConfirmedAt { get; set; }

    /// <summary>Notices up to this time have been mailed, or were there before the address was.</summary>
    public required DateTimeOffset MailedThrough { get; set; }

    /// <summary>The next mail goes out no earlier.</summary>
    public required DateTimeOffset NextMailAt { get; set; }

    /// <summary>Mails that failed since the last one that did not.</summary>
    public int Failures { get; set; }

    public IReadOnlyList<NoticeTopic> TopicList => [.. Enum.GetValues<NoticeTopic>().Where(topic => (Topics & (byte)topic) != 0)];

    public static byte TopicsOf(IEnumerable<NoticeTopic> topics) => (byte)topics.Distinct().Sum(topic => (byte)topic);
}

internal sealed class MailTables : ITables
{
    public void Configure(ModelBuilder model) => model.Entity<NoticeAddress>(table =>
    {
        table.ToTable("notice_address");
        table.HasKey(row => row.Account);
        table.Property(row => row.Account).HasColumnName("account").ValueGeneratedNever();
        table.Property(row => row.Record).HasColumnName("record");
        table.Property(row => row.Topics).HasColumnName("topics");
        table.Property(row => row.CodeMark).HasColumnName("code_mark");
        table.Property(row => row.CodeTries).HasColumnName("code_tries");
        table.Property(row => row.CodeSentAt).HasColumnName("code_sent_at");
        table.Property(row => row.ConfirmedAt).HasColumnName("confirmed_at");
        table.Property(row => row.MailedThrough).HasColumnName("mailed_through");
        table.Property(row => row.NextMailAt).HasColumnName("next_mail_at");
        table.Property(row => row.Failures).HasColumnName("failures");
        table.Ignore(row => row.TopicList);
        table.HasOne<Account>().WithMany().HasForeignKey(row => row.Account).OnDelete(DeleteBehavior.Cascade);
    });
}
