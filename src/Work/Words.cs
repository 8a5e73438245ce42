using System.Text.Json;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Reviews;

namespace Cofferdam.Work;

/// <summary>What people write to each other about work, and what it rests on: sealed as records of the kind <see cref="RecordKind.Reason"/>.</summary>
internal static class Words
{
    /// <summary>Characters (UTF-16 units).</summary>
    public const int Most = 4_000;

    /// <summary>What is said of evidence that does not <see cref="Fits(Evidence)">fit</see>.</summary>
    public const string Unfit = "A quote has at most 2,000 characters; sections and questions are named by their keys.";

    private const int MostQuoted = 2_000;
    private const int MostKey = 64;

    /// <summary>1 to 4,000 characters that are not all blank.</summary>
    public static bool Are(string? text) => !string.IsNullOrWhiteSpace(text) && Fits(text);

    /// <summary>Whether words that may be left out are of the allowed length.</summary>
    public static bool Fits(string? text) => text is not { Length: > Most };

    /// <summary>Whether evidence is of the allowed length; none is.</summary>
    public static bool Fits(Evidence? evidence) =>
        evidence is not ({ Quote.Length: > MostQuoted } or { Section.Length: > MostKey } or { Question.Length: > MostKey });

    /// <returns>What is sealed; null where there are no words.</returns>
    public static byte[]? Bytes(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : JsonSerializer.SerializeToUtf8Bytes(new SealedText(1, text), SealedJson.Shapes.SealedText);

    /// <returns>What is sealed; null where there is no evidence.</returns>
    public static byte[]? Bytes(Evidence? evidence) => evidence is null or { Section: null, Question: null, Quote: null }
        ? null
        : JsonSerializer.SerializeToUtf8Bytes(new SealedEvidence(1, evidence.Section, evidence.Question, evidence.Quote), SealedJson.Shapes.SealedEvidence);

    /// <summary>Seals words, where there are any.</summary>
    /// <returns>Their record.</returns>
    public static Task<RecordId?> SealAsync(IVault vault, Actor actor, ProjectId project, string? text) => SealAsync(vault, actor, project, Bytes(text));

    /// <summary>Seals evidence, where there is any.</summary>
    /// <returns>Its record.</returns>
    public static Task<RecordId?> SealAsync(IVault vault, Actor actor, ProjectId project, Evidence? evidence) => SealAsync(vault, actor, project, Bytes(evidence));

    /// <summary>Removes words that nothing came to refer to.</summary>
    public static Task DropAsync(IVault vault, Actor actor, ProjectId project, RecordId id) =>
        vault.RemoveAsync(actor.Lab, project, actor.Principal, [new(RecordKind.Reason, id)], CancellationToken.None);

    public static string Read(OpenedRecord record) => Read(record.Plaintext);

    public static string Read(ReadOnlyMemory<byte> plaintext) => JsonSerializer.Deserialize(plaintext.Span, SealedJson.Shapes.SealedText)!.Text;

    public static Evidence ReadEvidence(OpenedRecord record) => ReadEvidence(record.Plaintext);

    public static Evidence ReadEvidence(ReadOnlyMemory<byte> plaintext)
    {
        var shape = JsonSerializer.Deserialize(plaintext.Span, SealedJson.Shapes.SealedEvidence)!;
        return new Evidence(shape.Section, shape.Question, shape.Quote);
    }

    private static async Task<RecordId?> SealAsync(IVault vault, Actor actor, ProjectId project, byte[]? plaintext)
    {
        if (plaintext is null)
            return null;
        var id = RecordId.New();
        (await vault.SealAsync(actor, project, RecordKind.Reason, id, plaintext, expected: 0)).Expect();
        return id;
    }
}
