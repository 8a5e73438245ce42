using System.Text.Json;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Reviews;

namespace Cofferdam.Work;

/// <summary>What people write to each other about work: sealed as records of the kind <see cref="RecordKind.Reason"/>.</summary>
internal static class Words
{
    public const int Most = 4_000;

    private const int MostQuoted = 2_000;
    private const int MostKey = 64;

    /// <summary>1 to 4,000 characters that are not all blank.</summary>
    public static bool Are(string? text) => !string.IsNullOrWhiteSpace(text) && text.Length <= Most;

    public static async Task SealAsync(IVault vault, Actor actor, ProjectId project, RecordId id, string text)
    {
        var plaintext = JsonSerializer.SerializeToUtf8Bytes(new SealedText(1, text), SealedJson.Shapes.SealedText);
        (await vault.SealAsync(actor, project, RecordKind.Reason, id, plaintext, expected: 0)).Expect();
    }

    /// <summary>Whether evidence is of the allowed length; none is.</summary>
    public static bool Fits(Evidence? evidence) =>
        evidence is not ({ Quote.Length: > MostQuoted } or { Section.Length: > MostKey } or { Question.Length: > MostKey });

    /// <summary>Seals evidence, where there is any.</summary>
    /// <returns>Its record.</returns>
    public static async Task<RecordId?> SealAsync(IVault vault, Actor actor, ProjectId project, Evidence? evidence)
    {
        if (evidence is null or { Section: null, Question: null, Quote: null })
            return null;
        var id = RecordId.New();
        var shape = new SealedEvidence(1, evidence.Section, evidence.Question, evidence.Quote);
        var plaintext = JsonSerializer.SerializeToUtf8Bytes(shape, SealedJson.Shapes.SealedEvidence);
        (await vault.SealAsync(actor, project, RecordKind.Reason, id, plaintext, expected: 0)).Expect();
        return id;
    }

    public static Evidence ReadEvidence(OpenedRecord record)
    {
        var shape = JsonSerializer.Deserialize(record.Plaintext.Span, SealedJson.Shapes.SealedEvidence)!;
        return new Evidence(shape.Section, shape.Question, shape.Quote);
    }

    /// <summary>Removes words that nothing came to refer to.</summary>
    public static Task DropAsync(IVault vault, Actor actor, ProjectId project, RecordId id) =>
        vault.RemoveAsync(actor.Lab, project, actor.Principal, [new(RecordKind.Reason, id)], CancellationToken.None);

    public static string Read(OpenedRecord record) => JsonSerializer.Deserialize(record.Plaintext.Span, SealedJson.Shapes.SealedText)!.Text;
}
