using System.Text.Json;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Workforce.Access;
using Cofferdam.Workforce.Experts;
using Cofferdam.Workforce.OwnData;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Vetting;

/// <summary>A payable sitting that is over.</summary>
internal sealed record PaidSitting(Guid Id, Guid Person, string Qualification, int Seconds, DateTimeOffset EndedAt);

/// <summary>Tests under way and over.</summary>
internal sealed class Sittings(AppDb db, IVault vault, PersonRecords records, Profiles profiles, TimeProvider time)
{
    /// <summary>What is on its way when the time is up still counts.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <summary>Ends sittings whose time is up. Their time counts in full.</summary>
    public Task EndOverdueAsync(CancellationToken cancellation)
    {
        var late = time.GetUtcNow() - Grace;
        // The row holds its whole time as its seconds until it ends sooner.
        return db.Sittings.Where(row => row.State == SittingState.UnderWay && row.DueAt < late)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.State, SittingState.RanOut).SetProperty(row => row.EndedAt, row => row.DueAt).SetProperty(row => row.Score, 0), cancellation);
    }

    /// <summary>Payable sittings that have ended, in the order of their ends: what pay is made from. A test is paid whether it was passed or not.</summary>
    /// <param name="after">End and id of the last one seen.</param>
    public async Task<IReadOnlyList<PaidSitting>> PayableAsync((DateTimeOffset EndedAt, Guid Id) after, int limit, CancellationToken cancellation)
    {
        await EndOverdueAsync(cancellation);
        return await db.Sittings.AsNoTracking()
            .Where(row => row.Payable && row.EndedAt != null && (row.EndedAt > after.EndedAt || (row.EndedAt == after.EndedAt && row.Id > after.Id)))
            .OrderBy(row => row.EndedAt).ThenBy(row => row.Id).Take(limit)
            .Select(row => new PaidSitting(row.Id, row.Person, row.Qualification, row.Seconds, row.EndedAt!.Value))
            .ToListAsync(cancellation);
    }

    /// <summary>From when somebody may take a test: null for now.</summary>
    public static DateTimeOffset? MayTakeFrom(Qualification test, QualificationSitting? last, DateTimeOffset now) =>
        last is null ? null
        : last.Passed ? (last.GoodUntil > now ? last.GoodUntil : null)
        : last.EndedAt is { } ended && ended.AddDays(test.RetakeDays) is var from && from > now ? from : null;

    /// <summary>Takes what was handed in, and scores it where no person must.</summary>
    public async Task HandInAsync(VendorActor actor, Qualification test, QualificationSitting sitting, IReadOnlyList<TestQuestion> questions, IReadOnlyList<TestAnswer> answers)
    {
        var now = time.GetUtcNow();
        sitting.EndedAt = now < sitting.DueAt ? now : sitting.DueAt;
        sitting.Seconds = (int)(sitting.EndedAt.Value - sitting.StartedAt).TotalSeconds;
        if (TestScoring.NeedsPerson(questions))
        {
            sitting.Record = await SealAsync(actor, sitting, new SealedSitting(answers, null));
            sitting.State = SittingState.ToBeScored;
            await db.SaveChangesAsync(CancellationToken.None);
        }
        else
        {
            await ScoreAsync(actor, test, sitting, questions, await KeysAsync(actor, sitting), answers, []);
        }
    }

    /// <summary>Scores a sitting with the marks that a person gave.</summary>
    /// <returns>False where the marks are not one for each criterion of each question in words.</returns>
    public async Task<bool> TryScoreAsync(
        VendorActor actor, Qualification test, QualificationSitting sitting, IReadOnlyList<TestQuestion> questions, IReadOnlyList<TestAnswer> answers, IReadOnlyList<CriterionMarks> marks)
    {
        var keys = await KeysAsync(actor, sitting);
        var wanted = keys.Where(key => key.Criteria is not null).ToDictionary(key => key.Key, key => key.Criteria!.Count);
        if (marks.Count != wanted.Count || marks.Any(mark => !wanted.Remove(mark.Question, out var count) || mark.Met.Count != count || mark.Comment is { Length: > 2_000 }))
            return false;
        await ScoreAsync(actor, test, sitting, questions, keys, answers, marks);
        return true;
    }

    // Seals what is said of it, and marks the skill where it was passed.
    private async Task ScoreAsync(
        VendorActor actor, Qualification test, QualificationSitting sitting, IReadOnlyList<TestQuestion> questions, IReadOnlyList<TestKey> keys, IReadOnlyList<TestAnswer> answers,
        IReadOnlyList<CriterionMarks> marks)
    {
        var feedback = TestScoring.Score(questions, keys, answers, marks);
        sitting.Record = await SealAsync(actor, sitting, new SealedSitting(answers, feedback));
        sitting.Score = TestScoring.Percent(feedback);
        sitting.Passed = sitting.Score >= test.PassPercent;
        sitting.State = SittingState.Scored;
        sitting.GoodUntil = sitting.Passed ? sitting.EndedAt!.Value.AddDays(test.GoodForDays) : null;
        await db.SaveChangesAsync(CancellationToken.None);
        if (sitting.GoodUntil is { } until)
            await profiles.VerifyAsync(sitting.Person, test.Skill, test.Level, until, CancellationToken.None);
    }

    /// <summary>What a test asks, opened in the reader's name.</summary>
    public async Task<(IReadOnlyList<TestQuestion> Questions, OpenOutcome.Refused? Refused)> QuestionsAsync(VendorActor reader, Guid record, CancellationToken cancellation)
    {
        var outcome = await vault.OpenAsync(
            new OpenRequest(reader.Vendor, ProjectId.None, reader.Principal, Act.Open, Purpose.Vet, [new(RecordKind.Form, new RecordId(record))], Session: reader.Session), cancellation);
        return outcome is OpenOutcome.Opened opened
            ? (JsonSerializer.Deserialize(opened.Records[0].Plaintext.Span, PeopleJson.Sealed.IReadOnlyListTestQuestion)!, null)
            : ([], (OpenOutcome.Refused)outcome);
    }

    /// <summary>What was handed in and said of it; null where the clock has removed it.</summary>
    public async Task<(SealedSitting? Sitting, OpenOutcome.Refused? Refused)> OpenAsync(VendorActor reader, QualificationSitting sitting, CancellationToken cancellation)
    {
        if (sitting.Record is not { } record)
            return (null, null);
        var purpose = reader.Person == sitting.Person ? Purpose.OwnData : Purpose.Vet;
        var (opened, refused) = await records.OpenAsync(reader, sitting.Person, purpose, [record], cancellation);
        return (opened.TryGetValue(record, out var bytes) ? JsonSerializer.Deserialize(bytes.Span, PeopleJson.Sealed.SealedSitting) : null, refused);
    }

    // What is right is opened by the node itself: whoever takes or scores a test sees it with the result alone.
    private async Task<IReadOnlyList<TestKey>> KeysAsync(VendorActor actor, QualificationSitting sitting)
    {
        var outcome = await vault.OpenAsync(
            new OpenRequest(actor.Vendor, ProjectId.None, Principal.Service, Act.Open, Purpose.Validate, [new(RecordKind.Gold, new RecordId(sitting.Answers))]), CancellationToken.None);
        return outcome is OpenOutcome.Opened opened
            ? JsonSerializer.Deserialize(opened.Records[0].Plaintext.Span, PeopleJson.Sealed.IReadOnlyListTestKey)!
            : throw new InvalidOperationException($"The answers of test '{sitting.Qualification}' were not opened: {((OpenOutcome.Refused)outcome).Reason}.");
    }

    private Task<Guid> SealAsync(VendorActor actor, QualificationSitting sitting, SealedSitting content) =>
        records.SealAsync(actor, sitting.Person, HeldField.Test, JsonSerializer.SerializeToUtf8Bytes(content, PeopleJson.Sealed.SealedSitting), sitting.Record);
}
