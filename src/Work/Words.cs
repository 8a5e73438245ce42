using System.Text.Json;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;

namespace Cofferdam.Work;

/// <summary>What people write to each other about work: sealed as records of the kind <see cref="RecordKind.Reason"/>.</summary>
internal static class Words
{
    public const int Most = 4_000;

    /// <summary>1 to 4,000 characters that are not all blank.</summary>
    public static bool Are(string? text) => !string.IsNullOrWhiteSpace(text) && text.Length <= Most;

    public static async Task SealAsync(IVault vault, Actor actor, ProjectId project, RecordId id, string text)
    {
        var plaintext = JsonSerializer.SerializeToUtf8Bytes(new SealedText(1, text), SealedJson.Shapes.SealedText);
        (await vault.SealAsync(actor, project, RecordKind.Reason, id, plaintext, expected: 0)).Expect();
    }

    /// <summary>Removes words that nothing came to refer to.</summary>
    public static Task DropAsync(IVault vault, Actor actor, ProjectId project, RecordId id) =>
        vault.RemoveAsync(actor.Lab, project, actor.Principal, [new(RecordKind.Reason, id)], CancellationToken.None);

    public static string Read(OpenedRecord record) => JsonSerializer.Deserialize(record.Plaintext.Span, SealedJson.Shapes.SealedText)!.Text;
}
